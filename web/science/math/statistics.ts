import { copyNumbers, medianInPlace, packNumbers, quickSelect } from './median'

/** Standard deviation of a normal distribution over its median absolute deviation: 1 / Phi^-1(3/4). */
export const MAD_TO_SIGMA = 1.482602218505602

/** Sum with Neumaier's compensation (Neumaier 1974): the error does not grow with the number of terms. NaN is left out. */
export const sum = (values: ArrayLike<number>): number => {
  let total = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value !== value) continue
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return Number.isFinite(total) ? total + lost : total
}

const countNumbers = (values: ArrayLike<number>): number => {
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) count++
  return count
}

/** Arithmetic mean; NaN is left out; without values NaN. */
export const mean = (values: ArrayLike<number>): number => {
  const count = countNumbers(values)
  return count === 0 ? Number.NaN : sum(values) / count
}

/**
 * Standard deviation in two passes about the mean, with the correction for the rounding of the mean itself
 * (Chan, Golub & LeVeque 1983, eq. 1.7). `freedom` is taken from the count: 0 for the population (numpy's default),
 * 1 for the unbiased variance of a sample. NaN is left out; with no degree of freedom left, NaN.
 */
export const standardDeviation = (values: ArrayLike<number>, freedom: 0 | 1 = 0): number => {
  const count = countNumbers(values)
  if (count <= freedom) return Number.NaN
  const center = sum(values) / count
  let squares = 0
  let lost = 0
  let residue = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value !== value) continue
    const difference = value - center
    residue += difference
    const square = difference * difference
    const next = squares + square
    lost += squares >= square ? squares - next + square : square - next + squares
    squares = next
  }
  const variance = (squares + lost - (residue * residue) / count) / (count - freedom)
  return Math.sqrt(Math.max(variance, 0))
}

/** Median of |value - center|, without any factor; center is the median unless given. NaN is left out. */
export const medianAbsoluteDeviation = (values: ArrayLike<number>, center?: number): number => {
  const work = Float64Array.from(values)
  const count = packNumbers(work, work.length)
  if (count === 0) return Number.NaN
  const middle = center ?? medianInPlace(work, count)
  for (let i = 0; i < count; i++) work[i] = Math.abs(work[i]! - middle)
  return medianInPlace(work, count)
}

/** Standard deviation of a normal distribution with the same median absolute deviation: a robust sigma. */
export const robustDeviation = (values: ArrayLike<number>, center?: number): number =>
  MAD_TO_SIGMA * medianAbsoluteDeviation(values, center)

/**
 * Percentile by linear interpolation between order statistics at rank p/100 (n - 1), as numpy.nanpercentile's default.
 * `percent` is 0 to 100 (clamped). NaN is left out; without values NaN.
 */
export const percentile = (values: ArrayLike<number>, percent: number): number => {
  const work = copyNumbers(values)
  const count = packNumbers(work, work.length)
  if (count === 0) return Number.NaN
  const rank = (Math.min(Math.max(percent, 0), 100) / 100) * (count - 1)
  const index = Math.floor(rank)
  const below = quickSelect(work, index, 0, count - 1)
  const fraction = rank - index
  if (fraction === 0) return below
  let above = work[index + 1]!
  for (let i = index + 2; i < count; i++) if (work[i]! < above) above = work[i]!
  return below + (above - below) * fraction
}
