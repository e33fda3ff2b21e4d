import { median } from '../math/median'
import { robustDeviation } from '../math/statistics'

/**
 * One bias or dark less an earlier one, pixel by pixel: the median of the difference and its robust scatter, in the unit of the pixels. What
 * is not finite in either takes no part; same length.
 */
export const compareMasters = (
  now: Float32Array,
  before: Float32Array,
): { readonly median: number; readonly scatter: number } => {
  const difference = now.map((value, pixel) => value - before[pixel]!).filter(Number.isFinite)
  return { median: median(difference), scatter: robustDeviation(difference) }
}
