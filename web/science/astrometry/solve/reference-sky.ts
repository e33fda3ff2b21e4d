import { createSkyGrid, gatherNear, takeBrightest, type SkyGrid } from './sky-grid'
import { toVectors, type SkyVectors, type Vector } from './sphere'
import type { ReferenceStars } from './solve-types'

/** Reference stars as the solver wants them: unit vectors in order of brightness. Made once for any number of frames. */
export interface ReferenceSky {
  readonly vectors: SkyVectors
  /** The place of each in the list that it came from. */
  readonly origin: Int32Array
  readonly grid: SkyGrid
}

/** Stars in a box of the grid, on average. */
const STARS_IN_BOX = 6

/** Places in the list are below: 1e6 steps of magnitude times this stay whole in a double. */
const MOST_REFERENCES = 2 ** 25

/** Radians: boxes that have so many stars each at so many in a steradian. */
const boxHeight = (density: number, stars: number): number =>
  Math.min(0.5, Math.sqrt(stars / Math.max(1, density)))

/** Stars whose place or magnitude is no number are left out. */
export const createReferenceSky = (references: ReferenceStars): ReferenceSky => {
  const { rightAscension, declination, magnitude } = references
  const usable: number[] = []
  for (let i = 0; i < rightAscension.length; i++)
    if (
      Number.isFinite(rightAscension[i]!) &&
      Math.abs(declination[i]!) <= 90 &&
      Number.isFinite(magnitude[i]!)
    )
      usable.push(i)
  // Numbers sort ten times as fast without a comparison of one's own: magnitude in steps of 1e-4 in front of the place.
  const keys = Float64Array.from(
    usable,
    (place) => Math.round((magnitude[place]! + 100) * 1e4) * MOST_REFERENCES + place,
  ).sort()
  const origin = Int32Array.from(keys, (key) => key % MOST_REFERENCES)
  const vectors = toVectors(
    Float64Array.from(origin, (place) => rightAscension[place]!),
    Float64Array.from(origin, (place) => declination[place]!),
  )
  const places = Int32Array.from(origin.keys())
  // A coarse grid says how densely the stars stand where there are any.
  const { density } = createSkyGrid(vectors, places, 0.02)
  return { vectors, origin, grid: createSkyGrid(vectors, places, boxHeight(density, STARS_IN_BOX)) }
}

/** The stars of a cone, as places in order of brightness. */
export const takeCone = (sky: ReferenceSky, center: Vector, radius: number): Int32Array => {
  const found = new Int32Array(sky.origin.length)
  return found.slice(0, gatherNear(sky.grid, center, radius, found)).sort()
}

/** An even choice of the brightest of some stars (of all, where `places` is null), so many in a steradian; all of them where there are no more. */
export const thinOut = (sky: ReferenceSky, places: Int32Array | null, density: number): SkyGrid => {
  if (places === null && sky.grid.density <= density) return sky.grid
  const height = boxHeight(density, STARS_IN_BOX)
  const all = createSkyGrid(sky.vectors, places ?? Int32Array.from(sky.origin.keys()), height)
  if (all.density <= density) return all
  return createSkyGrid(sky.vectors, takeBrightest(all, STARS_IN_BOX), height)
}
