import type { PlateSolutionRecord } from '../../core/plate-solution'
import { findOnFrame } from './find-place'
import type { FrameSky } from './frame-sky'
import type { Residual, SkyMark } from './sky-scene'

/** Stars of a solution as they lie on a frame that is shown, which need not be the one that was solved. */
export interface SolutionMarks {
  readonly matched: readonly SkyMark[]
  readonly unmatched: readonly SkyMark[]
  readonly missing: readonly SkyMark[]
  readonly catalogue: readonly SkyMark[]
  readonly residuals: readonly Residual[]
  readonly magnitudes: { readonly faintest: number; readonly brightest: number }
}

const POINT = { name: null, extent: null } as const

/** Stars without a match that are shown: behind them come those that are too faint for any catalogue, thousands in a deep frame. */
const MOST_UNMATCHED = 150

const findBrightest = (flux: Float32Array): number[] =>
  Array.from(flux.keys())
    .sort((a, b) => flux[b]! - flux[a]!)
    .slice(0, MOST_UNMATCHED)

/** Magnitudes between which the marks of a catalogue grow. */
const findRange = (values: readonly number[]): { faintest: number; brightest: number } => {
  const known = values.filter((value) => Number.isFinite(value))
  return known.length === 0
    ? { faintest: 12, brightest: 6 }
    : { faintest: Math.max(...known), brightest: Math.min(...known) }
}

/**
 * Sorts a solution's stars by what they say. `own` is the sky of the original that was solved: places found there lead over the sky to the frame
 * that is shown, which may be calibrated, trimmed or a stack.
 */
export const listSolutionMarks = (
  { matched, unmatchedStars, unmatchedReferences }: PlateSolutionRecord,
  own: FrameSky,
  shown: FrameSky,
): SolutionMarks => {
  const out = new Float64Array(6)
  const marks = { matched: [], unmatched: [], missing: [], catalogue: [] } as Record<
    'matched' | 'unmatched' | 'missing' | 'catalogue',
    SkyMark[]
  >
  const residuals: Residual[] = []
  for (const [k, x] of matched.x.entries()) {
    const [rightAscension, declination] = [matched.rightAscension[k]!, matched.declination[k]!]
    const magnitude = matched.magnitude[k]!
    const place = findOnFrame(shown, rightAscension, declination)
    if (place === null) continue
    const star = { ...POINT, rightAscension, declination, magnitude }
    marks.catalogue.push({ ...star, kind: 'catalogue', ...place })
    if (!own.toSky(x, matched.y[k]!, out)) continue
    const found = findOnFrame(shown, out[0]!, out[1]!)
    if (found === null) continue
    marks.matched.push({ ...star, kind: 'matched', ...found })
    residuals.push({
      ...place,
      dx: found.x - place.x,
      dy: found.y - place.y,
      east: matched.east[k]!,
      north: matched.north[k]!,
    })
  }
  for (const k of findBrightest(unmatchedStars.flux)) {
    if (!own.toSky(unmatchedStars.x[k]!, unmatchedStars.y[k]!, out)) continue
    const [rightAscension, declination] = [out[0]!, out[1]!]
    const place = findOnFrame(shown, rightAscension, declination)
    if (place === null) continue
    marks.unmatched.push({
      ...POINT,
      kind: 'unmatched',
      ...place,
      rightAscension,
      declination,
      magnitude: null,
    })
  }
  for (const [k, rightAscension] of unmatchedReferences.rightAscension.entries()) {
    const declination = unmatchedReferences.declination[k]!
    const place = findOnFrame(shown, rightAscension, declination)
    if (place === null) continue
    const star = {
      ...POINT,
      ...place,
      rightAscension,
      declination,
      magnitude: unmatchedReferences.magnitude[k]!,
    }
    marks.missing.push({ ...star, kind: 'missing' })
    marks.catalogue.push({ ...star, kind: 'catalogue' })
  }
  return {
    ...marks,
    residuals,
    magnitudes: findRange(marks.catalogue.flatMap(({ magnitude }) => magnitude ?? [])),
  }
}
