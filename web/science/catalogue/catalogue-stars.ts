/** Stars of a catalogue, a column each, all of one length. */
export interface CatalogueStars {
  /** Degrees, ICRS, at `epoch`. */
  readonly rightAscension: Float64Array
  readonly declination: Float64Array
  /** In the catalogue's own band; for Tycho-2 that is VT. */
  readonly magnitude: Float32Array
  /** B-V, magnitudes; NaN where it is not known. */
  readonly colour: Float32Array
  /** Proper motion, milliarcseconds a Julian year, east already with cos(declination); null where the source has none. */
  readonly motion: { readonly east: Float32Array; readonly north: Float32Array } | null
  /** Julian year of the positions. */
  readonly epoch: number
}

const countStars = (stars: CatalogueStars): number => stars.rightAscension.length

/** The stars at these places, in this order. */
export const takeStars = (stars: CatalogueStars, places: ArrayLike<number>): CatalogueStars => {
  const pick = <T extends Float32Array | Float64Array>(values: T, into: T): T => {
    for (let i = 0; i < into.length; i++) into[i] = values[places[i]!]!
    return into
  }
  const count = places.length
  return {
    rightAscension: pick(stars.rightAscension, new Float64Array(count)),
    declination: pick(stars.declination, new Float64Array(count)),
    magnitude: pick(stars.magnitude, new Float32Array(count)),
    colour: pick(stars.colour, new Float32Array(count)),
    motion:
      stars.motion === null
        ? null
        : {
            east: pick(stars.motion.east, new Float32Array(count)),
            north: pick(stars.motion.north, new Float32Array(count)),
          },
    epoch: stars.epoch,
  }
}

/** Tiles put together; they are of one catalogue and so of one epoch. Stars without proper motion stand still among those that have one. */
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
