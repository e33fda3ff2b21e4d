import type { FactsTable } from '../../core/column-facts'
import type { TableFormat } from '../../core/table-format'
import type { TableQuery } from '../../core/table-query'
import { tabulateRows } from '../export/tabulate-rows'
import { writeTableFile } from '../export/write-table-file'
import type { TableSession } from './table-session'

/** The rows that are wanted, in their order, as a file with the columns that are shown. */
export const writeQueriedTable = async (
  session: TableSession,
  query: TableQuery,
  wanted: { readonly columns: readonly string[]; readonly format: TableFormat },
): Promise<Uint8Array<ArrayBuffer>> => {
  const { count } = await session.ask(query)
  const { rows } = await session.slice(query, 0, count)
  const ofFile = query.source.startsWith('file:')
  const content = {
    rows,
    columns: wanted.columns,
    table: ofFile ? null : (query.source as FactsTable),
    name: query.source,
    notes: query.filter.trim() === '' ? [] : [`rows where ${query.filter.trim()}`],
  }
  return writeTableFile(tabulateRows(content), wanted.format)
}
