import type { FrameLevel } from '../../core/frame'
import { medianInPlace, packNumbers, quickSelect } from './median'
import { MAD_TO_SIGMA } from './statistics'

const LOW_PART = 0.01

/**
 * Lower 1 % quantile (the order statistic floor(0.01 (n - 1)), numpy's method 'lower'), median and robust deviation of values in
 * any unit. NaN is left out; null without a number.
 */
export const measurePixelLevel = (values: ArrayLike<number>): FrameLevel | null => {
  const work = Float64Array.from(values)
  const count = packNumbers(work, work.length)
  if (count === 0) return null
  const numbers = work.subarray(0, count)
  const low = quickSelect(numbers, Math.floor(LOW_PART * (count - 1)), 0, count - 1)
  const median = medianInPlace(numbers)
  for (let index = 0; index < count; index++) numbers[index] = Math.abs(numbers[index]! - median)
  return { low, median, deviation: MAD_TO_SIGMA * medianInPlace(numbers) }
}
