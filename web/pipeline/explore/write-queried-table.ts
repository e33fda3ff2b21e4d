import type { FactsTable } from '../../core/column-facts'
import type { Table } from '../../core/table'
import type { TableFormat } from '../../core/table-format'
import type { TableQuery, WantedFile } from '../../core/table-query'
import { tabulateRows } from '../export/tabulate-rows'
import { writeTableFile } from '../export/write-table-file'
import type { TableSession } from './table-session'

/** Comments of a file's own that are kept: some have a line for each row that they leave out. */
const MOST_NOTES = 200

/** Who reads CSV expects the names in the first line, unless a filter has to be said. */
const withNotes = (table: Table, format: TableFormat, notes: readonly string[]): Table => ({
  ...table,
  notes: [...(format === 'csv' ? [] : (table.notes ?? []).slice(0, MOST_NOTES)), ...notes],
})

/** The rows that are wanted, in their order, or those that were chosen, as a file with the columns that are shown. */
export const writeQueriedTable = async (
  session: TableSession,
  query: TableQuery,
  { columns, format, numbers }: WantedFile,
): Promise<Uint8Array<ArrayBuffer>> => {
  const filter = query.filter.trim()
  // Rows that a person chose are those, whatever the filter is now.
  const notes = numbers !== undefined || filter === '' ? [] : [`rows where ${filter}`]
  const ofFile = await session.tabulate(query, columns, numbers)
  if (ofFile !== null) return writeTableFile(withNotes(ofFile, format, notes), format)
  const readAll = async () => (await session.slice(query, 0, (await session.ask(query)).count)).rows
  const rows = numbers === undefined ? await readAll() : await session.pick(query, numbers)
  const table = query.source as FactsTable
  return writeTableFile(tabulateRows({ rows, columns, table, name: query.source, notes }), format)
}
