import { median } from '../math/median'
import { MAD_TO_SIGMA } from '../math/statistics'

const CLIP = 4

/**
 * Scatter from point to point: the standard deviation of white noise with the same second differences.
 * d[i] = (v[i-1] - 2 v[i] + v[i+1]) / sqrt(6) over neighbours among the finite values has the noise's own variance and is blind
 * to level, slope and, at the cadence of a night, to a transit; it is also blind to red noise, which lives on longer scales.
 * Root mean square of the differences within 4 robust sigmas, so that single bad points do not count.
 * Order is time order. NaN with fewer than 5 finite values.
 */
export const measurePointScatter = (values: ArrayLike<number>): number => {
  const finite = Float64Array.from(values).filter(Number.isFinite)
  if (finite.length < 5) return Number.NaN
  const differences = new Float64Array(finite.length - 2)
  for (let i = 0; i < differences.length; i++) {
    differences[i] = (finite[i]! - 2 * finite[i + 1]! + finite[i + 2]!) / Math.sqrt(6)
  }
  const sigma = MAD_TO_SIGMA * median(differences.map(Math.abs))
  let squares = 0
  let count = 0
  for (const difference of differences) {
    if (sigma > 0 && Math.abs(difference) > CLIP * sigma) continue
    squares += difference * difference
    count++
  }
  return Math.sqrt(squares / count)
}
