import type { Estimate } from './detector-noise'
import { fitLevelLine } from './level-line'

export interface LinearityPoint {
  /** Seconds. */
  readonly exposure: number
  /** ADU above the bias. */
  readonly level: number
  readonly levelError: number
}

export interface Linearity {
  /** ADU per second of the light that was used. */
  readonly rate: Estimate
  /** Seconds that the shutter stays open longer than it was told: where the line meets no light. */
  readonly shutterDelay: Estimate
  /** Per cent of the level by which each point lies above the line; NaN for one without light or exposure, which takes no part. */
  readonly residuals: readonly number[]
  /** The largest of them by size, with its error. */
  readonly largest: Estimate & { readonly level: number }
  /** Root of their mean square, per cent. */
  readonly scatter: number
}

/** Exposures closer than 1 % are one. */
const distinct = (exposures: readonly number[]): number => {
  let count = 0
  let last = 0
  for (const exposure of exposures.toSorted((a, b) => a - b)) {
    if (exposure <= 1.01 * last) continue
    count++
    last = exposure
  }
  return count
}

/** How much points of one exposure differ, as a part of their level: the lamp's own unrest. */
const unrestOf = (points: readonly LinearityPoint[]): number => {
  let [squares, freedom] = [0, 0]
  const rest = [...points]
  while (rest.length > 0) {
    const [first] = rest
    const alike = rest.filter(
      ({ exposure }) => Math.abs(exposure - (first?.exposure ?? 0)) <= 0.01 * exposure,
    )
    for (const point of alike) rest.splice(rest.indexOf(point), 1)
    const mean = alike.reduce((sum, { level }) => sum + level, 0) / alike.length
    squares += alike.reduce((sum, { level }) => sum + (level / mean - 1) ** 2, 0)
    freedom += alike.length - 1
  }
  return freedom > 0 ? Math.sqrt(squares / freedom) : 0
}

/**
 * How straight the level of flats grows with their exposure (Janesick 2001, section 2.2.5): a line with an offset, for shutters that open
 * late, weighed so that every point counts by its part of the level, and what is left in per cent. Errors come from the levels and
 * from how much flats of one exposure differ, which is the lamp and not the camera. Null with fewer than three exposures: two always lie on
 * a line. It takes for granted that the lamp does not change with time.
 */
export const fitLinearity = (points: readonly LinearityPoint[]): Linearity | null => {
  const good = points.filter(({ exposure, level }) => exposure > 0 && level > 0)
  if (distinct(good.map(({ exposure }) => exposure)) < 3) return null
  const unrest = unrestOf(good)
  const errorOf = ({ level, levelError }: LinearityPoint): number => Math.hypot(levelError, unrest * level)
  // Equal parts of the level: else the brightest points alone would draw the line.
  const weighed = good.map(({ exposure, level }) => ({ x: exposure, level, error: level }))
  const line = fitLevelLine(weighed)
  if (line === null || !(line.slope.value > 0)) return null
  const left = line.residuals.map((residual, index) => (100 * residual) / (good[index]?.level ?? NaN))
  let at = 0
  left.forEach((residual, index) => {
    if (Math.abs(residual) > Math.abs(left[at] ?? 0)) at = index
  })
  const most = good[at] ?? { exposure: NaN, level: NaN, levelError: NaN }
  const scatter = Math.sqrt(left.reduce((sum, residual) => sum + residual ** 2, 0) / left.length)
  // The weights say how points compare; how sure they are is seen in what is left.
  const factor = Math.sqrt(line.chiSquare / Math.max(1, line.freedom)) / line.widened
  const { slope, intercept } = line
  return {
    rate: { value: slope.value, error: factor * slope.error },
    shutterDelay: {
      value: intercept.value / slope.value,
      error: (factor * intercept.error) / slope.value,
    },
    residuals: points.map((point) => left[good.indexOf(point)] ?? Number.NaN),
    largest: {
      value: left[at] ?? NaN,
      error: (100 * errorOf(most)) / most.level,
      level: most.level,
    },
    scatter,
  }
}
