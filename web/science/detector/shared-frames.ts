import { fitCorrelated } from '../math/correlated-fit'
import type { Estimate } from './detector-noise'

/**
 * Two differences of frames that have one frame in common, a - b and b - c, have a correlation of -1/2, and their variances therefore one
 * of its square (for normal noise cov(x^2, y^2) = 2 cov(x, y)^2). So have estimates of noise and of gain from such pairs.
 */
const SHARED = 1 / 4

export interface PairEstimate extends Estimate {
  /** The two frames that it was measured from. */
  readonly frames: readonly [string, string]
}

const correlationOf = (a: PairEstimate, b: PairEstimate): number => {
  const shared = a.frames.filter((frame) => b.frames.includes(frame)).length
  return shared === 0 ? 0 : shared === 1 ? SHARED : 1
}

/** Covariance of estimates from pairs, rows times rows: neighbouring pairs such as (1, 2) and (2, 3) share a frame. */
export const covarianceOfPairs = (pairs: readonly PairEstimate[]): Float64Array => {
  const size = pairs.length
  const covariance = new Float64Array(size * size)
  pairs.forEach((first, i) =>
    pairs.forEach((second, j) => {
      covariance[i * size + j] = first.error * second.error * (i === j ? 1 : correlationOf(first, second))
    }),
  )
  return covariance
}

/** Their best mean with its error, pairs that share a frame counted for what they are worth. Null without any. */
export const averagePairs = (pairs: readonly PairEstimate[]): Estimate | null => {
  const good = pairs.filter(({ value, error }) => Number.isFinite(value) && error > 0)
  if (good.length === 0) return null
  const fit = fitCorrelated({
    design: new Float64Array(good.length).fill(1),
    columns: 1,
    values: good.map(({ value }) => value),
    covariance: covarianceOfPairs(good),
  })
  const [value, variance] = [fit?.solution[0], fit?.covariance[0]]
  return value === undefined || variance === undefined ? null : { value, error: Math.sqrt(variance) }
}
