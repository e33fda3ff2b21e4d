import type { ScalarValue } from './table'
import type { TableFormat } from './table-format'
import type { Row } from './work-order'

/** A table of the workspace by its name, or one that came with a file as `file:<id>`. */
export type TableSource = string

export interface SortBy {
  readonly column: string
  readonly down: boolean
}

/** Which rows of a table are wanted, and in what order. */
export interface TableQuery {
  readonly source: TableSource
  /** Goes up when something in the workspace changed: rows of an older one are read again. */
  readonly version: number
  readonly filter: string
  readonly sort: readonly SortBy[]
}

export interface QueriedColumn {
  readonly name: string
  /** 'list': a cell of a file's table that holds several values, or a complex number. */
  readonly type: 'number' | 'text' | 'boolean' | 'words' | 'record' | 'list'
  readonly unit: string | null
  readonly description: string
}

/** What is shown of a cell that holds several values: a spectrum in a cell may have millions, and the page is given the first of them. */
export interface CellPeek {
  readonly of: 'values' | 'complex' | 'bits'
  /** Of complex numbers real and imaginary part in turn. */
  readonly first: readonly ScalarValue[]
  /** How many there are in all; a complex number counts once. */
  readonly count: number
}

/** What is wrong with a filter, and where: 0-based character and number of characters. The page has the words. */
export interface QueryProblem {
  readonly code:
    | 'too-long'
    | 'too-deep'
    | 'unclosed-text'
    | 'unknown-sign'
    | 'unknown-column'
    | 'unknown-function'
    | 'wrong-count'
    | 'unexpected'
    | 'unexpected-end'
  readonly at: number
  readonly length: number
  /** The piece of text that it is about. */
  readonly text: string
}

export interface QueryAnswer {
  readonly columns: readonly QueriedColumn[]
  /** Rows of the table, and those that the filter lets through. */
  readonly total: number
  readonly count: number
  readonly problem: QueryProblem | null
  /** True where the table has more rows than are looked at. */
  readonly cut: boolean
}

/** What a file of a table is to hold: columns in their order, and all rows that are asked for or only those at some places. */
export interface WantedFile {
  readonly columns: readonly string[]
  readonly format: TableFormat
  /** Places in the whole table. */
  readonly numbers?: Uint32Array
}

/** Some rows in their order; `numbers` are their places in the whole table, which stay the same whatever the filter. */
export interface QueriedRows {
  readonly rows: readonly Row[]
  readonly numbers: Uint32Array
}

/** A column as numbers or moments (milliseconds since 1970), NaN where there is none, or as codes of its different texts. */
export type ColumnValues =
  | { readonly kind: 'number' | 'moment'; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly codes: Uint16Array; readonly names: readonly string[] }

export interface QueriedColumns {
  readonly numbers: Uint32Array
  readonly columns: readonly ColumnValues[]
}

export interface GroupSummary {
  readonly count: number
  readonly mean: number
  readonly median: number
  /** Sample standard deviation; NaN of a single value. */
  readonly deviation: number
  readonly min: number
  readonly max: number
}

export interface RowGroup {
  readonly value: unknown
  readonly rows: number
  /** Of each column asked for; null where the group has no number in it. */
  readonly summaries: readonly (GroupSummary | null)[]
}

export interface GroupedRows {
  /** The columns of numbers that are summed up, in the order of `summaries`. */
  readonly columns: readonly string[]
  readonly groups: readonly RowGroup[]
  /** True where there are more groups than are given. */
  readonly cut: boolean
}
