import { medianInPlace } from './median'
import { MAD_TO_SIGMA, mean, standardDeviation } from './statistics'

export interface SigmaClipOptions {
  /** Sigmas below and above the centre that are kept. */
  readonly low?: number
  readonly high?: number
  readonly center?: 'median' | 'mean'
  readonly deviation?: 'std' | 'mad'
  /** At most this many rounds; Infinity goes on until nothing more is rejected. */
  readonly iterations?: number
}

export interface SigmaClipResult {
  /** Of the values that were kept. NaN when there is none. */
  readonly mean: number
  readonly median: number
  /** Population standard deviation (divided by n), whatever rule clipped. */
  readonly deviation: number
  readonly count: number
  /** Finite values that were thrown out; NaN and infinities are in neither count. */
  readonly rejected: number
  /** Bounds of the last round; a value on a bound is kept. */
  readonly lower: number
  readonly upper: number
}

/**
 * Iterated sigma clipping by the rule of astropy.stats.sigma_clipped_stats: the centre is the median or mean and the
 * deviation the population standard deviation, or 1.4826 times the median absolute deviation about the median, of what is
 * left; values strictly outside [centre - low dev, centre + high dev] go, for good; repeat until none goes. Not finite: left
 * out. (astropy's compiled path lets values return that lie within the last bounds; that only shows with a mean centre.)
 * Defaults as astropy's: 3 sigma, median, std, 5 rounds.
 */
export const sigmaClip = (values: ArrayLike<number>, options: SigmaClipOptions = {}): SigmaClipResult => {
  const { low = 3, high = 3, center = 'median', deviation = 'std', iterations = 5 } = options
  const kept = new Float64Array(values.length)
  const scratch = new Float64Array(deviation === 'mad' ? values.length : 0)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value - value === 0) kept[count++] = value
  }
  const finite = count
  let lower = Number.NEGATIVE_INFINITY
  let upper = Number.POSITIVE_INFINITY
  // Of what is left, as far as they were needed; NaN once more has gone.
  let middle = Number.NaN
  let sigma = Number.NaN
  for (let round = 0; round < iterations && count > 0; round++) {
    const left = kept.subarray(0, count)
    middle = center === 'median' || deviation === 'mad' ? medianInPlace(left) : Number.NaN
    sigma = deviation === 'std' ? standardDeviation(left) : Number.NaN
    const at = center === 'median' ? middle : mean(left)
    const spread = deviation === 'std' ? sigma : scaledDeviation(left, scratch, middle)
    lower = at - low * spread
    upper = at + high * spread
    let next = 0
    for (let i = 0; i < count; i++) {
      const value = kept[i]!
      if (value >= lower && value <= upper) kept[next++] = value
    }
    if (next === count) break
    count = next
    middle = Number.NaN
    sigma = Number.NaN
  }
  const left = kept.subarray(0, count)
  return {
    mean: mean(left),
    median: Number.isNaN(middle) ? medianInPlace(left) : middle,
    deviation: Number.isNaN(sigma) ? standardDeviation(left) : sigma,
    count,
    rejected: finite - count,
    lower,
    upper,
  }
}

const scaledDeviation = (values: Float64Array, scratch: Float64Array, middle: number): number => {
  for (let i = 0; i < values.length; i++) scratch[i] = Math.abs(values[i]! - middle)
  return MAD_TO_SIGMA * medianInPlace(scratch, values.length)
}
