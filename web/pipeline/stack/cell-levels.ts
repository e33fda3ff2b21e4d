import { median } from '../../science/math/median'
import type { CellLevel } from '../../science/reprojection/level-cells'
import type { Part, PartValues, PhaseResult } from '../phased-step'
import { makeBlock, findSourceRows } from '../strips/make-rows'
import { createMasterRows, prepareMasters } from '../strips/master-rows'
import { splitBlock } from '../strips/split-block'
import type { StripRoom } from '../strips/strip-room'
import type { StackInput } from './stack-input'

/** A coarse division of the grid in which the skies of frames are compared. */
export interface CellPlan {
  readonly columns: number
  readonly rows: number
  readonly width: number
  readonly height: number
}

/** Levels that are compared at most, of all frames and cells together, and cells in all. */
const MOST_LEVELS = 40_000
const MOST_CELLS = 1024
const LEAST_CELLS = 16
/** Rows of a cell that stand for all of it. */
const ROWS_LOOKED_AT = 24
/** Of a cell's pixels that were looked at a frame must show so many to have a level there. */
const LEAST_SHARE = 0.3

/** Cells about as wide as high, as many as the number of frames allows; the same whatever memory and workers there are. */
export const planCells = ({
  width,
  height,
  frames,
}: Pick<StackInput, 'width' | 'height' | 'frames'>): CellPlan => {
  const count = Math.min(MOST_CELLS, Math.max(LEAST_CELLS, Math.floor(MOST_LEVELS / frames.length)))
  const columns = Math.max(1, Math.min(width, Math.round(Math.sqrt((count * width) / height))))
  const rows = Math.max(1, Math.min(height, Math.floor(count / columns)))
  return { columns, rows, width, height }
}

/** One part for each row of cells. */
export const planCellParts = ({ rows }: CellPlan): Part[] =>
  Array.from({ length: rows }, (_, item) => ({ from: 0, to: 0, item }))

const edgeOf = (length: number, count: number, index: number): number => Math.round((index * length) / count)

const keyOf = (frame: number, column: number): string => `${frame}/${column}`

const rowsOfCell = ({ height, rows }: CellPlan, row: number): { top: number; bottom: number } => {
  const [from, to] = [edgeOf(height, rows, row), edgeOf(height, rows, row + 1)]
  const middle = (from + to) / 2
  const top = Math.max(from, Math.floor(middle - ROWS_LOOKED_AT / 2))
  return { top, bottom: Math.min(to, top + ROWS_LOOKED_AT) }
}

/** Medians of the pixels of each frame in each cell of a row of cells. */
export const measureCellRow = async (
  room: StripRoom,
  { recipes, width }: Pick<StackInput, 'recipes' | 'width'>,
  plan: CellPlan,
  row: number,
): Promise<PartValues> => {
  const rows = rowsOfCell(plan, row)
  const height = rows.bottom - rows.top
  const values: Record<string, number> = {}
  for (const [index, frame] of recipes.entries()) {
    const onGrid = { frame, width, interpolation: 'nearest' } as const
    const whole = { left: 0, right: width, ...rows }
    if (findSourceRows(onGrid, whole) === null) continue
    await room.compute.arena.scope(async () => {
      const plane = room.compute.arena.float32(width * height)
      for (const block of splitBlock([onGrid], whole, room.budget / 2))
        await room.compute.arena.scope(async () => {
          const source = findSourceRows(onGrid, block)
          const masters = createMasterRows(room)
          if (source !== null) await prepareMasters(masters, [frame], source)
          await makeBlock(room, onGrid, block, masters, plane)
        })
      for (let column = 0; column < plan.columns; column++) {
        const [left, right] = [edgeOf(width, plan.columns, column), edgeOf(width, plan.columns, column + 1)]
        const known: number[] = []
        for (let line = 0; line < height; line++)
          for (let at = line * width + left; at < line * width + right; at++) {
            const value = plane[at]!
            // False for NaN and infinities alike.
            if (value - value === 0) known.push(value)
          }
        if (known.length > LEAST_SHARE * height * (right - left)) values[keyOf(index, column)] = median(known)
      }
    })
  }
  return values
}

/** What the parts found, cell by cell. */
export const readCellLevels = (plan: CellPlan, result: PhaseResult): CellLevel[] =>
  result.flatMap((values, row) =>
    Object.entries(values).map(([key, level]) => {
      const [frame, column] = key.split('/').map(Number) as [number, number]
      const { top, bottom } = rowsOfCell(plan, row)
      const [left, right] = [
        edgeOf(plan.width, plan.columns, column),
        edgeOf(plan.width, plan.columns, column + 1),
      ]
      return {
        frame,
        cell: row * plan.columns + column,
        x: (left + right - 1) / 2,
        y: (top + bottom - 1) / 2,
        level,
      }
    }),
  )
