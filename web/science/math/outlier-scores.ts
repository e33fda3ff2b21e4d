import { median } from './median'
import { MAD_TO_SIGMA } from './statistics'

/** How one value stands to the others of its group. */
export interface OutlierScore {
  /** Median of the others. */
  readonly median: number
  /** 1.4826 times the median absolute deviation of the others, or the least that was asked for. */
  readonly sigma: number
  /** (value - median) / sigma; NaN where there is no value. */
  readonly score: number
  /** How many the others are. */
  readonly others: number
}

/** Of larger groups one value changes neither median nor deviation, and the same are taken for all. */
const MANY = 400

const describe = (values: readonly number[], leastSigma: number) => {
  const middle = median(values)
  const sigma = MAD_TO_SIGMA * median(values.map((value) => Math.abs(value - middle)))
  return { median: middle, sigma: Math.max(sigma, leastSigma), others: values.length }
}

/**
 * Each value against the median and the robust deviation of the others (not of all: in a small group the value itself would widen the
 * deviation that it is measured with). `leastSigma`, in the unit of the values, is what they are good to at best: values that are rounded
 * may have a deviation of 0. NaN is left out and scores NaN.
 */
export const scoreAgainstOthers = (values: readonly number[], leastSigma = 0): OutlierScore[] => {
  const known = values.filter((value) => !Number.isNaN(value))
  const whole = known.length > MANY ? { ...describe(known, leastSigma), others: known.length - 1 } : null
  return values.map((value, index) => {
    const against =
      whole ??
      describe(
        values.filter((other, at) => at !== index && !Number.isNaN(other)),
        leastSigma,
      )
    const score = against.sigma > 0 ? (value - against.median) / against.sigma : Number.NaN
    return { ...against, score }
  })
}

/** Values of a group, and the score that its furthest one reaches by chance in one group of a hundred. */
const LIMITS: readonly (readonly [count: number, limit: number])[] = [
  [5, 32.5],
  [6, 29.9],
  [7, 14.9],
  [9, 10.5],
  [12, 8.4],
  [14, 7.5],
  [17, 6.4],
  [20, 6],
  [25, 5.4],
  [30, 5.2],
  [40, 4.9],
  [50, 4.7],
  [70, 4.5],
  [100, 4.4],
]

/**
 * The score beyond which a value is an outlier at a chance of 1 % for the whole group, however many it has. A median absolute deviation of
 * a few values is uncertain by itself, so few values have to lie far off: simulated on Gaussian values, in `make_outlier_limits.py` beside
 * the tests. Infinity below five: of so few nobody can say which one is wrong.
 */
export const outlierLimit = (count: number): number =>
  LIMITS.findLast(([least]) => count >= least)?.[1] ?? Number.POSITIVE_INFINITY
