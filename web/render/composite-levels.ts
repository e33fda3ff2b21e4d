import { reduceRows } from '../science/image/reduce-rows'
import type { CompositePlanes } from './composite-renderer'

export interface CompositeLevel {
  readonly columns: number
  readonly rows: number
  readonly planes: readonly Float32Array[]
}

/** Side below which halving again is of no use. */
const SMALLEST = 64

/** The planes at their own size, half of it, a quarter, each made when it is first asked for. */
export const createCompositeLevels = ({ columns, rows, planes }: CompositePlanes) => {
  const made: CompositeLevel[] = [{ columns, rows, planes }]
  const last = Math.max(0, Math.floor(Math.log2(Math.max(1, Math.min(columns, rows) / SMALLEST))))
  const take = (level: number): CompositeLevel => {
    for (let next = made.length; next <= level; next++) {
      const { columns: width, rows: height, planes: finer } = made[next - 1]!
      made.push({
        columns: Math.ceil(width / 2),
        rows: Math.ceil(height / 2),
        planes: finer.map((data) => reduceRows({ width, data }, 2)),
      })
    }
    return made[level]!
  }
  return { last, take }
}
