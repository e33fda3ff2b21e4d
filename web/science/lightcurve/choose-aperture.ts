import { median } from '../math/median'
import { computeDifferential, type DifferentialInput } from './differential-flux'
import { measurePointScatter } from './point-scatter'

export interface ApertureSeries extends DifferentialInput {
  /** Pixels. */
  readonly radius: number
}

export interface ApertureScore {
  readonly radius: number
  /** Scatter of target over ensemble, as a fraction of the flux; NaN when it could not be measured. */
  readonly scatter: number
  /** Median of the points' own errors: what photons, sky and read noise alone would give. */
  readonly expected: number
  /** Points with a value. */
  readonly points: number
}

export interface ApertureChoice {
  /** Index into the table; -1 when no radius could be judged. */
  readonly best: number
  readonly radius: number
  readonly table: readonly ApertureScore[]
}

/** Radii that measure fewer points than this part of the best-covered one do not compete: losing bad frames must not pay. */
const LEAST_COVERAGE = 0.95

/**
 * The radius with the least scatter. Unless said otherwise that is the point-to-point scatter (see measurePointScatter: blind to the
 * transit and to slow trends, so the choice cannot make a transit deeper or shallower; blind to slow noise as well, which a measure
 * over the points outside a known dip is not). Equal scatter: the smaller radius. The table keeps the order of the radii given.
 */
export const chooseAperture = (
  series: readonly ApertureSeries[],
  measureScatter: (flux: Float64Array, error: Float64Array) => number = measurePointScatter,
): ApertureChoice => {
  const table = series.map((entry): ApertureScore => {
    const { flux, error } = computeDifferential(entry)
    return {
      radius: entry.radius,
      scatter: measureScatter(flux, error),
      expected: median(error.filter(Number.isFinite)),
      points: flux.filter(Number.isFinite).length,
    }
  })
  const most = Math.max(0, ...table.map((score) => score.points))
  let best = -1
  table.forEach((score, index) => {
    if (!Number.isFinite(score.scatter) || score.points < LEAST_COVERAGE * most) return
    const leader = table[best]
    const less = leader === undefined || score.scatter < leader.scatter
    const tie = leader !== undefined && score.scatter === leader.scatter && score.radius < leader.radius
    if (less || tie) best = index
  })
  return { best, radius: table[best]?.radius ?? Number.NaN, table }
}
