import type { Combine } from '../../core/combine'
import { MAD_TO_SIGMA } from '../math/statistics'

/** What is left of a sorted run of values: values[from..to], both included; empty when to < from. Reused, never kept. */
export interface Survivors {
  from: number
  to: number
}

/** A combination with every default filled in. */
export interface RejectionRule {
  readonly rejection: Combine['rejection']
  readonly low: number
  readonly high: number
  readonly center: 'median' | 'mean'
  readonly deviation: 'std' | 'mad'
  readonly iterations: number
}

/** Winsorising: clamp at 1.5 sigma; 1.134 makes the clamped deviation that of the normal it came from (Huber 1981). */
const CLAMP = 1.5
const CLAMP_TO_SIGMA = 1.134
const CLAMP_CHANGE = 0.0005
const CLAMP_ROUNDS = 50
const MAD_F32 = Math.fround(MAD_TO_SIGMA)
/** With fewer values than this a deviation means nothing and winsorised clipping stops. */
const LEAST_TO_WINSORISE = 4

export const rejectionRule = (combine: Combine): RejectionRule => {
  const counted = combine.rejection === 'min-max' ? 1 : combine.rejection === 'percentile' ? 10 : 3
  return {
    rejection: combine.rejection,
    low: combine.low ?? counted,
    high: combine.high ?? counted,
    center: combine.center ?? 'median',
    deviation: combine.deviation ?? 'mad',
    iterations: combine.iterations ?? 5,
  }
}

/**
 * Narrows `range` over values that are sorted ascending and finite. All rules keep an interval of values, so that what is
 * left of a sorted run is again a run.
 */
export const rejectValues = (values: Float64Array, range: Survivors, rule: RejectionRule): void => {
  switch (rule.rejection) {
    case 'none':
      return
    case 'sigma-clip':
      return clipSigma(values, range, rule)
    case 'winsorized':
      return clipWinsorised(values, range, rule)
    case 'min-max':
      return dropExtremes(range, rule)
    case 'percentile':
      return cutPercentiles(values, range, rule)
  }
}

export const medianOfSorted = (values: Float64Array, from: number, to: number): number => {
  const middle = (from + to) >>> 1
  // Rounded to f32, as every backend does; values are f32 themselves.
  return (to - from) % 2 === 0 ? values[middle]! : Math.fround(values[middle]! / 2 + values[middle + 1]! / 2)
}

export const meanOfRange = (values: Float64Array, from: number, to: number): number => {
  let total = 0
  for (let i = from; i <= to; i++) total += values[i]!
  return total / (to - from + 1)
}

/** Sum of squared differences from `center`. */
export const squaresOfRange = (values: Float64Array, from: number, to: number, center: number): number => {
  let squares = 0
  for (let i = from; i <= to; i++) {
    const difference = values[i]! - center
    squares += difference * difference
  }
  return squares
}

/** 1.4826 times the median absolute deviation of a sorted run about its median, by walking outwards from the middle; in f32. */
const scaledDeviation = (values: Float64Array, from: number, to: number, middle: number): number => {
  const count = to - from + 1
  let left = (from + to) >>> 1
  let right = left + 1
  let previous = 0
  let distance = 0
  for (let taken = 0; taken <= count >>> 1; taken++) {
    previous = distance
    const below = left >= from ? Math.fround(middle - values[left]!) : Number.POSITIVE_INFINITY
    const above = right <= to ? Math.fround(values[right]! - middle) : Number.POSITIVE_INFINITY
    if (below <= above) {
      distance = below
      left--
    } else {
      distance = above
      right++
    }
  }
  return Math.fround(MAD_F32 * (count % 2 === 1 ? distance : Math.fround(previous / 2 + distance / 2)))
}

const keepBetween = (values: Float64Array, range: Survivors, lower: number, upper: number): boolean => {
  const { from, to } = range
  while (range.from <= range.to && values[range.from]! < lower) range.from++
  while (range.to >= range.from && values[range.to]! > upper) range.to--
  return range.from !== from || range.to !== to
}

/**
 * The rule of astropy.stats.sigma_clip (what is rejected stays rejected), with one difference: where half of the values are equal (a quiet camera's integers)
 * the median absolute deviation is zero and says nothing, so the standard deviation stands in. About the median with the median
 * absolute deviation, the common case, bounds are worked out in f32, so that four pixels at a time come to the same verdict.
 */
const clipSigma = (values: Float64Array, range: Survivors, rule: RejectionRule): void => {
  for (let round = 0; round < rule.iterations; round++) {
    const { from, to } = range
    const count = to - from + 1
    if (count < 2) return
    const middle = medianOfSorted(values, from, to)
    let spread = rule.deviation === 'mad' ? scaledDeviation(values, from, to, middle) : 0
    let lower = Math.fround(middle - Math.fround(Math.fround(rule.low) * spread))
    let upper = Math.fround(middle + Math.fround(Math.fround(rule.high) * spread))
    if (spread === 0 || rule.center === 'mean') {
      const average = meanOfRange(values, from, to)
      const center = rule.center === 'mean' ? average : middle
      if (spread === 0) spread = Math.sqrt(squaresOfRange(values, from, to, average) / count)
      lower = center - rule.low * spread
      upper = center + rule.high * spread
    }
    if (!keepBetween(values, range, lower, upper)) return
  }
}

/**
 * Winsorised sigma clipping as PixInsight's and Siril's stacking do it: centre and sigma are measured with the values
 * clamped at 1.5 sigma until sigma settles, so that an outlier cannot widen the sigma that should reject it; then values
 * outside [centre - low sigma, centre + high sigma] go, and again until none goes. Sigma is always a (sample) standard
 * deviation here; `deviation` is not looked at.
 */
const clipWinsorised = (values: Float64Array, range: Survivors, rule: RejectionRule): void => {
  for (let round = 0; round < rule.iterations; round++) {
    const { from, to } = range
    const count = to - from + 1
    if (count < LEAST_TO_WINSORISE) return
    const middle = medianOfSorted(values, from, to)
    let average = meanOfRange(values, from, to)
    let sigma = Math.sqrt(squaresOfRange(values, from, to, average) / (count - 1))
    for (let settle = 0; settle < CLAMP_ROUNDS; settle++) {
      const lower = middle - CLAMP * sigma
      const upper = middle + CLAMP * sigma
      let total = 0
      for (let i = from; i <= to; i++) total += Math.min(Math.max(values[i]!, lower), upper)
      average = total / count
      let squares = 0
      for (let i = from; i <= to; i++) {
        const difference = Math.min(Math.max(values[i]!, lower), upper) - average
        squares += difference * difference
      }
      const before = sigma
      sigma = CLAMP_TO_SIGMA * Math.sqrt(squares / (count - 1))
      if (Math.abs(sigma - before) <= CLAMP_CHANGE * before) break
    }
    const center = rule.center === 'mean' ? average : middle
    if (!keepBetween(values, range, center - rule.low * sigma, center + rule.high * sigma)) return
  }
}

/** Drops the `low` smallest and `high` largest; where holes leave too few, one middle value stays. */
const dropExtremes = (range: Survivors, rule: RejectionRule): void => {
  const count = range.to - range.from + 1
  let low = Math.max(0, Math.round(rule.low))
  let high = Math.max(0, Math.round(rule.high))
  if (low + high >= count) {
    low = Math.min(low, Math.round(((count - 1) * low) / (low + high)))
    high = count - 1 - low
  }
  range.from += low
  range.to -= high
}

/** Keeps what lies between the low-th and the (100 - high)-th percentile, both by numpy's linear rule, both included. */
const cutPercentiles = (values: Float64Array, range: Survivors, rule: RejectionRule): void => {
  const lower = percentileOfSorted(values, range, rule.low)
  const upper = percentileOfSorted(values, range, 100 - rule.high)
  // Percentiles that cross (low + high >= 100) leave the middle.
  if (lower > upper) dropExtremes(range, { ...rule, low: range.to - range.from, high: range.to - range.from })
  else keepBetween(values, range, lower, upper)
}

const percentileOfSorted = (values: Float64Array, range: Survivors, percent: number): number => {
  const rank = (Math.min(Math.max(percent, 0), 100) / 100) * (range.to - range.from)
  const index = Math.floor(rank)
  const below = values[range.from + index]!
  const fraction = rank - index
  return fraction === 0 ? below : below + (values[range.from + index + 1]! - below) * fraction
}
