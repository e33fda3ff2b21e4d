import { BUFFER_USAGE, MAP_READ } from '../compute/webgpu/gpu-flags'

/** Rows of a copied texture begin at multiples of this many bytes. */
const ROW_UNIT = 256

/** The pixels of an 8-bit texture with copyFrom usage, as red, green, blue, alpha. */
export const readTexture = async (device: GPUDevice, texture: GPUTexture): Promise<ImageData> => {
  const { width, height, format } = texture
  const bytesPerRow = Math.ceil((4 * width) / ROW_UNIT) * ROW_UNIT
  const buffer = device.createBuffer({
    size: bytesPerRow * height,
    usage: BUFFER_USAGE.mapRead | BUFFER_USAGE.copyTo,
  })
  const encoder = device.createCommandEncoder()
  encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow }, [width, height])
  device.queue.submit([encoder.finish()])
  await buffer.mapAsync(MAP_READ)
  const bytes = new Uint8ClampedArray(buffer.getMappedRange())
  const pixels = new ImageData(width, height)
  for (let y = 0; y < height; y++) {
    pixels.data.set(bytes.subarray(y * bytesPerRow, y * bytesPerRow + 4 * width), 4 * y * width)
  }
  buffer.destroy()
  if (format.startsWith('bgra')) swapRedAndBlue(pixels.data)
  return pixels
}

const swapRedAndBlue = (data: Uint8ClampedArray): void => {
  for (let i = 0; i < data.length; i += 4) {
    const blue = data[i]!
    data[i] = data[i + 2]!
    data[i + 2] = blue
  }
}
