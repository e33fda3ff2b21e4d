import { fitCorrelated } from '../math/correlated-fit'
import type { Estimate } from './detector-noise'
import { findFullWell, type TransferPoint } from './full-well'
import { covarianceOfPairs } from './shared-frames'

export interface PairPoint extends TransferPoint {
  readonly frames: readonly [string, string]
}

export type LeftOut = 'saturated' | 'beyond-full-well' | 'no-variance'

export interface TransferFit {
  /** Electrons per ADU. */
  readonly gain: Estimate
  /** ADU squared where no light falls: the intercept. */
  readonly floor: Estimate
  /** ADU squared per ADU: the slope at no light. */
  readonly slope: Estimate
  /** 1 / ADU: how the curve bends away from its line, where it does so by more than 3 sigma; null where a line says it. */
  readonly bend: Estimate | null
  /** Read noise in ADU from the line alone, where flats of three levels or more give one. */
  readonly readNoiseOfLine: Estimate | null
  /** ADU above the bias; null where the curve does not turn over. */
  readonly fullWell: Estimate | null
  /** For each point, why it took no part; null where it did. */
  readonly leftOut: readonly (LeftOut | null)[]
  /** Variance less that of the line, in ADU squared, for each point. */
  readonly residuals: readonly number[]
  readonly chiSquare: number
  /** Values less parameters: 0 where the line goes through all that there is. */
  readonly freedom: number
  /** What errors were multiplied by, since points scatter about the line by more than their own: 1 where they do not. */
  readonly widened: number
}

/** More full pixels than this and the variance is cut. */
const FULL_PIXELS = 0.001
/** Levels closer than this part of the brightest are one level. */
const SAME_LEVEL = 0.05
/** A bend is believed from this many levels on, and beyond so many sigma. */
const BEND_LEVELS = 5
const BEND_SIGMAS = 3

/** Levels that stand apart by more than 5 % of the brightest. */
export const countLevels = (levels: readonly number[]): number => {
  const sorted = levels.toSorted((a, b) => a - b)
  const gap = SAME_LEVEL * (sorted.at(-1) ?? 0)
  let count = 0
  let last = Number.NEGATIVE_INFINITY
  for (const level of sorted) {
    if (level - last <= gap) continue
    count++
    last = level
  }
  return count
}

interface Line {
  readonly coefficients: readonly Estimate[]
  readonly chiSquare: number
  readonly freedom: number
}

/** Polynomial in the level through the points, and through the variance of reading out at no light where it is known. */
const fitLine = (points: readonly PairPoint[], dark: Estimate | null, degree: 1 | 2): Line | null => {
  const levels = points.map(({ level }) => level)
  const top = Math.max(1, ...levels)
  const pairs = points.map(({ variance, varianceError, frames }) => ({
    value: variance,
    error: varianceError,
    frames,
  }))
  if (dark !== null) {
    levels.push(0)
    pairs.push({ ...dark, frames: ['', ''] })
  }
  const columns = degree + 1
  const fit = fitCorrelated({
    design: levels.flatMap((level) => Array.from({ length: columns }, (_, power) => (level / top) ** power)),
    columns,
    values: pairs.map(({ value }) => value),
    covariance: covarianceOfPairs(pairs),
  })
  if (fit === null || !fit.determined) return null
  const coefficients = Array.from({ length: columns }, (_, power) => ({
    value: (fit.solution[power] ?? NaN) / top ** power,
    error: Math.sqrt(fit.covariance[power * columns + power] ?? NaN) / top ** power,
  }))
  return { coefficients, chiSquare: fit.chiSquare, freedom: levels.length - columns }
}

const widen = ({ value, error }: Estimate, factor: number): Estimate => ({ value, error: error * factor })

const judge = (point: PairPoint, fullWell: Estimate | null): LeftOut | null => {
  if (point.saturated > FULL_PIXELS) return 'saturated'
  if (!(point.variance > 0) || !(point.varianceError > 0)) return 'no-variance'
  return fullWell !== null && point.level >= fullWell.value ? 'beyond-full-well' : null
}

const rootOf = ({ value, error }: Estimate): Estimate | null =>
  value > 0 ? { value: Math.sqrt(value), error: error / (2 * Math.sqrt(value)) } : null

/**
 * Gain from a photon-transfer curve: variance = read^2 + level / gain (Janesick 2001, eq. 2.18; Howell 2006, section 4.3), fitted by least
 * squares with the errors of the variances and with what pairs that share a frame have in common. `readNoise` (ADU, from bias pairs) holds
 * the line at no light; with it one level of flats is enough, without it two are needed. Saturated pairs and those at or above the
 * full well take no part. From five levels on a parabola is tried, since charge in a pixel pushes new charge away and the variance of
 * bright flats lags behind (Antilogus et al. 2014); where its bend is beyond 3 sigma, slope and gain are those at no light.
 *
 * Errors are one sigma of the fit; where points scatter by more than their errors say, all errors are multiplied by the root of chi square
 * over the degrees of freedom. Null where the points do not give a rising line.
 */
export const fitPhotonTransfer = (
  points: readonly PairPoint[],
  readNoise: Estimate | null = null,
): TransferFit | null => {
  const fullWell = findFullWell(points)
  const leftOut = points.map((point) => judge(point, fullWell))
  const good = points.filter((_, index) => leftOut[index] === null)
  const levels = countLevels(good.map(({ level }) => level))
  if (levels === 0 || (readNoise === null && levels < 2)) return null
  const dark =
    readNoise === null ? null : { value: readNoise.value ** 2, error: 2 * readNoise.value * readNoise.error }
  const straight = fitLine(good, dark, 1)
  const curved = levels >= BEND_LEVELS ? fitLine(good, dark, 2) : null
  const widenedOf = (line: Line): number =>
    line.freedom > 0 ? Math.max(1, Math.sqrt(line.chiSquare / line.freedom)) : 1
  const square = curved?.coefficients[2]
  const bends =
    curved !== null &&
    square !== undefined &&
    Math.abs(square.value) > BEND_SIGMAS * square.error * widenedOf(curved)
  const line = bends ? curved : straight
  const [floor, slope, bend] = line?.coefficients ?? []
  if (line === null || floor === undefined || slope === undefined || !(slope.value > 0)) return null
  const widened = widenedOf(line)
  const alone = levels >= 3 ? fitLine(good, null, bends ? 2 : 1) : null
  const [aloneFloor] = alone?.coefficients ?? []
  return {
    gain: { value: 1 / slope.value, error: (widened * slope.error) / slope.value ** 2 },
    floor: widen(floor, widened),
    slope: widen(slope, widened),
    bend: bend === undefined ? null : widen(bend, widened),
    readNoiseOfLine:
      alone === null || aloneFloor === undefined ? null : rootOf(widen(aloneFloor, widenedOf(alone))),
    fullWell,
    leftOut,
    residuals: points.map(
      ({ level, variance }) =>
        variance - floor.value - slope.value * level - (bend?.value ?? 0) * level * level,
    ),
    chiSquare: line.chiSquare,
    freedom: line.freedom,
    widened,
  }
}
