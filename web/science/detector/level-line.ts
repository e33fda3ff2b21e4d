import { solveLeastSquares } from '../math/least-squares'
import type { Estimate } from './detector-noise'

export interface LevelPoint {
  /** Seconds, hours, or whatever the level grows with. */
  readonly x: number
  readonly level: number
  readonly error: number
}

export interface LevelLine {
  readonly slope: Estimate
  /** Level at x = 0. */
  readonly intercept: Estimate
  /** Level less that of the line, for each point. */
  readonly residuals: readonly number[]
  readonly chiSquare: number
  readonly freedom: number
  /** What errors were multiplied by, since points scatter by more than their own: 1 where they do not. */
  readonly widened: number
}

/**
 * A straight line through levels by their errors: a dark ramp, whose slope is the dark current (Howell 2006, section 3.5), or the drift of
 * a bias. Errors are one sigma of the fit, multiplied by the root of chi square over the degrees of freedom where that is more than 1.
 * Null with fewer than two distinct x.
 */
export const fitLevelLine = (points: readonly LevelPoint[]): LevelLine | null => {
  if (new Set(points.map(({ x }) => x)).size < 2) return null
  const fit = solveLeastSquares(
    points.flatMap(({ x }) => [1, x]),
    points.length,
    2,
    points.map(({ level }) => level),
    points.map(({ error }) => 1 / (error * error)),
  )
  if (!fit.determined) return null
  const [intercept = NaN, slope = NaN] = fit.solution
  const freedom = fit.used - 2
  const widened = freedom > 0 ? Math.max(1, Math.sqrt(fit.chiSquare / freedom)) : 1
  return {
    intercept: { value: intercept, error: widened * Math.sqrt(fit.covariance[0] ?? NaN) },
    slope: { value: slope, error: widened * Math.sqrt(fit.covariance[3] ?? NaN) },
    residuals: points.map(({ x, level }) => level - intercept - slope * x),
    chiSquare: fit.chiSquare,
    freedom,
    widened,
  }
}
