import type { Table, TableColumn } from '../../core/table'
import type { TableFormat } from '../../core/table-format'
import { writeFits } from '../../science/fits'
import { writeCsv } from '../../science/tables/write-csv'
import { writeEcsv } from '../../science/tables/write-ecsv'
import { writeVotable } from '../../science/tables/write-votable'

const addToDescription = (column: TableColumn, text: string): TableColumn => ({
  ...column,
  description: column.description === '' ? text : `${column.description}, ${text}`,
})

/**
 * The FITS standard has a unit for ADU and none for electrons, and readers warn of units that it does not have.
 * They are named in the column's description instead.
 */
const describeElectrons = (column: TableColumn): TableColumn =>
  column.unit !== null && /\belectron\b/.test(column.unit)
    ? addToDescription({ ...column, unit: null }, column.unit)
    : column

/** Readers take a truth that is not known for false there, and warn of it: as numbers with a null it is told apart. */
const numberTruths = (column: TableColumn, rowCount: number): TableColumn => {
  if (column.type !== 'boolean' || column.shape?.length !== 0) return column
  const cells = Array.from({ length: rowCount }, (_, row) => column.cell(row))
  if (!cells.includes(null)) return column
  const cell = (row: number): number | null => (cells[row] === null ? null : Number(cells[row]))
  return addToDescription({ ...column, type: 'uint8', cell }, '1 is true, 0 is false')
}

const adaptToFits = (table: Table): Table => ({
  ...table,
  columns: table.columns.map((column) => numberTruths(describeElectrons(column), table.rowCount)),
})

const WRITERS = { csv: writeCsv, ecsv: writeEcsv, votable: writeVotable }

/** Any table as a file of any of the four formats. */
export const writeTableFile = (table: Table, format: TableFormat): Uint8Array<ArrayBuffer> => {
  if (format === 'fits') return writeFits([{ kind: 'table', table: adaptToFits(table) }])
  return new TextEncoder().encode(WRITERS[format](table))
}
