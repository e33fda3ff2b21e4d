import { flagBit } from '../../core/flags'
import { mapOf } from '../../core/reduced'
import { applyTransform, invertTransform } from '../../core/transform'
import { mapRow } from '../../science/reprojection/map-positions'
import { matchFluxes, type FluxMatch, type GridStar } from '../../science/registration/match-fluxes'
import type { StackCandidate } from './stack-input'

/** The brightest of each frame: fainter ones say less than they cost. */
const MOST_STARS = 400
/** Pixels of the grid within which two frames' stars are one, beside half a width. */
const LEAST_REACH = 1.5
/** Rounds in which the way back through a bent map settles. */
const ROUNDS = 4
const UNUSABLE =
  flagBit('saturated') |
  flagBit('edge') |
  flagBit('bad-pixel') |
  flagBit('centroid-failed') |
  flagBit('blended')

/** Usable stars of a frame at their places on the grid. */
const placeStars = ({ record, sources }: StackCandidate): GridStar[] => {
  if (sources === null) return []
  const { registration } = record
  const back = registration === null ? null : invertTransform(registration.transform)
  const map = registration === null ? null : mapOf(registration)
  const place = new Float64Array(2)
  const stars: GridStar[] = []
  for (let star = 0; star < sources.x.length && stars.length < MOST_STARS; star++) {
    if (((sources.flags[star] ?? 0) & UNUSABLE) !== 0) continue
    const [x, y, flux] = [sources.x[star]!, sources.y[star]!, sources.flux[star]!]
    if (back === null || map === null) {
      stars.push({ x, y, flux })
      continue
    }
    let at = applyTransform(back, { x, y })
    // Where the map bends, the affine way back is a first guess.
    for (let round = 0; map.kind === 'grid' && round < ROUNDS; round++) {
      mapRow(map, { ...at, count: 1 }, place)
      const step = {
        x: back.a * (x - place[0]!) + back.b * (y - place[1]!),
        y: back.d * (x - place[0]!) + back.e * (y - place[1]!),
      }
      at = { x: at.x + step.x, y: at.y + step.y }
    }
    if (Number.isFinite(at.x + at.y)) stars.push({ ...at, flux })
  }
  return stars
}

/** By what each frame must be multiplied so that stars are as bright as on the reference. Sums over stars do not change with the grid. */
export const scaleByStars = (
  frames: readonly StackCandidate[],
  reference: number,
  widths: readonly (number | null)[],
): FluxMatch => {
  const usual = Math.max(0, ...widths.map((width) => width ?? 0))
  return matchFluxes(frames.map(placeStars), { reference, reach: Math.max(LEAST_REACH, usual / 2) })
}
