import type { FactsTable } from '../../core/column-facts'
import type { Table } from '../../core/table'
import type { TableFormat } from '../../core/table-format'
import type { TableQuery } from '../../core/table-query'
import { tabulateRows } from '../export/tabulate-rows'
import { writeTableFile } from '../export/write-table-file'
import type { TableSession } from './table-session'

interface WantedTable {
  readonly columns: readonly string[]
  readonly format: TableFormat
}

/** Comments of a file's own that are kept: some have a line for each row that they leave out. */
const MOST_NOTES = 200

/** Who reads CSV expects the names in the first line, unless a filter has to be said. */
const withNotes = (table: Table, format: TableFormat, notes: readonly string[]): Table => ({
  ...table,
  notes: [...(format === 'csv' ? [] : (table.notes ?? []).slice(0, MOST_NOTES)), ...notes],
})

/** The rows that are wanted, in their order, as a file with the columns that are shown. */
export const writeQueriedTable = async (
  session: TableSession,
  query: TableQuery,
  { columns, format }: WantedTable,
): Promise<Uint8Array<ArrayBuffer>> => {
  const filter = query.filter.trim()
  const notes = filter === '' ? [] : [`rows where ${filter}`]
  const ofFile = await session.tabulate(query, columns)
  if (ofFile !== null) return writeTableFile(withNotes(ofFile, format, notes), format)
  const { count } = await session.ask(query)
  const { rows } = await session.slice(query, 0, count)
  const table = query.source as FactsTable
  return writeTableFile(tabulateRows({ rows, columns, table, name: query.source, notes }), format)
}
