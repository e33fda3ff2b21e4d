import type { Combine } from '../../core/combine'
import { sortValues } from '../math/sort-values'
import { rejectionRule, rejectValues, type Survivors } from './reject-values'

export interface DrizzledFrames {
  /** Values on the common grid, one plane a frame; NaN where no drop of the frame fell. */
  readonly planes: readonly Float32Array[]
  /** Drops of each frame on each pixel, in pixels of the frame; 0 where none fell. */
  readonly drops: readonly Float32Array[]
  /** The median of drops has no meaning and is not asked for. */
  readonly combine: Combine & { readonly method: 'mean' | 'sum' }
  /** value = scale v + offset; one number a frame. */
  readonly scales?: readonly number[] | undefined
  readonly offsets?: readonly number[] | undefined
  /** What each frame counts for; all alike unless given. */
  readonly weights?: readonly number[] | undefined
  /** Pixels of each frame that one of the grid covers: with it drops are counted in pixels of the grid. */
  readonly areas: readonly number[]
}

export interface DrizzledResult {
  readonly data: Float32Array
  readonly uncertainty: Float32Array
  /** Frames whose value went in. */
  readonly count: Uint16Array
  /** Area of drops that fell, in pixels of the grid, and frames whose value was rejected. */
  readonly coverage: Float32Array
  readonly rejected: Float32Array
}

/**
 * Combines drizzled frames: the mean of their values, each with the weight of its frame times the drops that fell on the pixel (Fruchter & Hook 2002, PASP
 * 114, 144, eqs. 4 and 5), after the same rejection as elsewhere. 'sum' is that mean times the number of frames. The uncertainty is that of a weighted mean whose
 * weights are no inverse variances: with u = w (v - m), sqrt(n / (n - 1) sum u^2) / sum w (Cochran 1977, Sampling Techniques, 6.4), NaN for one frame.
 */
export const combineDrizzled = (given: DrizzledFrames, result: DrizzledResult): void => {
  const { planes, drops, combine, scales, offsets, weights, areas } = given
  const rule = rejectionRule(combine)
  const values = new Float64Array(planes.length)
  const sorted = new Float64Array(planes.length)
  const range: Survivors = { from: 0, to: -1 }
  const factor = combine.method === 'sum' ? planes.length : 1
  for (let pixel = 0; pixel < result.data.length; pixel++) {
    let [total, area] = [0, 0]
    for (let frame = 0; frame < planes.length; frame++) {
      const fell = drops[frame]![pixel]!
      const value = planes[frame]![pixel]! * (scales?.[frame] ?? 1) + (offsets?.[frame] ?? 0)
      // False for NaN and infinities alike.
      const known = fell > 0 && value - value === 0
      values[frame] = known ? value : Number.NaN
      if (!known) continue
      sorted[total++] = value
      area += fell / areas[frame]!
    }
    range.from = 0
    range.to = total - 1
    if (total > 0 && rule.rejection !== 'none') {
      sortValues(sorted, 0, total - 1)
      rejectValues(sorted, range, rule)
    }
    let [lower, upper] = [Infinity, -Infinity]
    for (let i = range.from; i <= range.to; i++) {
      lower = Math.min(lower, sorted[i]!)
      upper = Math.max(upper, sorted[i]!)
    }
    let [weight, sum, kept] = [0, 0, 0]
    for (let frame = 0; frame < planes.length; frame++) {
      const value = values[frame]!
      if (!(value >= lower && value <= upper)) continue
      const own = (weights?.[frame] ?? 1) * drops[frame]![pixel]!
      weight += own
      sum += own * value
      kept++
    }
    const mean = sum / weight
    let squares = 0
    for (let frame = 0; frame < planes.length; frame++) {
      const value = values[frame]!
      if (!(value >= lower && value <= upper)) continue
      squares += ((weights?.[frame] ?? 1) * drops[frame]![pixel]! * (value - mean)) ** 2
    }
    result.data[pixel] = kept === 0 ? Number.NaN : factor * mean
    result.uncertainty[pixel] =
      kept > 1 ? (factor * Math.sqrt((kept / (kept - 1)) * squares)) / weight : Number.NaN
    result.count[pixel] = kept
    result.coverage[pixel] = area
    result.rejected[pixel] = total - kept
  }
}
