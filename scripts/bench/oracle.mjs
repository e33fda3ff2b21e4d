import { median } from './statistics.mjs'

/** Turns a median absolute deviation into a standard deviation of normal noise. */
const MAD_TO_SIGMA = 1.4826022185056018

/**
 * The mean of what lies within 3 robust sigma of the median, once: what jobs J1, J3 and `big` ask for, word by word.
 * @param {readonly number[]} values of one pixel in all frames
 */
export const clippedMean = (values) => {
  const middle = median(values)
  const sigma = MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - middle)))
  const kept = values.filter((value) => Math.abs(value - middle) <= 3 * sigma)
  return kept.reduce((sum, value) => sum + value, 0) / kept.length
}

/**
 * Combines lists pixel by pixel.
 * @param {readonly ArrayLike<number>[]} frames
 * @param {(values: number[]) => number} combine
 */
export const combinePixels = (frames, combine) =>
  Array.from(frames[0] ?? [], (_, pixel) => combine(frames.map((frame) => frame[pixel] ?? NaN)))

/**
 * Says how two lists agree, and throws when they do not. A value on the very edge of a clip may fall on the other side of
 * it by rounding, which moves it by as much as one frame counts: 2 % of the pixels may do that.
 * @param {string} what
 * @param {ArrayLike<number>} found
 * @param {ArrayLike<number>} expected
 * @param {number} tolerance
 */
export const expectClose = (what, found, expected, tolerance) => {
  const apart = Array.from(expected, (value, index) => Math.abs((found[index] ?? NaN) - value))
  const wrong = apart.filter((distance) => !(distance <= tolerance))
  const worst = Math.max(...apart.map((distance) => (Number.isNaN(distance) ? Infinity : distance)))
  if (apart.length === 0) throw new Error(`${what}: nothing to compare`)
  if (wrong.length > 0.02 * apart.length) {
    const index = apart.findIndex((distance) => !(distance <= tolerance))
    throw new Error(
      `${what}: ${wrong.length} of ${apart.length} pixels differ by more than ${tolerance}, ` +
        `such as ${found[index]} where ${expected[index]} is right`,
    )
  }
  return `${what}: ${apart.length} pixels within ${tolerance}${wrong.length > 0 ? `, ${wrong.length} at the edge of the clip up to ${worst.toPrecision(2)}` : ''}`
}
