import type { CellValue, ColumnType, ScalarValue } from '../../core/table'
import type { CellPeek } from '../../core/table-query'

/** So many values of a cell are shown; the rest is counted. */
const MOST_SHOWN = 6
const MOST_BITS = 32
/** Characters of a text that are shown in a table; whole ones are in what is written. */
const MOST_CHARACTERS = 500

const isComplex = (type: ColumnType): boolean => type === 'complex64' || type === 'complex128'

const shorten = (value: ScalarValue): ScalarValue =>
  typeof value === 'string' && value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value

/** A cell as the page is given it: one value as it is, several as the first of them and how many there are. */
export const peekCell = (cell: CellValue, type: ColumnType): ScalarValue | CellPeek => {
  if (cell === null || typeof cell !== 'object') return shorten(cell)
  if (isComplex(type)) return { of: 'complex', first: cell.slice(0, 2 * MOST_SHOWN), count: cell.length / 2 }
  const [of, most] = type === 'bits' ? (['bits', MOST_BITS] as const) : (['values', MOST_SHOWN] as const)
  return { of, first: cell.slice(0, most).map(shorten), count: cell.length }
}
