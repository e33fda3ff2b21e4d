import { solveLeastSquares, type LeastSquares } from './least-squares'

/**
 * Lower triangle L of a positive definite matrix with L L' = matrix (Golub & Van Loan, alg. 4.2.1), row-major; null where a pivot is
 * not positive.
 */
const factorise = (matrix: ArrayLike<number>, size: number): Float64Array | null => {
  const lower = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j]!
      for (let k = 0; k < j; k++) rest -= lower[i * size + k]! * lower[j * size + k]!
      if (i !== j) lower[i * size + j] = rest / lower[j * size + j]!
      else if (rest > 0) lower[i * size + i] = Math.sqrt(rest)
      else return null
    }
  }
  return lower
}

export interface CorrelatedProblem {
  /** Rows times columns, row-major. */
  readonly design: ArrayLike<number>
  readonly columns: number
  readonly values: ArrayLike<number>
  /** Covariance of the values, rows times rows, row-major. */
  readonly covariance: ArrayLike<number>
}

/**
 * Generalised least squares (Aitken 1935): the solution of least variance where the errors of the values depend on each other. With
 * C = L L', both sides are multiplied by L^-1, after which the errors are independent and of unit variance. All values have to be
 * finite; null where C is no covariance. For some hundred values, since C is factorised.
 */
export const fitCorrelated = ({
  design,
  columns,
  values,
  covariance,
}: CorrelatedProblem): LeastSquares | null => {
  const rows = values.length
  const lower = factorise(covariance, rows)
  if (lower === null) return null
  const matrix = Float64Array.from(design)
  const right = Float64Array.from(values)
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < i; k++) {
      const factor = lower[i * rows + k]!
      if (factor === 0) continue
      for (let j = 0; j < columns; j++)
        matrix[i * columns + j] = matrix[i * columns + j]! - factor * matrix[k * columns + j]!
      right[i] = right[i]! - factor * right[k]!
    }
    const pivot = lower[i * rows + i]!
    for (let j = 0; j < columns; j++) matrix[i * columns + j] = matrix[i * columns + j]! / pivot
    right[i] = right[i]! / pivot
  }
  return solveLeastSquares(matrix, rows, columns, right)
}
