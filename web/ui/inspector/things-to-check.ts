import type { MasterChoice, ReducedRecord } from '../../core/reduced'
import type { FrameQuality } from '../../core/source-list'

export interface ThingToCheck {
  /** Key of the words in the inspector's translations. */
  readonly code:
    | 'drift'
    | 'clouds'
    | 'no-calibration'
    | 'no-bias'
    | 'no-dark'
    | 'no-flat'
    | 'already-subtracted'
    | 'wide-stars'
    | 'flip'
  readonly values: Readonly<Record<string, number>>
}

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? NaN
}

/** A dark with its bias in it stands for the bias as well, and what the camera took off is not missing. */
const isMissing = (frame: ReducedRecord, kind: MasterChoice['kind']): boolean => {
  const reasonOf = (each: MasterChoice['kind']) => frame.choices.find((choice) => choice.kind === each)
  const reason = reasonOf(kind)?.reason
  if (reason !== 'none-taken' && reason !== 'none-fits') return false
  return kind !== 'bias' || frame.calibration.dark === null
}

const findMissing = (reduced: readonly ReducedRecord[]): ThingToCheck[] => {
  const missing = (['bias', 'dark', 'flat'] as const).flatMap((kind): ThingToCheck[] => {
    const count = reduced.filter((frame) => isMissing(frame, kind)).length
    return count === 0 ? [] : [{ code: `no-${kind}`, values: { count } }]
  })
  const subtracted = reduced.filter(({ choices }) =>
    choices.some(({ reason }) => reason === 'already-subtracted'),
  ).length
  if (subtracted === 0) return missing
  return [...missing, { code: 'already-subtracted', values: { count: subtracted } }]
}

/** A drift below this is what every mount does. Pixels. */
const NOTABLE_DRIFT = 15

/** What a careful observer would look at before trusting the night, from numbers that are there already. */
export const findThingsToCheck = (
  reduced: readonly ReducedRecord[],
  qualities: readonly FrameQuality[],
): ThingToCheck[] => {
  const things: ThingToCheck[] = []
  const shifts = reduced.flatMap((frame) => frame.registration ?? [])
  const drift = Math.max(0, ...shifts.map(({ dx, dy }) => Math.hypot(dx, dy)))
  if (drift >= NOTABLE_DRIFT)
    things.push({ code: 'drift', values: { pixels: Math.round(drift), frames: shifts.length } })
  if (shifts.some((shift) => shift.flipped || Math.abs(shift.rotation) > 150))
    things.push({ code: 'flip', values: {} })
  const usualCount = middle(qualities.map((quality) => quality.starCount))
  const cloudy = qualities.filter((quality) => quality.starCount < 0.6 * usualCount).length
  if (cloudy > 0) things.push({ code: 'clouds', values: { count: cloudy } })
  const usualWidth = middle(qualities.flatMap((quality) => quality.fwhm ?? []))
  const wide = qualities.filter((quality) => (quality.fwhm ?? 0) > 1.5 * usualWidth).length
  if (wide > 0) things.push({ code: 'wide-stars', values: { count: wide } })
  if (reduced.length > 0 && reduced.every((frame) => frame.flags.includes('no-calibration'))) {
    things.push({ code: 'no-calibration', values: {} })
  } else things.push(...findMissing(reduced))
  return things
}
