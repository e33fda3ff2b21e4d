import { throwIfAborted, type Task } from '../../../core/task'
import {
  createAsterismRoom,
  codeLength,
  writeCanonicalCode,
  type AsterismOrder,
  type AsterismRoom,
} from './asterism'
import { hashCode, type FieldTable } from './field-table'
import { judgePose, type Judge, type Judgement } from './judge-pose'
import type { Field } from './take-field'
import { fitPose, poseScale, type Pose } from './pose'
import { gatherNear, type SkyGrid } from './sky-grid'
import type { Parity } from './solve-types'
import type { Vector } from './sphere'
import { isPromising, type StarMap } from './star-map'

export interface SkySearch {
  readonly field: Field
  readonly table: FieldTable
  readonly map: StarMap
  readonly judge: Judge
  /** Stars whose neighbourhoods are asked. */
  readonly grid: SkyGrid
  /** Radians a pixel, least and greatest. */
  readonly scale: readonly [number, number]
  /** The middle of the frame is no farther than `radius` (radians) from here; null: anywhere. */
  readonly cone: { readonly center: Vector; readonly radius: number } | null
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
interface Neighbourhood {
  readonly near: Int32Array
  readonly square: Float64Array
  readonly members: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
  count: number
}

const MOST_NEAR = 4096

const createNeighbourhood = (neighbours: number): Neighbourhood => ({
  near: new Int32Array(MOST_NEAR),
  square: new Float64Array(neighbours + 1),
  members: new Int32Array(neighbours + 1),
  x: new Float64Array(neighbours + 1),
  y: new Float64Array(neighbours + 1),
  count: 0,
})

const findNeighbours = (room: Neighbourhood, grid: SkyGrid, star: number, radius: number): void => {
  const { x, y, z } = grid.vectors
  const { square, members } = room
  const [sx, sy, sz] = [x[star]!, y[star]!, z[star]!]
  const near = gatherNear(grid, [sx, sy, sz], radius, room.near)
  const most = members.length
  let count = 0
  for (let i = 0; i < near; i++) {
    const other = room.near[i]!
    const distance = (x[other]! - sx) ** 2 + (y[other]! - sy) ** 2 + (z[other]! - sz) ** 2
    if (count === most && distance >= square[most - 1]!) continue
    let at = count < most ? count++ : most - 1
    while (at > 0 && square[at - 1]! > distance) {
      square[at] = square[at - 1]!
      members[at] = members[at - 1]!
      at--
    }
    square[at] = distance
    members[at] = other
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
}

interface Session {
  readonly search: SkySearch
  readonly room: AsterismRoom
  readonly neighbourhood: Neighbourhood
  readonly shortest: number
  readonly longest: number
  readonly u: Float64Array
  readonly v: Float64Array
  readonly references: Int32Array
  best: Judgement | null
  tested: number
}

/** Whether the pose may be: scale and place are within the hints. */
const isWithin = ({ scale, cone }: SkySearch, pose: Pose): boolean => {
  const size = poseScale(pose)
  // A hint may be true to the last digit, and distortion changes the scale by a little.
  if (size < 0.98 * scale[0] || size > 1.02 * scale[1]) return false
  if (cone === null) return true
  const [x, y, z] = pose.plane.center
  return x * cone.center[0] + y * cone.center[1] + z * cone.center[2] >= Math.cos(cone.radius)
}

const tryEntry = (session: Session, entry: number): void => {
  const { search, room, neighbourhood, u, v, references } = session
  const { table, field, judge, map } = search
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
    const star = table.stars[entry * 4 + i]!
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
  const pose = fitPose({ u, v, references, vectors, count: order }, start, parity)
  if (pose === null || !isWithin(search, pose) || !isPromising(judge, map, pose, order)) return
  session.tested++
  const focus = { u: sumU, v: sumV, size: table.lengths[entry]! / 2 }
  const judgement = judgePose(judge, pose, focus)
  if (judgement === null || !isWithin(search, judgement.pose)) return
  if (session.best === null || judgement.logOdds > session.best.logOdds) session.best = judgement
}

const tryAsterism = (session: Session): void => {
  const { search, room, neighbourhood } = session
  const { table } = search
  writeCanonicalCode(room, neighbourhood.x, neighbourhood.y, table.order)
  if (room.length < session.shortest || room.length > session.longest) return
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
 * good enough or no star is left. The table is made from the frame, which has few stars, and the sky goes by it: so there is no index
 * of the sky that would have to be shipped or built, and what is remembered does not grow with the catalogue.
 */
export const searchSky = (search: SkySearch, task: Task): SearchResult => {
  const { table, grid, neighbours } = search
  if (table.entries === 0) return { best: null, tested: 0 }
  const session: Session = {
    search,
    room: createAsterismRoom(),
    neighbourhood: createNeighbourhood(neighbours),
    shortest: 0.95 * table.shortest * search.scale[0],
    longest: 1.05 * table.longest * search.scale[1],
    u: new Float64Array(4),
    v: new Float64Array(4),
    references: new Int32Array(4),
    best: null,
    tested: 0,
  }
  // A circle that has half as many neighbours again as are asked for, but none that are too far to be on one frame.
  const radius = Math.min(
    session.longest,
    Math.sqrt((1.6 * (neighbours + 1)) / (Math.PI * grid.density)),
    0.6,
  )
  const { members } = grid
  for (let i = 0; i < members.length; i++) {
    if ((i & 1023) === 0) throwIfAborted(task)
    findNeighbours(session.neighbourhood, grid, members[i]!, radius)
    if (session.neighbourhood.count < table.order) continue
    tryNeighbourhood(session, table.order)
    if (session.best !== null && session.best.logOdds >= search.enough) break
  }
  return { best: session.best, tested: session.tested }
}
