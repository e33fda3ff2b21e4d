import { median } from '../math/median'
import { MAD_TO_SIGMA } from '../math/statistics'

/** The sky of one frame in one cell of the grid. */
export interface CellLevel {
  readonly frame: number
  readonly cell: number
  /** Middle of the cell in the coordinates in which slopes are wanted. */
  readonly x: number
  readonly y: number
  readonly level: number
}

export interface LevelMatch {
  /** What is to be added to each frame: offset + slopeX x + slopeY y. */
  readonly offset: Float64Array
  readonly slopeX: Float64Array
  readonly slopeY: Float64Array
  /**
   * For each frame the number of the group in which every frame is tied to every other through cells that they share; the groups of different
   * numbers know nothing of each other's level.
   */
  readonly group: Int32Array
  /** Robust scatter of what is left between frames in one cell, units of the levels; NaN where no cell is shared. */
  readonly scatter: number
}

interface Problem {
  readonly frames: number
  /** Unknowns a frame: 1 for an offset, 3 for a plane. */
  readonly terms: 1 | 3
  readonly levels: readonly CellLevel[]
  /** Indices of levels by cell, of cells with two at least. */
  readonly cells: readonly (readonly number[])[]
}

/** Stars, nebulae and the edges of frames spoil cells: those this many robust sigma away are left out. */
const CLIP = 4
const ROUNDS = 4
const CONVERGED = 1e-24

const gatherCells = (levels: readonly CellLevel[], used: Uint8Array): number[][] => {
  const cells = new Map<number, number[]>()
  for (const [index, { cell }] of levels.entries()) {
    if (used[index] === 0) continue
    const members = cells.get(cell)
    if (members === undefined) cells.set(cell, [index])
    else members.push(index)
  }
  return [...cells.values()].filter((members) => members.length > 1)
}

const correctionAt = ({ frame, x, y }: CellLevel, terms: 1 | 3, unknowns: Float64Array): number => {
  const at = frame * terms
  return terms === 1 ? unknowns[at]! : unknowns[at]! + unknowns[at + 1]! * x + unknowns[at + 2]! * y
}

/** Adds the transposed design times what differs from the mean of its cell. */
const addDifferences = (
  { terms, levels, cells }: Problem,
  valueOf: (index: number) => number,
  into: Float64Array,
): void => {
  for (const members of cells) {
    let sum = 0
    for (const index of members) sum += valueOf(index)
    const mean = sum / members.length
    for (const index of members) {
      const { frame, x, y } = levels[index]!
      const difference = valueOf(index) - mean
      const at = frame * terms
      into[at]! += difference
      if (terms === 1) continue
      into[at + 1]! += difference * x
      into[at + 2]! += difference * y
    }
  }
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/**
 * Conjugate gradients (Hestenes & Stiefel 1952) on the normal equations, from zero: what the data do not determine (a level, or a plane, common to a
 * group) stays as it is.
 */
const solve = (problem: Problem): Float64Array => {
  const size = problem.frames * problem.terms
  const unknowns = new Float64Array(size)
  const residual = new Float64Array(size)
  addDifferences(problem, (index) => -problem.levels[index]!.level, residual)
  let direction = residual.slice()
  let length = dot(residual, residual)
  const enough = length * CONVERGED
  for (let round = 0; round < 4 * size + 50 && length > enough; round++) {
    const image = new Float64Array(size)
    const current = direction
    addDifferences(problem, (index) => correctionAt(problem.levels[index]!, problem.terms, current), image)
    const curvature = dot(direction, image)
    if (!(curvature > 0)) break
    const step = length / curvature
    for (let i = 0; i < size; i++) {
      unknowns[i]! += step * direction[i]!
      residual[i]! -= step * image[i]!
    }
    const next = dot(residual, residual)
    const share = next / length
    direction = direction.map((value, i) => residual[i]! + share * value)
    length = next
  }
  return unknowns
}

const findGroups = ({ frames, levels, cells }: Problem): Int32Array => {
  const parent = Int32Array.from({ length: frames }, (_, frame) => frame)
  const rootOf = (frame: number): number => {
    let root = frame
    while (parent[root] !== root) root = parent[root]!
    return root
  }
  for (const members of cells) {
    const first = rootOf(levels[members[0]!]!.frame)
    for (const index of members) parent[rootOf(levels[index]!.frame)] = first
  }
  return Int32Array.from({ length: frames }, (_, frame) => rootOf(frame))
}

/** What is left of each used level against the mean of its cell. */
const listResiduals = (problem: Problem, unknowns: Float64Array): Map<number, number> => {
  const left = new Map<number, number>()
  for (const members of problem.cells) {
    const values = members.map(
      (index) => problem.levels[index]!.level + correctionAt(problem.levels[index]!, problem.terms, unknowns),
    )
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    for (const [place, index] of members.entries()) left.set(index, values[place]! - mean)
  }
  return left
}

/**
 * For hundreds of frames that all overlap, where the differences of all pairs would be millions: work and memory grow with the number of levels alone.
 *
 * Offsets or planes that make frames agree best where they show the same sky: the least squares of the differences between the levels of all
 * frames in each cell of a grid, clipped and solved again (the background matching of Montage, Jacob et al. 2010, with cells in place of pixels). Only differences are
 * determined: of each group of frames that overlap the reference, or the first of the group, stays as it is.
 */
export const levelCells = (
  levels: readonly CellLevel[],
  {
    frames,
    mode,
    reference,
  }: { readonly frames: number; readonly mode: 'offset' | 'plane'; readonly reference: number },
): LevelMatch => {
  const terms = mode === 'offset' ? 1 : 3
  const used = Uint8Array.from(levels, ({ level }) => (Number.isFinite(level) ? 1 : 0))
  let problem: Problem = { frames, terms, levels, cells: gatherCells(levels, used) }
  let unknowns = solve(problem)
  let scatter = Number.NaN
  for (let round = 1; round < ROUNDS; round++) {
    const left = listResiduals(problem, unknowns)
    if (left.size === 0) break
    scatter = MAD_TO_SIGMA * median(Float64Array.from(left.values(), Math.abs))
    let dropped = false
    for (const [index, value] of left) {
      if (Math.abs(value) <= CLIP * scatter) continue
      used[index] = 0
      dropped = true
    }
    if (!dropped || scatter === 0) break
    problem = { ...problem, cells: gatherCells(levels, used) }
    unknowns = solve(problem)
  }
  return { ...settleGroups(problem, unknowns, reference), scatter }
}

const settleGroups = (problem: Problem, unknowns: Float64Array, reference: number) => {
  const { frames, terms } = problem
  const group = findGroups(problem)
  const anchors = new Map<number, number>([[group[reference]!, reference]])
  for (let frame = 0; frame < frames; frame++)
    if (!anchors.has(group[frame]!)) anchors.set(group[frame]!, frame)
  const takeTerm = (term: number): Float64Array =>
    Float64Array.from({ length: frames }, (_, frame) => {
      if (term >= terms) return 0
      const anchor = anchors.get(group[frame]!)!
      return unknowns[frame * terms + term]! - unknowns[anchor * terms + term]!
    })
  return { offset: takeTerm(0), slopeX: takeTerm(1), slopeY: takeTerm(2), group }
}
