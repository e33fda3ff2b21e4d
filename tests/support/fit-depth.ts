import { solveLeastSquares } from '../../web/science/math/least-squares'

export interface CurvePoint {
  readonly frame: string
  readonly flux: number
  readonly flux_error: number
  readonly airmass: number
}

/**
 * Depth of the measured transit over the true one, and its error: flux = level exp(b airmass) (1 - k (1 - model)), with the true
 * shape as the model, linearised in ln flux and scaled by the scatter about the fit.
 */
export const fitDepth = (
  points: readonly CurvePoint[],
  model: ReadonlyMap<string, number>,
): { scale: number; error: number } => {
  const rows = points.filter(({ flux, frame }) => Number.isFinite(flux) && model.has(frame))
  const design = Float64Array.from(
    rows.flatMap(({ airmass, frame }) => [1, airmass, Math.log(model.get(frame) ?? 1)]),
  )
  const values = Float64Array.from(rows, ({ flux }) => Math.log(flux))
  const { solution, covariance } = solveLeastSquares(design, rows.length, 3, values)
  const residuals = values.map(
    (value, row) =>
      value - (solution[0]! + solution[1]! * rows[row]!.airmass + solution[2]! * design[3 * row + 2]!),
  )
  const variance = residuals.reduce((sum, residual) => sum + residual * residual, 0) / (rows.length - 3)
  return { scale: solution[2]!, error: Math.sqrt(covariance[8]! * variance) }
}
