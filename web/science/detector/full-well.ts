import type { Estimate } from './detector-noise'

export interface TransferPoint {
  /** ADU above the bias. */
  readonly level: number
  /** ADU squared. */
  readonly variance: number
  readonly varianceError: number
  /** Part of the pixels at or above saturation. */
  readonly saturated: number
}

/** A variance that falls by less than this may be the curve's own bend. */
const FALL = 0.1
const SIGMAS = 5

/**
 * Level at which the variance of pairs of flats stops growing and falls, in ADU above the bias: there charge spills into neighbours or the
 * converter is at its end (Janesick 2001, section 2.2.6). The error is half of the way to the next brighter point, since the
 * turn lies somewhere on it. Null where no brighter point has a variance more than 10 % and 5 sigma lower: the well is then deeper than the
 * brightest flat.
 */
export const findFullWell = (points: readonly TransferPoint[]): Estimate | null => {
  const sorted = points
    .filter(({ level, variance }) => Number.isFinite(level) && Number.isFinite(variance))
    .toSorted((a, b) => a.level - b.level)
  let top = sorted[0]
  for (const point of sorted) if (top !== undefined && point.variance > top.variance) top = point
  if (top === undefined) return null
  const peak = top
  const brighter = sorted.filter(({ level }) => level > 1.01 * peak.level)
  const falls = brighter.some(
    ({ variance, varianceError }) =>
      variance < (1 - FALL) * peak.variance &&
      peak.variance - variance > SIGMAS * Math.hypot(varianceError, peak.varianceError),
  )
  const next = brighter[0]
  return falls && next !== undefined ? { value: peak.level, error: (next.level - peak.level) / 2 } : null
}
