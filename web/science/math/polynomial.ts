import { solveLeastSquares } from './least-squares'

/**
 * A polynomial in u = (x - center) / halfWidth: p(x) = sum_k coefficients[k] u^k. The map to [-1, 1] keeps Julian dates
 * and pixel positions from cancelling.
 */
export interface Polynomial {
  readonly coefficients: Float64Array
  readonly center: number
  readonly halfWidth: number
}

export const evaluatePolynomial = (polynomial: Polynomial, x: number): number => {
  const u = (x - polynomial.center) / polynomial.halfWidth
  let value = 0
  for (let k = polynomial.coefficients.length - 1; k >= 0; k--)
    value = value * u + polynomial.coefficients[k]!
  return value
}

export interface PolynomialFit extends Polynomial {
  /** (degree + 1) squared, of the coefficients; see solveLeastSquares for its scale. */
  readonly covariance: Float64Array
  readonly chiSquare: number
  readonly used: number
  /** False when there are too few distinct x; the coefficients are then NaN. */
  readonly determined: boolean
}

/**
 * Weighted least-squares polynomial. Points with an x, y or weight that is not finite, or a weight that is not positive,
 * take no part.
 */
export const fitPolynomial = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  degree: number,
  weights?: ArrayLike<number>,
): PolynomialFit => {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]!)) continue
    least = Math.min(least, x[i]!)
    most = Math.max(most, x[i]!)
  }
  const center = least <= most ? least / 2 + most / 2 : 0
  const halfWidth = most > least ? (most - least) / 2 : 1
  const columns = degree + 1
  const design = new Float64Array(x.length * columns)
  for (let i = 0; i < x.length; i++) {
    const u = (x[i]! - center) / halfWidth
    let power = Number.isFinite(u) ? 1 : Number.NaN
    for (let k = 0; k < columns; k++) {
      design[i * columns + k] = power
      power *= u
    }
  }
  const fit = solveLeastSquares(design, x.length, columns, y, weights)
  return {
    coefficients: fit.solution,
    center,
    halfWidth,
    covariance: fit.covariance,
    chiSquare: fit.chiSquare,
    used: fit.used,
    determined: fit.determined,
  }
}
