import { flagBit } from '../../core/flags'
import { median } from '../math/median'
import { fitRobustLine } from '../math/robust-line'
import { MAD_TO_SIGMA } from '../math/statistics'

export interface OutlierOptions {
  /** Points in the running median, odd; default 11. */
  readonly window?: number
  /** Default 5. */
  readonly sigmas?: number
}

/**
 * Marks points further than five sigma from the running median of their neighbours (time order) with the bit 'outlier'.
 * Sigma is 1.4826 times the median absolute distance of all points from it. At the ends, where no window is centred, a robust line
 * through the outermost window takes the median's place, so that a slope is not taken for a jump. Nothing is removed; NaN is never an
 * outlier. Flags are given back as a copy, other bits as they were, an earlier outlier bit judged anew.
 */
export const flagOutliers = (
  flux: Float64Array,
  flags: Uint8Array,
  options: OutlierOptions = {},
): Uint8Array => {
  const { window = 11, sigmas = 5 } = options
  const half = window >> 1
  const bit = flagBit('outlier')
  const points = Array.from(flux.keys()).filter((i) => Number.isFinite(flux[i]!))
  const values = Float64Array.from(points, (i) => flux[i]!)
  const lineFrom = (from: number): ((k: number) => number) => {
    const part = values.subarray(from, from + window)
    const line = fitRobustLine(
      part.map((_, k) => k),
      part,
    )
    return (k) => line.intercept + line.slope * (k - from)
  }
  const first = lineFrom(0)
  const last = lineFrom(Math.max(0, values.length - window))
  const smooth = values.map((_, k) => {
    if (k < half) return first(k)
    if (k >= values.length - half) return last(k)
    return median(values.subarray(k - half, k + half + 1))
  })
  const distances = values.map((value, k) => Math.abs(value - smooth[k]!))
  const sigma = MAD_TO_SIGMA * median(distances)
  const marked = flags.map((value) => value & ~bit)
  points.forEach((i, k) => {
    if (distances[k]! > sigmas * sigma + ROUNDING * Math.abs(smooth[k]!)) marked[i] = marked[i]! | bit
  })
  return marked
}

/** What rounding can make of equal numbers; keeps noiseless series clean. */
const ROUNDING = 1e-12
