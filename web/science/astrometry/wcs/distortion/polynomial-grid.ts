/** Coefficients c[p][q] of u^p v^q with p + q up to an order, row by row of p: row p has order - p + 1 of them. */
export interface PolynomialGrid {
  readonly order: number
  readonly coefficients: Float64Array
}

/** Where c[p][q] stands. */
export const findTerm = (order: number, p: number, q: number): number =>
  p * (order + 1) - (p * (p - 1)) / 2 + q

const countTerms = (order: number): number => ((order + 1) * (order + 2)) / 2

export const makeGrid = (order: number, take: (p: number, q: number) => number): PolynomialGrid => {
  const coefficients = new Float64Array(countTerms(order))
  for (let p = 0; p <= order; p++)
    for (let q = 0; p + q <= order; q++) coefficients[findTerm(order, p, q)] = take(p, q)
  return { order, coefficients }
}

/** The value and both derivatives by nested Horner schemes, added to `out` at the three places named. */
export const addPolynomial = (
  { order, coefficients }: PolynomialGrid,
  u: number,
  v: number,
  out: Float64Array,
  [at, byU, byV]: readonly [number, number, number],
): void => {
  let [value, slopeU, slopeV] = [0, 0, 0]
  let index = coefficients.length
  for (let p = order; p >= 0; p--) {
    let [inner, slope] = [0, 0]
    for (let q = order - p; q >= 0; q--) {
      slope = slope * v + inner
      inner = inner * v + coefficients[--index]!
    }
    slopeU = slopeU * u + value
    value = value * u + inner
    slopeV = slopeV * u + slope
  }
  out[at]! += value
  out[byU]! += slopeU
  out[byV]! += slopeV
}
