import { enclosePoints, findNearest, type PlacedPoints } from './find-points'
import type { PlotTarget } from './plot-target'

/** CSS pixels within which a pointer means a point. */
const REACH = 24

interface PointTargetInput extends PlacedPoints {
  readonly order: StepOrder
}

/** The points that have a place, in the order of x and of y; sorted when first asked for. */
export interface StepOrder {
  readonly sorted: (along: 'x' | 'y') => Uint32Array
  /** The place of a point in that order, -1 where it is not in it. */
  readonly rank: (along: 'x' | 'y', index: number) => number
}

const sortPoints = (values: Float64Array, others: Float64Array): Uint32Array =>
  Uint32Array.from(values.keys())
    .filter((index) => Number.isFinite(values[index]) && Number.isFinite(others[index]))
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || (others[a] ?? 0) - (others[b] ?? 0) || a - b)

export const createStepOrder = (x: Float64Array, y: Float64Array): StepOrder => {
  const made = new Map<'x' | 'y', { readonly sorted: Uint32Array; readonly ranks: Int32Array }>()
  const make = (along: 'x' | 'y') => {
    const known = made.get(along)
    if (known !== undefined) return known
    const sorted = along === 'x' ? sortPoints(x, y) : sortPoints(y, x)
    const ranks = new Int32Array(x.length).fill(-1)
    for (const [rank, index] of sorted.entries()) ranks[index] = rank
    const both = { sorted, ranks }
    made.set(along, both)
    return both
  }
  return {
    sorted: (along) => make(along).sorted,
    rank: (along, index) => make(along).ranks[index] ?? -1,
  }
}

const stepPoint = (
  { order, isShown }: Pick<PointTargetInput, 'order' | 'isShown'>,
  from: number | null,
  by: number,
  along: 'x' | 'y',
): number | null => {
  const sorted = order.sorted(along)
  const count = sorted.length
  const start = from === null ? -1 : order.rank(along, from)
  const begin = start < 0 ? (by > 0 ? -1 : count) : start
  for (let tried = 1; tried <= count; tried++) {
    const index = sorted[(((begin + Math.sign(by) * (Math.abs(by) - 1 + tried)) % count) + count) % count]
    if (index !== undefined && isShown(index)) return index
  }
  return null
}

export const createPointTarget = (input: PointTargetInput): PlotTarget => ({
  find: (at) => findNearest(input, at, REACH),
  place: (index) => {
    const [x, y] = [input.x[index] ?? NaN, input.y[index] ?? NaN]
    return Number.isFinite(x) && Number.isFinite(y) ? { x, y } : null
  },
  step: (from, by, along) => stepPoint(input, from, by, along),
  members: (index) => Uint32Array.of(index),
  enclose: (region) => enclosePoints(input, region),
})
