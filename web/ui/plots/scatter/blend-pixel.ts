/**
 * A pixel of a picture with a colour laid over it. Pixels are words of alpha, blue, green, red from the highest byte to the
 * lowest, as all machines that browsers run on lay out RGBA bytes, and within a picture that is being drawn each colour is
 * multiplied with its alpha: all four bytes are then mixed alike, two in one multiplication. `colour` is opaque and `alpha`
 * 0..255. The answer is a word with its sign as it comes.
 */
export const blendPixel = (under: number, colour: number, alpha: number): number => {
  const part = alpha + (alpha >>> 7)
  const kept = 256 - part
  const redBlue = (Math.imul(colour & 0xff00ff, part) + Math.imul(under & 0xff00ff, kept)) >>> 8
  const greenAlpha = Math.imul((colour >>> 8) & 0xff00ff, part) + Math.imul((under >>> 8) & 0xff00ff, kept)
  return (redBlue & 0xff00ff) | (greenAlpha & 0xff00ff00)
}

/** 255 / alpha in 1/65536. */
const SHARES = Int32Array.from({ length: 256 }, (_, alpha) =>
  alpha === 0 ? 0 : Math.round((255 * 65_536) / alpha),
)

/** Takes the alpha out of the colours again, as a canvas wants them. */
export const finishPixels = (pixels: Int32Array): void => {
  for (let at = 0; at < pixels.length; at++) {
    const pixel = pixels[at] ?? 0
    const alpha = pixel >>> 24
    if (alpha === 0 || alpha === 255) continue
    const share = SHARES[alpha] ?? 0
    const red = Math.min(255, ((pixel & 255) * share + 32_768) >>> 16)
    const green = Math.min(255, (((pixel >>> 8) & 255) * share + 32_768) >>> 16)
    const blue = Math.min(255, (((pixel >>> 16) & 255) * share + 32_768) >>> 16)
    pixels[at] = (alpha << 24) | (blue << 16) | (green << 8) | red
  }
}
