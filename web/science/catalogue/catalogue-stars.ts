import type { CatalogueStars, EastNorth } from '../../core/catalogue'

export type { CatalogueStars } from '../../core/catalogue'

const countStars = (stars: CatalogueStars): number => stars.rightAscension.length

/** The stars at these places, in this order. */
export const takeStars = (stars: CatalogueStars, places: ArrayLike<number>): CatalogueStars => {
  const count = places.length
  const pick = <T extends Float32Array | Float64Array>(values: T, into: T): T => {
    for (let i = 0; i < count; i++) into[i] = values[places[i]!]!
    return into
  }
  const single = (values: Float32Array): Float32Array => pick(values, new Float32Array(count))
  const pair = ({ east, north }: EastNorth): EastNorth => ({ east: single(east), north: single(north) })
  const { motion, identifiers, positionErrors, motionErrors, parallax, bands } = stars
  return {
    rightAscension: pick(stars.rightAscension, new Float64Array(count)),
    declination: pick(stars.declination, new Float64Array(count)),
    magnitude: single(stars.magnitude),
    colour: single(stars.colour),
    motion: motion === null ? null : pair(motion),
    epoch: stars.epoch,
    ...(identifiers && { identifiers: Array.from(places, (place) => identifiers[place] ?? '') }),
    ...(positionErrors && { positionErrors: pair(positionErrors) }),
    ...(motionErrors && { motionErrors: pair(motionErrors) }),
    ...(parallax && { parallax: { value: single(parallax.value), error: single(parallax.error) } }),
    ...(bands && {
      bands: bands.map(({ name, system, magnitude, error }) => ({
        name,
        system,
        magnitude: single(magnitude),
        error: single(error),
      })),
    }),
  }
}

/**
 * Tiles put together; they are of one catalogue and so of one epoch, and have no more columns than positions, magnitude, colour and motion.
 * Stars without proper motion stand still among those that have one.
 */
export const joinStars = (parts: readonly CatalogueStars[]): CatalogueStars => {
  const count = parts.reduce((sum, part) => sum + countStars(part), 0)
  const moving = parts.some((part) => part.motion !== null)
  const motion = moving ? { east: new Float32Array(count), north: new Float32Array(count) } : null
  const joined = {
    rightAscension: new Float64Array(count),
    declination: new Float64Array(count),
    magnitude: new Float32Array(count),
    colour: new Float32Array(count),
    motion,
    epoch: parts[0]?.epoch ?? 2000,
  }
  let at = 0
  for (const part of parts) {
    joined.rightAscension.set(part.rightAscension, at)
    joined.declination.set(part.declination, at)
    joined.magnitude.set(part.magnitude, at)
    joined.colour.set(part.colour, at)
    if (motion !== null && part.motion !== null) {
      motion.east.set(part.motion.east, at)
      motion.north.set(part.motion.north, at)
    }
    at += countStars(part)
  }
  return joined
}
