import { placeSparse, type Judge } from './judge-pose'
import type { Pose } from './pose'
import type { Field } from './take-field'

/** Where stars of the frame are, in boxes: whether a pose is worth a judgement is asked of it. */
export interface StarMap {
  readonly columns: number
  readonly rows: number
  readonly box: number
  readonly marks: Uint8Array
  /** Part of the boxes that are marked. */
  readonly filled: number
}

const MOST_MARKED = 60

export const mapStars = (field: Field): StarMap => {
  const box = Math.max(2 * field.error, Math.hypot(field.width, field.height) / 180)
  const columns = Math.ceil(field.width / box) + 2
  const rows = Math.ceil(field.height / box) + 2
  const marks = new Uint8Array(columns * rows)
  for (let i = 0; i < Math.min(MOST_MARKED, field.u.length); i++) {
    const column = Math.floor((field.u[i]! + field.width / 2) / box) + 1
    const row = Math.floor((field.v[i]! + field.height / 2) / box) + 1
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++)
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++)
        marks[y * columns + x] = 1
  }
  return { columns, rows, box, marks, filled: marks.reduce((sum, mark) => sum + mark, 0) / marks.length }
}

/**
 * Whether more stars of the catalogue fall near stars of the frame than chance and the asterism itself explain. Cheap: it is asked for
 * every asterism that agrees.
 */
export const isPromising = (
  judge: Judge,
  map: StarMap,
  pose: Pose,
  order: number,
  sigmas: number,
): boolean => {
  const { field, placeU, placeV } = judge
  const references = placeSparse(judge, pose, 150)
  let hits = 0
  for (let r = 0; r < references; r++) {
    const column = Math.floor((placeU[r]! + field.width / 2) / map.box) + 1
    const row = Math.floor((placeV[r]! + field.height / 2) / map.box) + 1
    if (map.marks[row * map.columns + column] === 1) hits++
  }
  if (hits < order) return false
  const rest = Math.max(0, references - order)
  const chance = rest * map.filled
  // Where there are many to go by, more of them have to agree.
  const asked = sigmas * Math.min(2, 1 + rest / 40)
  return hits - order >= Math.min(chance + asked * Math.sqrt(chance) + 0.3, 0.5 * rest)
}
