import { createSkyGrid, gatherNear, type SkyGrid } from './sky-grid'
import { toVectors, type SkyVectors, type Vector } from './sphere'
import type { ReferenceStars } from './solve-types'

/** Reference stars as the solver wants them: unit vectors in order of brightness. Made once for any number of frames. */
export interface ReferenceSky {
  readonly vectors: SkyVectors
  readonly magnitude: Float64Array
  /** The place of each in the list that it came from. */
  readonly origin: Int32Array
  readonly grid: SkyGrid
  /** Even choices of all stars that were asked for before, by their density. */
  readonly thinned: Map<number, SkyGrid>
}

/** Stars in a box of the grid, on average. */
const STARS_IN_BOX = 6

/** Radians: boxes that have so many stars each at so many in a steradian. */
const boxHeight = (density: number, stars: number): number =>
  Math.min(0.5, Math.sqrt(stars / Math.max(1, density)))

/** Magnitudes are put in order by steps of a thousandth, from -30 to 50. */
const BRIGHTEST = -30
const STEPS = 80_000

const stepOf = (magnitude: number): number =>
  Math.max(0, Math.min(STEPS - 1, Math.round((magnitude - BRIGHTEST) * 1000)))

/** Places in the list, brightest first, of the stars whose place and magnitude are numbers. */
const orderByBrightness = ({ rightAscension, declination, magnitude }: ReferenceStars): Int32Array => {
  const total = rightAscension.length
  const step = new Int32Array(total).fill(-1)
  const starts = new Int32Array(STEPS + 1)
  for (let i = 0; i < total; i++) {
    const isUsable =
      Number.isFinite(rightAscension[i]!) && Math.abs(declination[i]!) <= 90 && Number.isFinite(magnitude[i]!)
    if (!isUsable) continue
    step[i] = stepOf(magnitude[i]!)
    starts[step[i]! + 1]!++
  }
  for (let i = 0; i < STEPS; i++) starts[i + 1]! += starts[i]!
  const order = new Int32Array(starts[STEPS]!)
  for (let i = 0; i < total; i++) if (step[i]! >= 0) order[starts[step[i]!]!++] = i
  return order
}

const pick = (values: ArrayLike<number>, order: Int32Array): Float64Array => {
  const picked = new Float64Array(order.length)
  for (let i = 0; i < order.length; i++) picked[i] = values[order[i]!]!
  return picked
}

/** Stars whose place or magnitude is no number are left out. */
export const createReferenceSky = (references: ReferenceStars): ReferenceSky => {
  const origin = orderByBrightness(references)
  const vectors = toVectors(pick(references.rightAscension, origin), pick(references.declination, origin))
  // A coarse grid says how densely the stars stand where there are any.
  const { density } = createSkyGrid(vectors, null, 0.02)
  const grid = createSkyGrid(vectors, null, boxHeight(density, STARS_IN_BOX))
  const magnitude = pick(references.magnitude, origin)
  return { vectors, magnitude, origin, grid, thinned: new Map() }
}

/** The stars of a cone, as places in order of brightness. */
export const takeCone = (sky: ReferenceSky, center: Vector, radius: number): Int32Array => {
  const found = new Int32Array(sky.origin.length)
  return found.slice(0, gatherNear(sky.grid, center, radius, found)).sort()
}

/** Choices of the whole sky are kept at steps of a half power of two. */
const roundDensity = (density: number): number => 2 ** (Math.round(2 * Math.log2(density)) / 2)

/**
 * An even choice of the brightest of some stars (of all, where `places` is null), about so many in a steradian; all of them where there are
 * no more.
 */
export const thinOut = (sky: ReferenceSky, places: Int32Array | null, density: number): SkyGrid => {
  const thin = (wanted: number): SkyGrid =>
    createSkyGrid(sky.vectors, places, boxHeight(wanted, STARS_IN_BOX), {
      density: wanted,
      each: STARS_IN_BOX,
    })
  if (places !== null) return thin(density)
  if (sky.grid.density <= density) return sky.grid
  const rounded = roundDensity(density)
  const known = sky.thinned.get(rounded)
  if (known !== undefined) return known
  const made = thin(rounded)
  sky.thinned.set(rounded, made)
  return made
}
