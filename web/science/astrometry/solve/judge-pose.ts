import type { Field } from './take-field'
import { fitPose, poseScale, type Pose } from './pose'
import { gatherNear, type SkyGrid } from './sky-grid'
import { projectVector } from './sphere'
import { createFieldBrightness, type FieldBrightness } from './weigh-brightness'
import { weighEvidence, type SearchVolume } from './weigh-evidence'

export interface Judgement {
  readonly pose: Pose
  readonly logOdds: number
  readonly matched: number
}

/** Stars of either kind that are looked at: enough for any decision. */
const MOST_STARS = 150
const MOST_REFERENCES = 300

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
  /** Fewer and brighter ones, for a first look. */
  readonly sparse: SkyGrid
  readonly volume: SearchVolume
  readonly brightness: FieldBrightness
  /** Of all stars of the catalogue, by their places in the grids. */
  readonly magnitude: Float64Array
  readonly inField: Int32Array
  readonly placeU: Float64Array
  readonly placeV: Float64Array
  readonly starOf: Int32Array
  readonly apart: Float64Array
  readonly residual: Float64Array
  readonly rank: Int32Array
  readonly pairs: Pairs
}

export const createJudge = (
  field: Field,
  {
    grid,
    sparse,
    magnitude,
  }: { readonly grid: SkyGrid; readonly sparse: SkyGrid; readonly magnitude: Float64Array },
  volume: SearchVolume,
): Judge => ({
  field,
  grid,
  sparse,
  volume,
  magnitude,
  brightness: createFieldBrightness(field.magnitude),
  inField: new Int32Array(1 << 16),
  placeU: new Float64Array(MOST_REFERENCES),
  placeV: new Float64Array(MOST_REFERENCES),
  starOf: new Int32Array(MOST_REFERENCES),
  apart: new Float64Array(MOST_REFERENCES),
  residual: new Float64Array(field.u.length),
  rank: new Int32Array(field.u.length),
  pairs: {
    u: new Float64Array(MOST_REFERENCES),
    v: new Float64Array(MOST_REFERENCES),
    references: new Int32Array(MOST_REFERENCES),
    weights: new Float64Array(MOST_REFERENCES),
    count: 0,
  },
})

/** Puts the reference stars of a grid that a pose has on the frame into the judge's room, in no order; their number, at most `most`. */
export const placeSparse = (judge: Judge, pose: Pose, most: number): number =>
  placeAll(judge, pose, gatherFor(judge, judge.sparse, pose), most)

/** The same of all reference stars, the brightest first. */
const placeReferences = (judge: Judge, pose: Pose, most: number): number => {
  const near = gatherFor(judge, judge.grid, pose)
  // Places in the list are in order of brightness.
  judge.inField.subarray(0, near).sort()
  return placeAll(judge, pose, near, most)
}

const gatherFor = ({ field, inField }: Judge, grid: SkyGrid, pose: Pose): number => {
  const halfDiagonal = Math.atan((Math.hypot(field.width, field.height) / 2) * poseScale(pose))
  return gatherNear(grid, pose.plane.center, halfDiagonal, inField)
}

const placeAll = (judge: Judge, pose: Pose, near: number, most: number): number => {
  const { field, grid, inField, placeU, placeV, pairs } = judge
  const { vectors } = grid
  const scale = poseScale(pose)
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
  const { field, placeU, placeV, starOf, apart, residual, rank } = judge
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
    if (residual[starOf[r]!] === apart[r]) {
      rank[starOf[r]!] = r
      matched++
    } else starOf[r] = -1
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
