import type { CellValue, Table } from '../../../web/core/table'
import {
  hasPixels,
  hasTable,
  listHdus,
  readPixelValues,
  readTable,
  verifyChecksums,
} from '../../../web/science/fits'
import { CORPUS, TABLES } from '../fits-corpus'
import { mutateFits } from '../mutate-fits'
import { chance } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { settle } from './outcome'
import { changeSurroundings } from './surroundings'

const MOST_COLUMNS = 40
/** Values of all cells that are looked at. */
const MOST_VALUES = 20_000

const countValues = (value: CellValue): number => (Array.isArray(value) ? value.length : 1)

/** Cells of the first rows, the middle one and the last, as a list: every kind of cell, and no row outside. */
const readCells = (table: Table): CellValue[] => {
  const rows = [...new Set([0, 1, 2, Math.floor(table.rowCount / 2), table.rowCount - 1])]
  const cells: CellValue[] = []
  let values = 0
  for (const row of rows.filter((each) => each >= 0 && each < table.rowCount)) {
    for (const column of table.columns.slice(0, MOST_COLUMNS)) {
      if (values > MOST_VALUES) return cells
      const cell = column.cell(row)
      values += countValues(cell)
      cells.push(cell)
    }
  }
  return cells
}

/** Big numbers are not known to JSON. */
const write = (cells: readonly CellValue[]): string =>
  JSON.stringify(cells, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))

/** Tables of every kind, cell by cell; sums; and pixels in their own type. */
export const tables: FuzzTarget = {
  name: 'tables',
  make: (random) => mutateFits(random, chance(random, 0.85) ? TABLES : CORPUS),
  run: (input) => {
    const listed = settle(() => listHdus(input))
    if ('refused' in listed) return
    for (const hdu of listed.value.slice(0, 8)) {
      verifyChecksums(input, hdu)
      if (hasPixels(hdu)) {
        const pixels = hdu.axes.reduce((product, axis) => product * axis, 1)
        const values = settle(() => readPixelValues(input, hdu))
        if ('value' in values)
          promise(values.value.data.length === pixels, 'other than as many pixels as axes say')
      }
      if (!hasTable(hdu)) continue
      const read = settle(() => readTable(input, hdu))
      if (!('value' in read)) continue
      const table = read.value
      promise(Number.isSafeInteger(table.rowCount) && table.rowCount >= 0, `${table.rowCount} rows`)
      const cells = write(readCells(table))
      const again = write(readCells(readTable(changeSurroundings(input, hdu), hdu)))
      promise(cells === again, 'it was read outside its HDU')
    }
  },
}
