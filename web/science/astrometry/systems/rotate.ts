/** A 3 by 3 matrix, row by row. */
export type Matrix3 = readonly number[]

const ARCSECOND = Math.PI / 648_000

/** Coordinates after the axes were turned by an angle in radians about one of them (x = 0, y = 1, z = 2), as R1, R2, R3 of the literature. */
export const turnAxes = (axis: 0 | 1 | 2, angle: number): Matrix3 => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  if (axis === 0) return [1, 0, 0, 0, c, s, 0, -s, c]
  if (axis === 1) return [c, 0, -s, 0, 1, 0, s, 0, c]
  return [c, s, 0, -s, c, 0, 0, 0, 1]
}

const multiplyPair = (a: Matrix3, b: Matrix3): Matrix3 =>
  Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [3 * Math.floor(k / 3), k % 3]
    return a[row]! * b[column]! + a[row + 1]! * b[column + 3]! + a[row + 2]! * b[column + 6]!
  })

/** The product in the order in which it is written: the last one is applied first. */
export const multiply = (first: Matrix3, ...others: readonly Matrix3[]): Matrix3 =>
  others.reduce(multiplyPair, first)

export const transpose = ([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 => [
  a!,
  d!,
  g!,
  b!,
  e!,
  h!,
  c!,
  f!,
  i!,
]

/** A polynomial in centuries with coefficients in arcseconds, as radians. */
export const evaluateArcseconds = (coefficients: readonly number[], centuries: number): number =>
  coefficients.reduceRight((sum, one) => sum * centuries + one, 0) * ARCSECOND
