import {
  createAsterismRoom,
  codeLength,
  measurePairs,
  writeCanonicalCode,
  type AsterismOrder,
  type AsterismRoom,
  type PointPairs,
} from './asterism'
import { hashCode, type FieldTable } from './field-table'
import { judgePose, type Judge, type Judgement } from './judge-pose'
import type { Field } from './take-field'
import { fitPose, poseRotation, poseScale, type Pose } from './pose'
import { gatherNear, type SkyGrid } from './sky-grid'
import type { Parity } from './solve-types'
import type { Vector } from './sphere'
import { isPromising, type StarMap } from './star-map'
import type { Watch } from './watch'

export interface SkySearch {
  readonly field: Field
  /** Places in the field of the stars that the table was made of. */
  readonly chosen: readonly number[]
  readonly table: FieldTable
  readonly map: StarMap
  readonly judge: Judge
  /** Stars whose neighbourhoods are asked. */
  readonly grid: SkyGrid
  /** Radians a pixel, least and greatest. */
  readonly scale: readonly [number, number]
  /** So far beyond those a scale is taken. */
  readonly slack: number
  /** Radians: where the y axis points, or the other way, and how far off that may be. */
  readonly rotation: { readonly angle: number; readonly tolerance: number } | null
  /** The middle of the frame is no farther than `radius` (radians) from here; null: anywhere. */
  readonly cone: { readonly center: Vector; readonly radius: number } | null
  /** By how much more stars than chance explains have to fall together, in its standard deviations, for a pose to be judged. */
  readonly sigmas: number
  /** Of each star, asterisms with so many of its nearest neighbours are tried. */
  readonly neighbours: number
  /** Natural logarithm of the odds from which on nothing better is looked for. */
  readonly enough: number
}

export interface SearchResult {
  readonly best: Judgement | null
  /** Poses that were judged. */
  readonly tested: number
}

/** Neighbours of a star, nearest first, in the plane that touches the sky there; the star itself is the first. */
interface Neighbourhood extends PointPairs {
  readonly near: Int32Array
  nearCount: number
  readonly apart: Float64Array
  readonly members: Int32Array
  count: number
}

const MOST_NEAR = 8192

const createNeighbourhood = (neighbours: number): Neighbourhood => {
  const stride = neighbours + 1
  return {
    near: new Int32Array(MOST_NEAR),
    nearCount: 0,
    apart: new Float64Array(stride),
    members: new Int32Array(stride),
    x: new Float64Array(stride),
    y: new Float64Array(stride),
    squares: new Float64Array(stride * stride),
    stride,
    count: 0,
  }
}

/** Whatever lies within `radius` (radians) of any star of a box. */
const gatherAround = (room: Neighbourhood, grid: SkyGrid, from: number, to: number, radius: number): void => {
  const { members, vectors } = grid
  const { x, y, z } = vectors
  const first = members[from]!
  const center: Vector = [x[first]!, y[first]!, z[first]!]
  let widest = 0
  for (let i = from + 1; i < to; i++) {
    const star = members[i]!
    widest = Math.max(
      widest,
      (x[star]! - center[0]) ** 2 + (y[star]! - center[1]) ** 2 + (z[star]! - center[2]) ** 2,
    )
  }
  const reach = 2 * Math.asin(Math.min(1, Math.sqrt(widest) / 2))
  room.nearCount = gatherNear(grid, center, Math.min(Math.PI, radius + reach), room.near)
}

const findNeighbours = (room: Neighbourhood, grid: SkyGrid, star: number, radius: number): void => {
  const { x, y, z } = grid.vectors
  const { apart, members, near, nearCount } = room
  const [sx, sy, sz] = [x[star]!, y[star]!, z[star]!]
  const most = members.length
  // The square of the chord.
  let limit = (2 * Math.sin(radius / 2)) ** 2
  let count = 0
  for (let i = 0; i < nearCount; i++) {
    const other = near[i]!
    const distance = (x[other]! - sx) ** 2 + (y[other]! - sy) ** 2 + (z[other]! - sz) ** 2
    if (distance > limit) continue
    let at = count < most ? count++ : most - 1
    while (at > 0 && apart[at - 1]! > distance) {
      apart[at] = apart[at - 1]!
      members[at] = members[at - 1]!
      at--
    }
    apart[at] = distance
    members[at] = other
    if (count === most) limit = Math.min(limit, apart[most - 1]!)
  }
  room.count = count
  const rim = Math.max(1e-12, Math.hypot(sx, sy))
  const [ex, ey] = [-sy / rim, sx / rim]
  for (let i = 0; i < count; i++) {
    const other = members[i]!
    const up = sx * x[other]! + sy * y[other]! + sz * z[other]!
    room.x[i] = (ex * x[other]! + ey * y[other]!) / up
    room.y[i] = (-sz * ey * x[other]! + sz * ex * y[other]! + (sx * ey - sy * ex) * z[other]!) / up
  }
  measurePairs(room, count)
}

interface Session {
  readonly search: SkySearch
  readonly room: AsterismRoom
  readonly neighbourhood: Neighbourhood
  readonly limits: { readonly shortest: number; readonly longest: number }
  readonly u: Float64Array
  readonly v: Float64Array
  readonly references: Int32Array
  best: Judgement | null
  tested: number
}

/** Whether the pose may be: scale, turn and place are within the hints. */
const isWithin = ({ scale, slack, rotation, cone }: SkySearch, pose: Pose): boolean => {
  const size = poseScale(pose)
  if (size * slack < scale[0] || size > slack * scale[1]) return false
  // Turned by half a circle it is the same: so a German mount does on the other side of the meridian.
  if (
    rotation !== null &&
    Math.abs(Math.cos(poseRotation(pose) - rotation.angle)) < Math.cos(rotation.tolerance)
  )
    return false
  if (cone === null) return true
  const [x, y, z] = pose.plane.center
  return x * cone.center[0] + y * cone.center[1] + z * cone.center[2] >= Math.cos(cone.radius)
}

const tryEntry = (session: Session, entry: number): void => {
  const { search, room, neighbourhood, u, v, references } = session
  const { table, chosen, field, judge, map } = search
  const { order } = table
  const tolerance = table.tolerances[entry]!
  const codes = codeLength(order)
  for (let i = 0; i < codes; i++)
    if (Math.abs(table.codes[entry * codes + i]! - room.code[i]!) > tolerance) return
  const size = room.length / table.lengths[entry]!
  // A few percent for what the tangent planes differ; the pose itself is held to the hints.
  if (size < 0.95 * search.scale[0] || size > 1.05 * search.scale[1]) return
  let [sumU, sumV] = [0, 0]
  for (let i = 0; i < order; i++) {
    const star = chosen[table.stars[entry * 4 + i]!]!
    u[i] = field.u[star]!
    v[i] = field.v[star]!
    sumU += u[i]! / order
    sumV += v[i]! / order
    references[i] = neighbourhood.members[room.stars[i]!]!
  }
  const { vectors } = search.grid
  const first = references[0]!
  const start: Vector = [vectors.x[first]!, vectors.y[first]!, vectors.z[first]!]
  const parity: Parity = table.parities[entry] === 1 ? 1 : -1
  // On a narrow field the plane hardly turns from a star to the middle: a second fit says all.
  const rounds = size * Math.max(field.width, field.height) < 0.1 ? 1 : 4
  const pose = fitPose({ u, v, references, vectors, count: order }, start, parity, rounds)
  if (pose === null || !isWithin(search, pose) || !isPromising(judge, map, pose, order, search.sigmas)) return
  session.tested++
  const focus = { u: sumU, v: sumV, size: table.lengths[entry]! / 2 }
  const judgement = judgePose(judge, pose, focus)
  if (judgement === null || !isWithin(search, judgement.pose)) return
  if (session.best === null || judgement.logOdds > session.best.logOdds) session.best = judgement
}

const tryAsterism = (session: Session): void => {
  const { search, room, neighbourhood } = session
  const { table } = search
  if (!writeCanonicalCode(room, neighbourhood, table.order, session.limits)) return
  const hash = hashCode(room.code, table.order, table.cell)
  if ((table.bits[hash >>> 5]! & (1 << (hash & 31))) === 0) return
  for (let i = table.starts[hash]!; i < table.starts[hash + 1]!; i++) tryEntry(session, table.members[i]!)
}

const tryNeighbourhood = (session: Session, order: AsterismOrder): void => {
  const { room, neighbourhood } = session
  const { count } = neighbourhood
  for (let i = 1; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (order === 3) {
        room.stars[0] = 0
        room.stars[1] = i
        room.stars[2] = j
        tryAsterism(session)
        continue
      }
      for (let k = j + 1; k < count; k++) {
        room.stars[0] = 0
        room.stars[1] = i
        room.stars[2] = j
        room.stars[3] = k
        tryAsterism(session)
      }
    }
  }
}

/**
 * Holds asterisms of the sky against those of a frame: each star with its nearest neighbours, three or four at a time, until the odds are
 * good enough, no star is left or time is over. The table is made from the frame, which has few stars, and the sky goes by it: so there is no index
 * of the sky that would have to be shipped or built, and what is remembered does not grow with the catalogue.
 */
export const searchSky = (search: SkySearch, watch: Watch): SearchResult => {
  const { table, grid, neighbours } = search
  if (table.entries === 0) return { best: null, tested: 0 }
  const session: Session = {
    search,
    room: createAsterismRoom(),
    neighbourhood: createNeighbourhood(neighbours),
    limits: {
      shortest: 0.95 * table.shortest * search.scale[0],
      longest: 1.05 * table.longest * search.scale[1],
    },
    u: new Float64Array(4),
    v: new Float64Array(4),
    references: new Int32Array(4),
    best: null,
    tested: 0,
  }
  // A circle that has half as many neighbours again as are asked for, but none that are too far to be on one frame.
  const radius = Math.min(
    session.limits.longest,
    Math.sqrt((1.6 * (neighbours + 1)) / (Math.PI * grid.density)),
    0.6,
  )
  const { members, starts } = grid
  for (let box = 0; box + 1 < starts.length; box++) {
    if ((box & 63) === 0 && watch.isOver(box / starts.length)) break
    const [from, to] = [starts[box]!, starts[box + 1]!]
    if (from === to) continue
    gatherAround(session.neighbourhood, grid, from, to, radius)
    for (let i = from; i < to; i++) {
      findNeighbours(session.neighbourhood, grid, members[i]!, radius)
      if (session.neighbourhood.count >= table.order) tryNeighbourhood(session, table.order)
    }
    if (session.best !== null && session.best.logOdds >= search.enough) break
  }
  return { best: session.best, tested: session.tested }
}
