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

/** So many stars of a box at most, where there are more of them than `density` (in a steradian) on average. */
export interface Thinning {
  readonly density: number
  readonly each: number
}

/** The first `each` of every box stay: put behind one another in `box`, with their places in `kept`; their number. */
const keepFirst = (box: Int32Array, kept: Int32Array, boxes: number, each: number): number => {
  const taken = new Int32Array(boxes)
  let count = 0
  for (let i = 0; i < box.length; i++) {
    const at = box[i]!
    if (taken[at]! >= each) continue
    taken[at]!++
    box[count] = at
    kept[count++] = kept[i]!
  }
  return count
}

/**
 * @param places which of the vectors are in the grid, null: all
 * @param height radians
 * @param thinning of vectors in order of brightness the brightest of each box stay: even over the sky, whatever the Milky Way has
 */
export const createSkyGrid = (
  vectors: SkyVectors,
  places: ArrayLike<number> | null,
  height: number,
  thinning: Thinning | null = null,
): SkyGrid => {
  const tall = Math.max(height, Math.PI / MOST_BANDS)
  const bands = { height: tall, firstBox: layBands(tall) }
  const { firstBox } = bands
  const boxes = firstBox[firstBox.length - 1]!
  const total = places === null ? vectors.x.length : places.length
  const box = new Int32Array(total)
  const kept = new Int32Array(total)
  const used = new Uint8Array(boxes)
  let filled = 0
  for (let i = 0; i < total; i++) {
    const place = places === null ? i : places[i]!
    const band = bandOf(bands, vectors.z[place]!)
    const at = boxOf(firstBox, band, Math.atan2(vectors.y[place]!, vectors.x[place]!))
    box[i] = at
    kept[i] = place
    if (used[at] === 0) filled++
    used[at] = 1
  }
  const densityOf = (stars: number): number => stars / Math.max(1, filled) / ((4 * Math.PI) / boxes)
  const count =
    thinning !== null && densityOf(total) > thinning.density
      ? keepFirst(box, kept, boxes, thinning.each)
      : total
  const starts = new Int32Array(boxes + 1)
  for (let i = 0; i < count; i++) starts[box[i]! + 1]!++
  for (let i = 0; i < boxes; i++) starts[i + 1]! += starts[i]!
  const members = new Int32Array(count)
  const next = starts.slice()
  for (let i = 0; i < count; i++) members[next[box[i]!]!++] = kept[i]!
  return { vectors, height: tall, firstBox, starts, members, density: densityOf(count) }
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
