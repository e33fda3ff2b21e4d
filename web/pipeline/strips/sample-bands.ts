/** Rows of a band: enough to read them at one go. */
const BAND_ROWS = 16
/** The error of a median of so many pixels is 1.25 sigma / 1024: for a flat with 1 % of noise, 1e-5 of its level. */
const ENOUGH_PIXELS = 1 << 20

/**
 * Bands of rows, evenly spread over a frame, that stand for the whole of it where a level is measured. A small frame is taken
 * whole. The same bands are taken whatever the memory and the number of workers, so that the level does not depend on them.
 */
export const sampleBands = (
  width: number,
  height: number,
  pixels = ENOUGH_PIXELS,
): { top: number; bottom: number }[] => {
  const count = Math.ceil(pixels / (BAND_ROWS * width))
  if (count * BAND_ROWS * 2 > height) return [{ top: 0, bottom: height }]
  return Array.from({ length: count }, (_, index) => {
    const top = Math.floor(((index + 0.5) * height) / count) - BAND_ROWS / 2
    return { top, bottom: top + BAND_ROWS }
  })
}
