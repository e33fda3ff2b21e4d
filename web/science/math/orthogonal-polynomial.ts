import { solveLeastSquares } from './least-squares'

export type PolynomialBasis = 'legendre' | 'chebyshev'

/** sum_k coefficients[k] P_k(u) with u = 2 (x - first) / (last - first) - 1, which runs from -1 to 1. */
export interface OrthogonalPolynomial {
  readonly basis: PolynomialBasis
  readonly coefficients: Float64Array
  readonly first: number
  readonly last: number
}

/**
 * P_0(u) to P_degree(u) into `row`, from `at` on, by their three-term recurrences (Abramowitz & Stegun 1964, 22.7):
 * Legendre (k + 1) P_k+1 = (2k + 1) u P_k - k P_k-1, Chebyshev of the first kind T_k+1 = 2 u T_k - T_k-1.
 */
export const fillBasis = (
  basis: PolynomialBasis,
  degree: number,
  u: number,
  row: Float64Array,
  at = 0,
): void => {
  row[at] = Number.isNaN(u) ? Number.NaN : 1
  if (degree > 0) row[at + 1] = u
  for (let k = 1; k < degree; k++) {
    const [before, now] = [row[at + k - 1]!, row[at + k]!]
    row[at + k + 1] =
      basis === 'legendre' ? ((2 * k + 1) * u * now - k * before) / (k + 1) : 2 * u * now - before
  }
}

const toUnit = (x: number, first: number, last: number): number =>
  last > first ? (2 * (x - first)) / (last - first) - 1 : 0

export const evaluateOrthogonal = (polynomial: OrthogonalPolynomial, x: number): number => {
  const { basis, coefficients, first, last } = polynomial
  const row = new Float64Array(coefficients.length)
  fillBasis(basis, coefficients.length - 1, toUnit(x, first, last), row)
  return row.reduce((total, term, k) => total + coefficients[k]! * term, 0)
}

/**
 * Least-squares fit of degree 0 or more to values[i] at x = i, over [0, values.length - 1]; astropy.modeling's Legendre1D and Chebyshev1D
 * fit by LinearLSQFitter give the same curve. Values that are not finite, or whose weight is not positive, take no part but the domain
 * stays. Null when too few are left to determine the coefficients.
 */
export const fitOrthogonal = (
  values: ArrayLike<number>,
  basis: PolynomialBasis,
  degree: number,
  weights?: ArrayLike<number>,
): OrthogonalPolynomial | null => {
  const columns = degree + 1
  const last = values.length - 1
  const design = new Float64Array(values.length * columns)
  for (let i = 0; i < values.length; i++) fillBasis(basis, degree, toUnit(i, 0, last), design, i * columns)
  const { solution, determined } = solveLeastSquares(design, values.length, columns, values, weights)
  return determined ? { basis, coefficients: solution, first: 0, last } : null
}
