import type { TableSource } from '../../core/table-query'
import type { Row } from '../../core/work-order'

/** What names a row for good, in tables whose rows have no id of their own. */
const KEY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  photometry: ['table', 'frame', 'star', 'radius'],
  lightcurves: ['lightcurve', 'frame'],
  sources: ['list', 'star'],
}

/** A name for a row that stays the same when the table is read again: flags hang on it. */
export const rowKey = (source: TableSource, row: Row, number: number): string => {
  const columns = KEY_COLUMNS[source]
  if (columns !== undefined) return columns.map((column) => String(row[column])).join('/')
  // Rows of a file have no name, but the file never changes.
  return typeof row['id'] === 'string' && !source.startsWith('file:') ? row['id'] : String(number)
}
