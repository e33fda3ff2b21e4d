/** Spread over the height, so that a gradient or a vignette is met wherever it is. */
const BANDS = 16
/** The error of a median of so many pixels is 1.25 sigma / 512: for a flat with 1 % of noise, 2.4e-5 of its level. */
const ENOUGH_PIXELS = 1 << 18

/**
 * Bands of rows, evenly spread over a frame, that stand for the whole of it where a level is measured. A small frame is taken
 * whole. The same bands are taken whatever the memory and the number of workers, so that the level does not depend on them.
 */
export const sampleBands = (width: number, height: number): { top: number; bottom: number }[] => {
  const rows = Math.ceil(ENOUGH_PIXELS / (BANDS * width))
  if (BANDS * rows * 2 > height) return [{ top: 0, bottom: height }]
  return Array.from({ length: BANDS }, (_, index) => {
    const top = Math.floor(((index + 0.5) * height) / BANDS - rows / 2)
    return { top, bottom: top + rows }
  })
}
