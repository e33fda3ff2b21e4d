import { median } from '../math/median'
import { MAD_TO_SIGMA } from '../math/statistics'

/** Differences that are looked at; more make the error hardly smaller. */
const ENOUGH = 1 << 18

/** Differences within so many robust sigma are counted; beyond it lie stars, hot pixels and cosmic rays. */
const WITHIN = 3
/** Standard deviation of a normal distribution that is cut off at 3 sigma: the root of 1 - 6 phi(3) / (2 Phi(3) - 1). */
const CUT_OFF = 0.986_578

/**
 * Noise of a pixel from the differences of pixels `step` apart in a row, over the root of 2. What is smooth falls out (Immerkaer 1996 takes
 * a wider mask for images with more structure); noise that is alike in neighbours is underestimated. The deviation is that of the differences
 * within 3 robust sigma, put right for what is cut off: a median of whole numbers would come in steps of one ADU. In the unit of the
 * pixels; `step` 2 keeps the colours of a Bayer mask apart. NaN without a pair.
 */
export const measureNeighbourNoise = (
  { width, height, data }: { readonly width: number; readonly height: number; readonly data: Float32Array },
  step: 1 | 2 = 1,
): number => {
  const perRow = Math.max(0, width - step)
  const rows = Math.min(height, Math.max(1, Math.ceil(ENOUGH / Math.max(1, perRow))))
  const differences = new Float32Array(rows * perRow)
  let count = 0
  for (let index = 0; index < rows; index++) {
    const start = Math.floor(((index + 0.5) * height) / rows) * width
    for (let column = 0; column < perRow; column++) {
      const difference = data[start + column + step]! - data[start + column]!
      // Infinities and missing values.
      if (difference - difference === 0) differences[count++] = difference
    }
  }
  const known = differences.subarray(0, count)
  if (count === 0) return Number.NaN
  const reach = WITHIN * MAD_TO_SIGMA * median(known.map(Math.abs))
  let [kept, squares] = [0, 0]
  for (const difference of known) {
    if (Math.abs(difference) > reach) continue
    kept++
    squares += difference * difference
  }
  return Math.sqrt(squares / kept / 2) / CUT_OFF
}
