/** A PNG of pixels. */
export const encodePng = async (pixels: ImageData): Promise<Blob> => {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser gives no 2-D canvas')
  context.putImageData(pixels, 0, 0)
  return await canvas.convertToBlob({ type: 'image/png' })
}
