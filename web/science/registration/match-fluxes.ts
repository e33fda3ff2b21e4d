import type { Point } from '../../core/image'
import { median } from '../math/median'

/** A star of one frame at its place on the common grid. */
export interface GridStar extends Point {
  /** Above 0, in the frame's own unit. */
  readonly flux: number
}

export interface FluxMatch {
  /** What the fluxes of each frame are multiplied with to agree with the reference's; NaN where a frame shares no star with the others. */
  readonly scale: Float64Array
  /** Stars of each frame that others show too. */
  readonly stars: Int32Array
}

const ROUNDS = 200
const SETTLED = 1e-7

/** Stars of all frames that lie within `reach` of each other on the grid, each frame's at most once; numbers of frames and logarithms of fluxes. */
const gatherObjects = (
  frames: readonly (readonly GridStar[])[],
  reach: number,
): { readonly frame: number[]; readonly value: number[] }[] => {
  const cells = new Map<string, number[]>()
  const objects: { x: number; y: number; frame: number[]; value: number[] }[] = []
  for (const [frame, stars] of frames.entries()) {
    for (const { x, y, flux } of stars) {
      if (!(flux > 0)) continue
      const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)]
      let [best, nearest] = [-1, reach]
      for (let v = row - 1; v <= row + 1; v++)
        for (let u = column - 1; u <= column + 1; u++)
          for (const index of cells.get(`${u} ${v}`) ?? []) {
            const object = objects[index]!
            const distance = Math.hypot(object.x - x, object.y - y)
            if (distance < nearest && object.frame.at(-1) !== frame) [best, nearest] = [index, distance]
          }
      const known = objects[best]
      if (known !== undefined) {
        known.frame.push(frame)
        known.value.push(Math.log(flux))
        continue
      }
      const key = `${column} ${row}`
      const members = cells.get(key) ?? []
      members.push(objects.push({ x, y, frame: [frame], value: [Math.log(flux)] }) - 1)
      cells.set(key, members)
    }
  }
  return objects.filter((object) => object.frame.length > 1)
}

/**
 * One factor for each frame that brings the fluxes of common stars together: medians of the stars and of the frames in turn until both settle, so that a variable
 * star or a wrong pair does not count (the relative photometry of Honeycutt 1992, PASP 104, 435, with medians). Frames need not all overlap the reference, a chain is enough.
 * Positions are on one grid, `reach` in its pixels.
 */
export const matchFluxes = (
  frames: readonly (readonly GridStar[])[],
  { reference, reach }: { readonly reference: number; readonly reach: number },
): FluxMatch => {
  const objects = gatherObjects(frames, reach)
  const seen: { object: number; value: number }[][] = frames.map(() => [])
  for (const [object, { frame, value }] of objects.entries())
    for (const [place, of] of frame.entries()) seen[of]!.push({ object, value: value[place]! })
  const zero = new Float64Array(frames.length).fill(Number.NaN)
  zero[reference] = 0
  const brightness = new Float64Array(objects.length).fill(Number.NaN)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { frame, value }] of objects.entries()) {
      const known = value.flatMap((each, place) => {
        const own = each - zero[frame[place]!]!
        return Number.isFinite(own) ? [own] : []
      })
      brightness[index] = known.length === 0 ? Number.NaN : median(known)
    }
    let moved = 0
    for (const [frame, stars] of seen.entries()) {
      if (frame === reference) continue
      const known = stars.flatMap(({ object, value }) => {
        const own = value - brightness[object]!
        return Number.isFinite(own) ? [own] : []
      })
      if (known.length === 0) continue
      const next = median(known)
      moved = Math.max(moved, Number.isNaN(zero[frame]!) ? 1 : Math.abs(next - zero[frame]!))
      zero[frame] = next
    }
    if (moved < SETTLED) break
  }
  return {
    scale: zero.map((value) => Math.exp(-value)),
    stars: Int32Array.from(seen, (stars) => stars.length),
  }
}
