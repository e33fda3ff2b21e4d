import { solveLeastSquares } from '../math/least-squares'
import { MAD_TO_SIGMA } from '../math/statistics'
import { median } from '../math/median'

/** By how much one frame exceeds another somewhere. */
export interface Difference {
  readonly one: number
  readonly other: number
  /** Value of `one` less that of `other`. */
  readonly value: number
  /** One over its variance. */
  readonly weight: number
  /** What the coefficients are multiplied with there: [1] for an offset, [1, x, y] for a plane. */
  readonly basis: readonly number[]
}

export interface AdjustmentRequest {
  readonly frames: number
  /** Coefficients for each frame. */
  readonly terms: number
  readonly differences: readonly Difference[]
  /** The frame that stays as it is. Without one, and where frames have nothing to do with it, corrections add to zero. */
  readonly reference: number | null
}

export interface Adjustment {
  /** Coefficients of what has to be subtracted from each frame, `terms` for each. */
  readonly corrections: Float64Array
  /** Which frames hang together: number of the group of each, from 0. Between groups nothing is known. */
  readonly groups: Int32Array
  /** Robust standard deviation of what is left of the differences, in their unit; NaN without any. */
  readonly residual: number
  /** Part of the differences that were set aside, 0 to 1. */
  readonly rejected: number
}

/** Efficiency of 95 % for normal errors (Huber 1964; Beaton & Tukey 1974). */
const HUBER = 1.345
const BIWEIGHT = 4.685
const HUBER_ROUNDS = 8
const ROUNDS = 30
/** What holds a slope that the overlaps do not determine, in parts of what determines the others. */
const RIDGE = 1e-9

const findGroups = ({ frames, differences }: AdjustmentRequest): Int32Array => {
  const parents = Int32Array.from({ length: frames }, (_, k) => k)
  const rootOf = (frame: number): number => {
    let root = frame
    while (parents[root] !== root) root = parents[root]!
    parents[frame] = root
    return root
  }
  for (const { one, other } of differences) parents[rootOf(one)] = rootOf(other)
  const numbers = new Map<number, number>()
  return parents.map((_, k) => {
    const root = rootOf(k)
    if (!numbers.has(root)) numbers.set(root, numbers.size)
    return numbers.get(root)!
  })
}

/** The normal equations of c_one - c_other = value, with nothing yet said of where the whole lies. */
const gatherEquations = (request: AdjustmentRequest, factors: Float64Array) => {
  const { frames, terms, differences } = request
  const size = frames * terms
  const matrix = new Float64Array(size * size)
  const right = new Float64Array(size)
  for (const [k, { one, other, value, weight, basis }] of differences.entries()) {
    const w = weight * factors[k]!
    if (w === 0) continue
    for (let i = 0; i < terms; i++) {
      const [a, b] = [one * terms + i, other * terms + i]
      right[a]! += w * basis[i]! * value
      right[b]! -= w * basis[i]! * value
      for (let j = 0; j < terms; j++) {
        const product = w * basis[i]! * basis[j]!
        const [c, d] = [one * terms + j, other * terms + j]
        matrix[a * size + c]! += product
        matrix[b * size + d]! += product
        matrix[a * size + d]! -= product
        matrix[b * size + c]! -= product
      }
    }
  }
  return { matrix, right, size }
}

/**
 * A common part of all corrections of a group changes no difference: it is set by the reference, or by their sum. Since nothing else
 * depends on it, this costs the differences nothing.
 */
const fixGroups = (
  matrix: Float64Array,
  size: number,
  request: AdjustmentRequest,
  groups: Int32Array,
): void => {
  const { frames, terms, reference } = request
  let strength = 0
  for (let i = 0; i < size; i++) strength = Math.max(strength, matrix[i * size + i]!)
  if (strength === 0) strength = 1
  const held = reference === null ? -1 : groups[reference]!
  for (let term = 0; term < terms; term++) {
    for (let one = 0; one < frames; one++) {
      const a = one * terms + term
      matrix[a * size + a]! += RIDGE * strength
      if (one === reference) matrix[a * size + a]! += strength
      if (groups[one] === held) continue
      for (let other = 0; other < frames; other++) {
        if (groups[other] === groups[one]) matrix[a * size + other * terms + term]! += strength
      }
    }
  }
}

const residualOf = ({ one, other, value, basis }: Difference, corrections: Float64Array): number => {
  const terms = basis.length
  return basis.reduce(
    (rest, part, i) => rest - part * (corrections[one * terms + i]! - corrections[other * terms + i]!),
    value,
  )
}

/**
 * Corrections for many frames at once from what is known of their differences in pairs, by least squares over all pairs: what Montage's mBgModel comes to
 * by going round the frames until nothing moves (Berriman et al. 2003, ASP Conf. 295, 343). Wrong differences lose their weight: Huber's first, so
 * that the start does not matter, then Tukey's biweight. Frames that no chain of differences connects are in groups of their own.
 */
export const adjustDifferences = (request: AdjustmentRequest): Adjustment => {
  const { differences } = request
  const groups = findGroups(request)
  const factors = new Float64Array(differences.length).fill(1)
  let corrections = new Float64Array(request.frames * request.terms)
  let residual = Number.NaN
  for (let round = 0; round < ROUNDS && differences.length > 0; round++) {
    const { matrix, right, size } = gatherEquations(request, factors)
    fixGroups(matrix, size, request, groups)
    const { solution } = solveLeastSquares(matrix, size, size, right)
    const moved = solution.reduce((most, value, i) => Math.max(most, Math.abs(value - corrections[i]!)), 0)
    corrections = Float64Array.from(solution)
    const rests = differences.map((difference) => residualOf(difference, corrections))
    const scaled = rests.map((rest, k) => Math.abs(rest) * Math.sqrt(differences[k]!.weight))
    const sigma = MAD_TO_SIGMA * median(scaled)
    residual = MAD_TO_SIGMA * median(rests.map(Math.abs))
    // More than half of them agree to the last bit: what is left is judged against rounding.
    const scale = Math.max(sigma, 1e-12 * scaled.reduce((most, rest) => Math.max(most, rest), 0))
    if (!(scale > 0)) break
    const huber = round < HUBER_ROUNDS
    for (const [k, rest] of scaled.entries()) {
      const u = rest / scale
      factors[k] = huber ? Math.min(1, HUBER / u) : u < BIWEIGHT ? (1 - (u / BIWEIGHT) ** 2) ** 2 : 0
      if (u === 0) factors[k] = 1
    }
    if (!huber && moved < 1e-6 * residual) break
  }
  const set = factors.reduce((count, factor) => count + (factor === 0 ? 1 : 0), 0)
  return { corrections, groups, residual, rejected: set / Math.max(1, differences.length) }
}
