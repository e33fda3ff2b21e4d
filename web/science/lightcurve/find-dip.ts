import type { DipEstimate } from '../../core/light-curve'
import { median } from '../math/median'
import { MAD_TO_SIGMA } from '../math/statistics'
import type { Regressor } from './detrend'

export interface DipInput {
  /** Days, ascending. */
  readonly time: Float64Array
  readonly flux: Float64Array
  /** One sigma; points weigh alike when absent. */
  readonly error?: Float64Array
  /** Trends that are fitted together with the dip, so that neither eats the other. A constant is always among them. */
  readonly regressors?: readonly Regressor[]
}

export interface DipOptions {
  /** Points in the shortest box; default 5. */
  readonly leastInside?: number
  /** Points that must stay outside the box, on both sides together; default a quarter of all. */
  readonly leastOutside?: number
  /** Depth over its error below which nothing stands out; default 7. */
  readonly leastSignificance?: number
}

/** Longer series are averaged into so many bins for the search. */
const MOST_POINTS = 1500

interface Series {
  readonly time: Float64Array
  readonly flux: Float64Array
  readonly weight: Float64Array
  readonly columns: readonly Float64Array[]
}

/**
 * The deepest box-shaped dip of one night, for drawing where a transit may be before anybody has given a prior; null when none stands out.
 * Every interval of consecutive points is tried as the box of a least-squares fit flux = sum c r - depth * box (Kovacs, Zucker &
 * Mazeh 2002, without a period). The trends are made orthonormal once and taken off flux and box alike, so that with prefix sums
 * each interval costs a few operations. The winner has the largest depth / error. Its error is from the robust scatter about the
 * best fit and counts white noise only; the threshold allows for the number of intervals tried and for some red noise. A dip cut off by
 * an end of the night is found, but a trend can imitate it. Depth is a fraction of the level outside the box.
 */
export const findDip = (input: DipInput, options: DipOptions = {}): DipEstimate | null => {
  const series = binSeries(gatherSeries(input))
  const points = series.time.length
  const { leastInside = 5, leastOutside = Math.ceil(points / 4), leastSignificance = 7 } = options
  if (points < leastInside + leastOutside || points < series.columns.length + 3) return null
  const basis = orthonormalise(series)
  const residual = takeOff(series.flux, basis, series.weight)
  const box = searchBoxes({ series, basis, residual, leastInside, leastOutside })
  if (box === null) return null
  const fitted = fitBox(series, basis, residual, box)
  const significance = fitted.depth / fitted.depthError
  if (!(significance >= leastSignificance)) return null
  const { time } = series
  const start = box.from === 0 ? time[0]! : (time[box.from - 1]! + time[box.from]!) / 2
  const end = box.to === points ? time[points - 1]! : (time[box.to - 1]! + time[box.to]!) / 2
  return { start, end, mid: (start + end) / 2, ...fitted, significance }
}

const gatherSeries = ({ time, flux, error, regressors = [] }: DipInput): Series => {
  const points = Array.from(time.keys()).filter(
    (i) =>
      Number.isFinite(time[i]!) &&
      Number.isFinite(flux[i]!) &&
      (error === undefined || (error[i]! > 0 && Number.isFinite(error[i]!))) &&
      regressors.every(({ values }) => Number.isFinite(values[i]!)),
  )
  const pick = (values: Float64Array): Float64Array => Float64Array.from(points, (i) => values[i]!)
  return {
    time: pick(time),
    flux: pick(flux),
    weight: Float64Array.from(points, (i) => (error === undefined ? 1 : 1 / error[i]! ** 2)),
    columns: [new Float64Array(points.length).fill(1), ...regressors.map(({ values }) => pick(values))],
  }
}

/** Weighted means of neighbours, so that no series makes the search slow. */
const binSeries = (series: Series): Series => {
  const points = series.time.length
  const size = Math.ceil(points / MOST_POINTS)
  if (size <= 1) return series
  const bins = Math.ceil(points / size)
  const weight = new Float64Array(bins)
  for (let i = 0; i < points; i++) weight[Math.floor(i / size)]! += series.weight[i]!
  const average = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(bins)
    for (let i = 0; i < points; i++) sums[Math.floor(i / size)]! += series.weight[i]! * values[i]!
    return sums.map((sum, bin) => sum / weight[bin]!)
  }
  return {
    time: average(series.time),
    flux: average(series.flux),
    weight,
    columns: series.columns.map(average),
  }
}

const innerProduct = (a: Float64Array, b: Float64Array, weight: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += weight[i]! * a[i]! * b[i]!
  return sum
}

const takeOff = (
  values: Float64Array,
  basis: readonly Float64Array[],
  weight: Float64Array,
): Float64Array => {
  const rest = values.slice()
  for (const column of basis) {
    const amount = innerProduct(rest, column, weight)
    for (let i = 0; i < rest.length; i++) rest[i] = rest[i]! - amount * column[i]!
  }
  return rest
}

/** Modified Gram-Schmidt, twice over; a column that the earlier ones explain is left out. */
const orthonormalise = ({ columns, weight }: Series): Float64Array[] => {
  const basis: Float64Array[] = []
  for (const column of columns) {
    const before = Math.sqrt(innerProduct(column, column, weight))
    const rest = takeOff(takeOff(column, basis, weight), basis, weight)
    const norm = Math.sqrt(innerProduct(rest, rest, weight))
    if (norm > 1e-9 * before) basis.push(rest.map((value) => value / norm))
  }
  return basis
}

interface Box {
  /** First point inside and first point after it. */
  readonly from: number
  readonly to: number
}

interface Search {
  readonly series: Series
  readonly basis: readonly Float64Array[]
  readonly residual: Float64Array
  readonly leastInside: number
  readonly leastOutside: number
}

const prefixSums = (values: Float64Array, weight: Float64Array): Float64Array => {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + weight[i]! * values[i]!
  return sums
}

const searchBoxes = ({ series, basis, residual, leastInside, leastOutside }: Search): Box | null => {
  const { weight, time } = series
  const points = time.length
  const fluxSums = prefixSums(residual, weight)
  const weightSums = prefixSums(new Float64Array(points).fill(1), weight)
  const basisSums = basis.map((column) => prefixSums(column, weight))
  let best: Box | null = null
  let gain = 0
  for (let from = 0; from + leastInside <= points; from++) {
    for (let to = from + leastInside; to <= points && points - (to - from) >= leastOutside; to++) {
      const inside = weightSums[to]! - weightSums[from]!
      let length = inside
      for (const sums of basisSums) length -= (sums[to]! - sums[from]!) ** 2
      // A box that the trends can make by themselves (one end of the night) says nothing.
      if (length < 0.05 * inside) continue
      const below = fluxSums[from]! - fluxSums[to]!
      if (below <= 0) continue
      const value = (below * below) / length
      if (value > gain) {
        gain = value
        best = { from, to }
      }
    }
  }
  return best
}

const fitBox = (series: Series, basis: readonly Float64Array[], residual: Float64Array, box: Box) => {
  const { weight, flux, time } = series
  const shape = takeOff(
    time.map((_, i) => (i >= box.from && i < box.to ? 1 : 0)),
    basis,
    weight,
  )
  const length = innerProduct(shape, shape, weight)
  const drop = -innerProduct(shape, residual, weight) / length
  const scaled = residual.map((value, i) => (value + drop * shape[i]!) * Math.sqrt(weight[i]!))
  const sigma = MAD_TO_SIGMA * median(scaled.map(Math.abs))
  // Level outside: what is left of the flux when the dip is filled in and only the trend's mean is kept.
  const level = median(flux.map((value, i) => (i >= box.from && i < box.to ? value + drop : value)))
  return { depth: drop / level, depthError: sigma / Math.sqrt(length) / level }
}
