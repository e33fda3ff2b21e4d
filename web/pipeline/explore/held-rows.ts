import type { Table } from '../../core/table'
import type { QueriedColumn } from '../../core/table-query'
import type { Row } from '../../core/work-order'
import type { ReadRow } from '../../science/query/compile-expression'

/** The rows of a table as they are held to be asked. */
export interface HeldRows {
  readonly columns: readonly QueriedColumn[]
  readonly count: number
  /** True where the table has more rows than are looked at. */
  readonly cut: boolean
  /** A row as it is filtered, sorted and grouped by. */
  readonly rowAt: ReadRow
  /** A row as the page is given it; of a cell with many values the first ones. */
  readonly showRow: (number: number) => Row
  /** Of a table that came with a file: the same columns with the types, units and descriptions that the file gives them. */
  readonly table: Table | null
}

/** What a person said of a row. */
export interface SaidOfRow {
  readonly flags: readonly string[]
  readonly note: string | null
}

/** Columns of what people said, which every table has. */
export const FLAG_COLUMNS: readonly QueriedColumn[] = [
  { name: 'person_flags', type: 'words', unit: null, description: 'Flags that a person set' },
  { name: 'person_note', type: 'text', unit: null, description: 'What a person noted' },
  {
    name: 'flagged',
    type: 'boolean',
    unit: null,
    description: 'Has a flag, of the reduction or of a person',
  },
]
