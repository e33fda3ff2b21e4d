import { medianInPlace } from '../math/median'
import { robustDeviation } from '../math/statistics'
import type { Estimate } from './detector-noise'

/** Part of the values that has to be equal before they are taken for rounded ones. */
const TIES = 0.002

/**
 * Level of a usual pixel: the median, which a tail of warm pixels does not pull, read between the steps where values are whole ADU. Of n
 * values of which `below` lie below the median m and `equal` on it, that is m + step ((n / 2 - below) / equal - 1/2), the median of values
 * spread evenly over each step. Without it the level of a dark comes in whole ADU, which is the dark current of a cooled camera over a
 * minute. The error is that of a median of normal noise, sqrt(pi / 2) sigma / sqrt(n) with sigma = 1.4826 MAD, and at least that of an even
 * spread over a step. Values that are not finite take no part; without any NaN.
 */
export const measureTypicalLevel = (values: ArrayLike<number>): Estimate => {
  const finite = Float64Array.from(values).filter(Number.isFinite)
  if (finite.length === 0) return { value: Number.NaN, error: Number.NaN }
  const middle = medianInPlace(Float64Array.from(finite))
  let below = 0
  let equal = 0
  let step = Number.POSITIVE_INFINITY
  for (const value of finite) {
    if (value < middle) below++
    if (value === middle) equal++
    else step = Math.min(step, Math.abs(value - middle))
  }
  const isRounded = equal > 1 && equal > TIES * finite.length && Number.isFinite(step)
  const value = isRounded ? middle + step * ((finite.length / 2 - below) / equal - 0.5) : middle
  const sigma = Math.max(robustDeviation(finite), isRounded ? step / Math.sqrt(12) : 0)
  return { value, error: (Math.sqrt(Math.PI / 2) * sigma) / Math.sqrt(finite.length) }
}
