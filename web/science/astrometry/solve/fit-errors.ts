import type { SolutionErrors } from '../../../core/plate-solution'
import { solveLeastSquares } from '../../math/least-squares'
import { RADIAN } from './sphere'

/** Places of stars on a frame, pixels from the reference pixel. */
export interface FitPoints {
  readonly u: ArrayLike<number>
  readonly v: ArrayLike<number>
}

/** Terms of a polynomial of two variables up to an order: 1, u, v, then those of degree 2 and so on. */
const writeTerms = (order: number, u: number, v: number, into: Float64Array, at: number): void => {
  let index = at
  for (let degree = 0; degree <= order; degree++)
    for (let q = 0; q <= degree; q++) into[index++] = u ** (degree - q) * v ** q
}

const countTerms = (order: number): number => ((order + 1) * (order + 2)) / 2

/** (A'A)^-1 of a polynomial through points that are divided by `size`; null where they do not determine it. */
const findCovariance = ({ u, v }: FitPoints, order: number, size: number): Float64Array | null => {
  const terms = countTerms(order)
  const design = new Float64Array(u.length * terms)
  for (let i = 0; i < u.length; i++) writeTerms(order, u[i]! / size, v[i]! / size, design, i * terms)
  const fit = solveLeastSquares(design, u.length, terms, new Float64Array(u.length))
  return fit.determined ? fit.covariance : null
}

const sizeOf = ({ u, v }: FitPoints): number => {
  let size = 1
  for (let i = 0; i < u.length; i++) size = Math.max(size, Math.abs(u[i]!), Math.abs(v[i]!))
  return size
}

/**
 * How uncertain a polynomial through some stars is at a place, in units of one star's standard error: below 1 among the stars, and the
 * larger the farther it is carried beyond them. Infinity where the stars do not determine it.
 */
export const measureLeverage = (
  points: FitPoints,
  order: number,
  places: readonly (readonly [number, number])[],
): number => {
  const size = sizeOf(points)
  const covariance = findCovariance(points, order, size)
  if (covariance === null) return Infinity
  const terms = countTerms(order)
  const at = new Float64Array(terms)
  let most = 0
  for (const [u, v] of places) {
    writeTerms(order, u / size, v / size, at, 0)
    let sum = 0
    for (let i = 0; i < terms; i++)
      for (let j = 0; j < terms; j++) sum += at[i]! * covariance[i * terms + j]! * at[j]!
    most = Math.max(most, sum)
  }
  return Math.sqrt(most)
}

export interface FitScatter {
  /** Sum of dx^2 + dy^2 over the stars, pixels. */
  readonly squares: number
  /** Numbers that were fitted: 4 for a similarity, else two for each term. */
  readonly parameters: number
  /** 1: TAN. */
  readonly order: number
  /** Arcseconds a pixel. */
  readonly scale: number
}

/**
 * Standard errors by the propagation of the residuals' scatter (both coordinates alike) through the least squares. NaN where the stars
 * are no more than what was fitted.
 */
export const measureErrors = (points: FitPoints, scatter: FitScatter): SolutionErrors => {
  const { squares, parameters, order, scale } = scatter
  const count = points.u.length
  const free = 2 * count - parameters
  const sigma = free > 0 ? Math.sqrt(squares / free) : Number.NaN
  if (parameters === 4) {
    let [sumU, sumV, spread] = [0, 0, 0]
    for (let i = 0; i < count; i++) {
      sumU += points.u[i]! / count
      sumV += points.v[i]! / count
      spread += points.u[i]! ** 2 + points.v[i]! ** 2
    }
    const away = sumU * sumU + sumV * sumV
    // About the stars' own centre.
    const about = spread - count * away
    const turn = sigma / Math.sqrt(about)
    return {
      center: scale * sigma * Math.sqrt(1 / count + away / about),
      scale: scale * turn,
      rotation: turn / RADIAN,
    }
  }
  const size = sizeOf(points)
  const covariance = findCovariance(points, order, size)
  if (covariance === null) return { center: Number.NaN, scale: Number.NaN, rotation: Number.NaN }
  const terms = countTerms(order)
  const [one, alongU, alongV] = [0, 1, 2].map((term) => covariance[term * terms + term]!) as [
    number,
    number,
    number,
  ]
  return {
    center: scale * sigma * Math.sqrt(one),
    // The mean of both axes' relative errors; the turn is that of the y axis.
    scale: (scale * sigma * Math.sqrt(alongU + alongV)) / 2 / size,
    rotation: (sigma * Math.sqrt(alongV)) / size / RADIAN,
  }
}
