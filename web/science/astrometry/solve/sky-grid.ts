import type { SkyVectors, Vector } from './sphere'

/**
 * Stars in boxes of equal height in declination and about the same width, so that those near a place are found without looking at the
 * others. Boxes hold places in the lists that the grid was made from, in their order.
 */
export interface SkyGrid {
  readonly vectors: SkyVectors
  /** Radians. */
  readonly height: number
  /** First box of each band, and one past the last. */
  readonly firstBox: Int32Array
  /** First entry of each box in `members`, and one past the last. */
  readonly starts: Int32Array
  readonly members: Int32Array
  /** Stars in a steradian, where there are any. */
  readonly density: number
}

/** Boxes of the whole sky; finer ones would cost more to walk through than they save. */
const MOST_BANDS = 1500

const layBands = (height: number): Int32Array => {
  const bands = Math.max(1, Math.ceil(Math.PI / height))
  const firstBox = new Int32Array(bands + 1)
  for (let band = 0; band < bands; band++) {
    const middle = -Math.PI / 2 + (band + 0.5) * height
    firstBox[band + 1] = firstBox[band]! + Math.max(1, Math.floor((2 * Math.PI * Math.cos(middle)) / height))
  }
  return firstBox
}

const bandOf = (grid: Pick<SkyGrid, 'height' | 'firstBox'>, z: number): number =>
  Math.max(
    0,
    Math.min(
      grid.firstBox.length - 2,
      Math.floor((Math.asin(Math.max(-1, Math.min(1, z))) + Math.PI / 2) / grid.height),
    ),
  )

const boxOf = (firstBox: Int32Array, band: number, longitude: number): number => {
  const parts = firstBox[band + 1]! - firstBox[band]!
  const turn = longitude < 0 ? longitude + 2 * Math.PI : longitude
  return firstBox[band]! + Math.min(parts - 1, Math.floor((turn / (2 * Math.PI)) * parts))
}

/** @param places which of the vectors are in the grid @param height radians */
export const createSkyGrid = (vectors: SkyVectors, places: ArrayLike<number>, height: number): SkyGrid => {
  const tall = Math.max(height, Math.PI / MOST_BANDS)
  const firstBox = layBands(tall)
  const boxes = firstBox[firstBox.length - 1]!
  const starts = new Int32Array(boxes + 1)
  const box = new Int32Array(places.length)
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!
    const band = bandOf({ height: tall, firstBox }, vectors.z[place]!)
    box[i] = boxOf(firstBox, band, Math.atan2(vectors.y[place]!, vectors.x[place]!))
    starts[box[i]! + 1]!++
  }
  let filled = 0
  for (let i = 0; i < boxes; i++) {
    if (starts[i + 1]! > 0) filled++
    starts[i + 1]! += starts[i]!
  }
  const members = new Int32Array(places.length)
  const next = starts.slice()
  for (let i = 0; i < places.length; i++) members[next[box[i]!]!++] = places[i]!
  return {
    vectors,
    height: tall,
    firstBox,
    starts,
    members,
    density: places.length / Math.max(1, filled) / ((4 * Math.PI) / boxes),
  }
}

/**
 * The brightest of each box: even over the sky, whatever the Milky Way has. The members of a grid that was made of stars in order of
 * brightness.
 */
export const takeBrightest = (grid: SkyGrid, each: number): Int32Array => {
  const taken: number[] = []
  for (let box = 0; box + 1 < grid.starts.length; box++) {
    const end = Math.min(grid.starts[box + 1]!, grid.starts[box]! + each)
    for (let i = grid.starts[box]!; i < end; i++) taken.push(grid.members[i]!)
  }
  return Int32Array.from(taken).sort()
}

/**
 * Stars within `radius` (radians) of a place are written to `into`, as many as it holds; the number of them is returned.
 */
export const gatherNear = (grid: SkyGrid, center: Vector, radius: number, into: Int32Array): number => {
  const { vectors, firstBox, starts, members, height } = grid
  const dec = Math.asin(Math.max(-1, Math.min(1, center[2])))
  const ra = Math.atan2(center[1], center[0])
  const least = Math.cos(Math.min(radius, Math.PI))
  const bands = firstBox.length - 1
  const low = Math.max(0, Math.floor((dec - radius + Math.PI / 2) / height))
  const high = Math.min(bands - 1, Math.floor((dec + radius + Math.PI / 2) / height))
  const whole = Math.abs(dec) + radius >= Math.PI / 2 - 1e-9
  const halfWidth = whole ? Math.PI : Math.asin(Math.min(1, Math.sin(radius) / Math.cos(dec)))
  let count = 0
  for (let band = low; band <= high; band++) {
    const parts = firstBox[band + 1]! - firstBox[band]!
    const first = Math.floor(((ra - halfWidth) / (2 * Math.PI)) * parts)
    const span = Math.min(parts, Math.floor(((ra + halfWidth) / (2 * Math.PI)) * parts) - first + 1)
    for (let step = 0; step < span; step++) {
      const box = firstBox[band]! + ((((first + step) % parts) + parts) % parts)
      for (let i = starts[box]!; i < starts[box + 1]!; i++) {
        const star = members[i]!
        const near =
          vectors.x[star]! * center[0] + vectors.y[star]! * center[1] + vectors.z[star]! * center[2]
        if (near >= least && count < into.length) into[count++] = star
      }
    }
  }
  return count
}
