import { fitPose, poseScale, type Pose } from './pose'
import { gatherNear, type SkyGrid } from './sky-grid'
import { projectVector } from './sphere'

/** The stars of a frame as the search sees them: pixels from the middle, brightest first. */
export interface Field {
  readonly u: Float64Array
  readonly v: Float64Array
  readonly width: number
  readonly height: number
  /** Standard error of a star's distance from its place in the catalogue, pixels. */
  readonly error: number
}

/** What was possible before anything was looked at: the odds are those of finding one place among all of these. */
export interface SearchVolume {
  /** Steradians. */
  readonly area: number
  /** ln(greatest scale / least scale). */
  readonly logScales: number
  readonly parities: number
}

export interface Judgement {
  readonly pose: Pose
  readonly logOdds: number
  readonly matched: number
}

/** Stars of either kind that are looked at: enough for any decision. */
const MOST_STARS = 150
const MOST_REFERENCES = 300

/** Of the stars of a frame, these parts may be no stars of the catalogue. */
const DISTRACTORS = [0.1, 0.3, 0.5, 0.7, 0.9, 0.97]
/** Widths of the distribution of distances, in units of the error: what is not modelled (distortion) makes them wider. */
const WIDTHS = [
  { width: 0.5, prior: 0.35 },
  { width: 1, prior: 0.35 },
  { width: 2, prior: 0.15 },
  { width: 4, prior: 0.1 },
  { width: 8, prior: 0.05 },
] as const

interface Pairs {
  readonly u: Float64Array
  readonly v: Float64Array
  readonly references: Int32Array
  readonly weights: Float64Array
  count: number
}

/** Working room: a judge is asked some ten thousand times for one frame. */
export interface Judge {
  readonly field: Field
  readonly grid: SkyGrid
  readonly volume: SearchVolume
  readonly inField: Int32Array
  readonly placeU: Float64Array
  readonly placeV: Float64Array
  readonly starOf: Int32Array
  readonly apart: Float64Array
  readonly residual: Float64Array
  readonly pairs: Pairs
}

export const createJudge = (field: Field, grid: SkyGrid, volume: SearchVolume): Judge => ({
  field,
  grid,
  volume,
  inField: new Int32Array(1 << 16),
  placeU: new Float64Array(MOST_REFERENCES),
  placeV: new Float64Array(MOST_REFERENCES),
  starOf: new Int32Array(MOST_REFERENCES),
  apart: new Float64Array(MOST_REFERENCES),
  residual: new Float64Array(field.u.length),
  pairs: {
    u: new Float64Array(MOST_REFERENCES),
    v: new Float64Array(MOST_REFERENCES),
    references: new Int32Array(MOST_REFERENCES),
    weights: new Float64Array(MOST_REFERENCES),
    count: 0,
  },
})

/** Puts the brightest reference stars that a pose has on the frame into the judge's room; their number. */
const placeReferences = (judge: Judge, pose: Pose, most: number): number => {
  const { field, grid, inField, placeU, placeV, pairs } = judge
  const { vectors } = grid
  const scale = poseScale(pose)
  const halfDiagonal = Math.atan((Math.hypot(field.width, field.height) / 2) * scale)
  const near = gatherNear(grid, pose.plane.center, halfDiagonal, inField)
  // Places in the list are in order of brightness.
  inField.subarray(0, near).sort()
  const square = scale * scale
  let count = 0
  for (let i = 0; i < near && count < most; i++) {
    const star = inField[i]!
    const [xi, eta] = projectVector(pose.plane, vectors.x[star]!, vectors.y[star]!, vectors.z[star]!)
    const u = (pose.turnReal * xi + pose.turnImaginary * eta) / square
    const v = (pose.parity * (pose.turnReal * eta - pose.turnImaginary * xi)) / square
    if (!(Math.abs(u) <= field.width / 2 && Math.abs(v) <= field.height / 2)) continue
    placeU[count] = u
    placeV[count] = v
    pairs.references[count] = star
    count++
  }
  return count
}

/** For each reference star the nearest star within a distance (pixels), every star only once: pairs of stars, nearest of each. */
const pairUp = (
  judge: Judge,
  references: number,
  stars: number,
  reach: (u: number, v: number) => number,
): number => {
  const { field, placeU, placeV, starOf, apart, residual } = judge
  for (let i = 0; i < stars; i++) residual[i] = Infinity
  let matched = 0
  for (let r = 0; r < references; r++) {
    const most = reach(placeU[r]!, placeV[r]!)
    let nearest = most * most
    let star = -1
    for (let i = 0; i < stars; i++) {
      const du = field.u[i]! - placeU[r]!
      if (du > most || du < -most) continue
      const dv = field.v[i]! - placeV[r]!
      const square = du * du + dv * dv
      if (square < nearest) {
        nearest = square
        star = i
      }
    }
    starOf[r] = star
    apart[r] = Math.sqrt(nearest)
    if (star >= 0 && apart[r]! < residual[star]!) residual[star] = apart[r]!
  }
  for (let r = 0; r < references; r++) {
    if (starOf[r]! < 0) continue
    if (residual[starOf[r]!] === apart[r]) matched++
    else starOf[r] = -1
  }
  return matched
}

const refit = (judge: Judge, pose: Pose, references: number): Pose | null => {
  const { field, starOf, apart, pairs } = judge
  const distances: number[] = []
  for (let r = 0; r < references; r++) if (starOf[r]! >= 0) distances.push(apart[r]!)
  distances.sort((a, b) => a - b)
  const usual = Math.max(field.error, distances[distances.length >> 1]!)
  let count = 0
  for (let r = 0; r < references; r++) {
    const star = starOf[r]!
    if (star < 0) continue
    pairs.u[count] = field.u[star]!
    pairs.v[count] = field.v[star]!
    pairs.references[count] = pairs.references[r]!
    // Cauchy's weights: a star that is only by chance near counts little.
    pairs.weights[count] = 1 / (1 + (apart[r]! / usual) ** 2)
    count++
  }
  return fitPose({ ...pairs, vectors: judge.grid.vectors, count }, pose.plane.center, pose.parity)
}

const logSumExp = (values: readonly number[]): number => {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity)
  if (largest === -Infinity) return largest
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}

/**
 * Bayes factor of `this is the place` against `all stars lie by chance`, as Lang et al. 2010 (sec. 2.3): a star of the frame is a distractor
 * with probability d, anywhere, or else one of the reference stars with a normal error. Instead of one d, one error and one number of stars,
 * the evidence is averaged over some of each. The pose was fitted to the very stars that speak for it; its four numbers are paid for by the
 * part of the volume searched that they leave over (Laplace's approximation, MacKay 2003, ch. 28), which counts all places, turns, scales and
 * parities that there were to choose from.
 */
const weighEvidence = (
  judge: Judge,
  pose: Pose,
  references: number,
  stars: number,
): { logOdds: number; matched: number } => {
  const { field, volume, residual } = judge
  const area = field.width * field.height
  const scale = poseScale(pose)
  let spread = 0
  let count = 0
  for (let i = 0; i < stars; i++) {
    if (residual[i] === Infinity) continue
    spread += field.u[i]! ** 2 + field.v[i]! ** 2
    count++
  }
  if (count < 3) return { logOdds: -Infinity, matched: count }
  const places = volume.area / (scale * scale)
  const logVolume =
    Math.log(places) + Math.log(2 * Math.PI * Math.max(0.02, volume.logScales) * volume.parities)
  const prefixes = [
    ...new Set([references, 2 * references, 4 * references, stars].map((m) => Math.min(m, stars))),
  ].sort((a, b) => a - b)
  const evidences: number[] = []
  for (const { width, prior } of WIDTHS) {
    const sigma = width * field.error
    const density = area / references / (2 * Math.PI * sigma * sigma)
    // Errors of place: sigma / sqrt(n) in two coordinates; of turn and logarithm of scale: sigma / sqrt(sum of squared distances).
    const left =
      2 * Math.log(2 * Math.PI) + 4 * Math.log(sigma) - Math.log(count) - Math.log(Math.max(spread, 1))
    const payment = Math.max(0, logVolume - left)
    for (const distractors of DISTRACTORS) {
      let sum = 0
      let next = 0
      for (let i = 0; i < stars; i++) {
        const near = residual[i]!
        const likely = near === Infinity ? 0 : density * Math.exp((-near * near) / (2 * sigma * sigma))
        sum += Math.log(distractors + (1 - distractors) * likely)
        if (i + 1 === prefixes[next]) {
          evidences.push(sum - payment + Math.log(prior))
          next++
        }
      }
    }
  }
  return { logOdds: logSumExp(evidences) - Math.log(DISTRACTORS.length * prefixes.length), matched: count }
}

/** Steps by which the reach shrinks, as parts of the frame's diagonal. */
const REACHES = [0.015, 0.01, 0.006, 0.004]

/**
 * Adjusts a pose to all stars around and weighs it; null where too few stars fall together. `focus` is where it was found, in pixels from
 * the middle: it is the less certain the farther from there.
 */
export const judgePose = (
  judge: Judge,
  found: Pose,
  focus: { u: number; v: number; size: number },
): Judgement | null => {
  const { field } = judge
  const stars = Math.min(MOST_STARS, field.u.length)
  const most = Math.min(MOST_REFERENCES, 2 * stars + 10)
  const diagonal = Math.hypot(field.width, field.height)
  const floor = 3 * field.error
  let pose = found
  for (const [round, part] of REACHES.entries()) {
    const references = placeReferences(judge, pose, most)
    if (references < 3) return null
    const reach =
      round === 0
        ? (u: number, v: number): number =>
            Math.min(
              Math.max(floor, part * diagonal),
              floor + 2 * field.error * (Math.hypot(u - focus.u, v - focus.v) / focus.size),
            )
        : (): number => Math.max(floor, part * diagonal)
    const matched = pairUp(judge, references, stars, reach)
    if (matched < 3) return null
    const better = refit(judge, pose, references)
    if (better === null) return null
    pose = better
  }
  const references = placeReferences(judge, pose, most)
  if (references < 3) return null
  pairUp(judge, references, stars, () => Math.max(floor, 0.004 * diagonal))
  return { pose, ...weighEvidence(judge, pose, references, stars) }
}

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
export const isPromising = (judge: Judge, map: StarMap, pose: Pose, order: number): boolean => {
  const { field, placeU, placeV } = judge
  const references = placeReferences(judge, pose, 60)
  let hits = 0
  for (let r = 0; r < references; r++) {
    const column = Math.floor((placeU[r]! + field.width / 2) / map.box) + 1
    const row = Math.floor((placeV[r]! + field.height / 2) / map.box) + 1
    if (map.marks[row * map.columns + column] === 1) hits++
  }
  if (hits < order) return false
  const rest = Math.max(0, references - order)
  const chance = rest * map.filled
  return hits - order >= Math.min(chance + 1.5 * Math.sqrt(chance) + 0.3, 0.5 * rest)
}
