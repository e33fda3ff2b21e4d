export interface LeastSquares {
  /** One value for each column; all NaN when the columns do not determine it. */
  readonly solution: Float64Array
  /**
   * (A' W A)^-1, columns x columns, row-major: the covariance of the solution when weights are 1/variance. Without weights
   * multiply by chiSquare / (used - columns). All NaN when the columns do not determine the solution.
   */
  readonly covariance: Float64Array
  /** Weighted sum of squared residuals. */
  readonly chiSquare: number
  /** Rows that took part. */
  readonly used: number
  /** False when there are fewer rows than columns or columns depend on each other. */
  readonly determined: boolean
}

/** A pivot below this part of its column's norm counts as a dependent column. */
const DEPENDENT = 1e-13

/**
 * Weighted linear least squares: minimises sum of weights[i] (values[i] - sum_j design[i * columns + j] solution[j])^2 by
 * Householder QR of the rows scaled with the square root of their weight (Golub & Van Loan, alg. 5.3.2), columns first
 * scaled to unit norm, so that the condition number is not squared and units of columns do not matter.
 * A row with a weight that is not positive, or with a value, weight or coefficient that is not finite, takes no part.
 */
export const solveLeastSquares = (
  design: ArrayLike<number>,
  rows: number,
  columns: number,
  values: ArrayLike<number>,
  weights?: ArrayLike<number>,
): LeastSquares => {
  const { matrix, right, used } = gatherRows({ design, rows, columns, values, weights })
  const norms = scaleColumns(matrix, used, columns)
  const solution = new Float64Array(columns).fill(Number.NaN)
  const covariance = new Float64Array(columns * columns).fill(Number.NaN)
  const determined = used >= columns && reduceToTriangle(matrix, right, used, columns)
  if (!determined) return { solution, covariance, chiSquare: Number.NaN, used, determined }
  for (let j = columns - 1; j >= 0; j--) {
    let rest = right[j]!
    for (let k = j + 1; k < columns; k++) rest -= matrix[j * columns + k]! * solution[k]!
    solution[j] = rest / matrix[j * columns + j]!
  }
  for (let j = 0; j < columns; j++) solution[j] = solution[j]! / norms[j]!
  fillCovariance(matrix, columns, norms, covariance)
  let chiSquare = 0
  for (let i = columns; i < used; i++) chiSquare += right[i]! * right[i]!
  return { solution, covariance, chiSquare, used, determined }
}

interface Problem {
  readonly design: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  readonly values: ArrayLike<number>
  readonly weights: ArrayLike<number> | undefined
}

const gatherRows = ({ design, rows, columns, values, weights }: Problem) => {
  const matrix = new Float64Array(rows * columns)
  const right = new Float64Array(rows)
  let used = 0
  for (let i = 0; i < rows; i++) {
    const weight = weights === undefined ? 1 : weights[i]!
    if (!(weight > 0) || !Number.isFinite(weight) || !Number.isFinite(values[i]!)) continue
    const root = Math.sqrt(weight)
    let finite = true
    for (let j = 0; j < columns; j++) {
      const coefficient = design[i * columns + j]!
      if (!Number.isFinite(coefficient)) finite = false
      matrix[used * columns + j] = coefficient * root
    }
    if (finite) right[used++] = values[i]! * root
  }
  return { matrix, right, used }
}

const scaleColumns = (matrix: Float64Array, rows: number, columns: number): Float64Array => {
  const norms = new Float64Array(columns)
  for (let j = 0; j < columns; j++) {
    let largest = 0
    for (let i = 0; i < rows; i++) largest = Math.max(largest, Math.abs(matrix[i * columns + j]!))
    if (largest === 0) {
      norms[j] = 1
      continue
    }
    let squares = 0
    for (let i = 0; i < rows; i++) squares += (matrix[i * columns + j]! / largest) ** 2
    norms[j] = largest * Math.sqrt(squares)
    for (let i = 0; i < rows; i++) matrix[i * columns + j] = matrix[i * columns + j]! / norms[j]!
  }
  return norms
}

/** Householder reflections; false when a pivot vanishes. Leaves R in the upper triangle and Q' right in `right`. */
const reduceToTriangle = (
  matrix: Float64Array,
  right: Float64Array,
  rows: number,
  columns: number,
): boolean => {
  for (let j = 0; j < columns; j++) {
    let squares = 0
    for (let i = j; i < rows; i++) squares += matrix[i * columns + j]! ** 2
    const norm = Math.sqrt(squares)
    if (!(norm > DEPENDENT)) return false
    const head = matrix[j * columns + j]!
    const pivot = head > 0 ? -norm : norm
    const first = head - pivot
    const factor = 1 / (norm * (norm + Math.abs(head)))
    for (let k = j + 1; k <= columns; k++) {
      const target = k === columns ? right : matrix
      const stride = k === columns ? 1 : columns
      const offset = k === columns ? 0 : k
      let product = first * target[j * stride + offset]!
      for (let i = j + 1; i < rows; i++) product += matrix[i * columns + j]! * target[i * stride + offset]!
      product *= factor
      target[j * stride + offset] = target[j * stride + offset]! - product * first
      for (let i = j + 1; i < rows; i++) {
        const at = i * stride + offset
        target[at] = target[at]! - product * matrix[i * columns + j]!
      }
    }
    matrix[j * columns + j] = pivot
  }
  return true
}

/** R^-1 R^-T with the column scaling taken back. */
const fillCovariance = (
  matrix: Float64Array,
  columns: number,
  norms: Float64Array,
  covariance: Float64Array,
): void => {
  const inverse = new Float64Array(columns * columns)
  for (let j = 0; j < columns; j++) {
    inverse[j * columns + j] = 1 / matrix[j * columns + j]!
    for (let i = j - 1; i >= 0; i--) {
      let total = 0
      for (let k = i + 1; k <= j; k++) total += matrix[i * columns + k]! * inverse[k * columns + j]!
      inverse[i * columns + j] = -total / matrix[i * columns + i]!
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      let total = 0
      for (let k = j; k < columns; k++) total += inverse[i * columns + k]! * inverse[j * columns + k]!
      covariance[i * columns + j] = total / (norms[i]! * norms[j]!)
      covariance[j * columns + i] = covariance[i * columns + j]!
    }
  }
}
