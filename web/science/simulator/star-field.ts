import type { Random } from '../math/random'
import type { SimulationRecipe } from './recipe'
import { projectGnomonic, type Direction } from './sky-geometry'

export interface FieldStar extends Direction {
  readonly magnitude: number
  /** B-V. */
  readonly colour: number
  /** Standard coordinates about the field's centre, arcseconds. */
  readonly xi: number
  readonly eta: number
  readonly origin: 'catalogue' | 'background'
  readonly isTarget: boolean
}

/** Pixels around the frame that are populated too, since the pointing moves. */
const MARGIN = 130
/** A catalogue star this near to the target's place is the target, arcseconds. */
const SAME_STAR = 5
/** A target is chosen for a place without neighbours: no made-up star is put nearer to it, arcseconds. */
const QUIET = 45

/** Arcseconds per pixel. */
export const pixelScale = (recipe: SimulationRecipe): number =>
  (206.264_806_247 * recipe.camera.pixelSize) / recipe.camera.focalLength

/** All stars that can reach the frame, brightest first: the catalogue's and the seeded background. */
export const makeStarField = (recipe: SimulationRecipe, random: Random): FieldStar[] => {
  const scale = pixelScale(recipe)
  const halfWidth = (recipe.width / 2 + MARGIN) * scale
  const halfHeight = (recipe.height / 2 + MARGIN) * scale
  const target = projectGnomonic(recipe.target, recipe.centre)
  const field: FieldStar[] = []
  for (const star of recipe.stars) {
    const place = projectGnomonic(star, recipe.centre)
    if (place === null || Math.abs(place.xi) > halfWidth || Math.abs(place.eta) > halfHeight) continue
    const isTarget =
      target !== null &&
      Math.hypot(place.xi - target.xi, place.eta - target.eta) < SAME_STAR &&
      !field.some((known) => known.isTarget)
    const colour = 0.65 + 0.3 * random.split(`colour ${star.ra} ${star.dec}`).normal()
    field.push({ ...star, ...place, colour, origin: 'catalogue', isTarget })
  }
  const { count, brightest, faintest, slope } = recipe.background
  const low = 10 ** (slope * brightest)
  const high = 10 ** (slope * faintest)
  for (let made = 0; made < count;) {
    const xi = (2 * random.uniform() - 1) * halfWidth
    const eta = (2 * random.uniform() - 1) * halfHeight
    if (target !== null && Math.hypot(xi - target.xi, eta - target.eta) < QUIET) continue
    made++
    const magnitude = Math.log10(low + random.uniform() * (high - low)) / slope
    const colour = 0.75 + 0.35 * random.normal()
    field.push({
      ...deproject(xi, eta, recipe.centre),
      magnitude,
      colour,
      xi,
      eta,
      origin: 'background',
      isTarget: false,
    })
  }
  return field.sort((a, b) => a.magnitude - b.magnitude)
}

/** The place on the sky of a point of the tangent plane (arcseconds). */
const deproject = (xi: number, eta: number, centre: Direction): Direction => {
  const radian = Math.PI / 180
  const x = (xi / 3600) * radian
  const y = (eta / 3600) * radian
  const dec0 = centre.dec * radian
  const depth = Math.cos(dec0) - y * Math.sin(dec0)
  const ra = centre.ra + Math.atan2(x, depth) / radian
  const dec = Math.atan2(Math.sin(dec0) + y * Math.cos(dec0), Math.hypot(x, depth)) / radian
  return { ra: ((ra % 360) + 360) % 360, dec }
}
