import type { ColumnType, Table } from './table'

export type FileTableFormat = 'fits-binary' | 'fits-ascii' | 'csv' | 'ecsv' | 'votable'

/** A table that came with a file. Its bytes are the file's; its header, if it has one, lies in the store of headers under its id. */
export interface FileTableRecord {
  readonly id: string
  /** The file's name, with the number of the HDU where it has several. */
  readonly name: string
  /** Folder and file as it was dropped, '/' separated. */
  readonly path: string
  readonly sha256: string
  readonly batch: string
  readonly format: FileTableFormat
  /** Key of the file's bytes in the pixel store. */
  readonly bytesId: string
  /** 0-based; 0 for a file that has none. */
  readonly hdu: number
  /** Name that the table gives itself. */
  readonly title: string | null
  readonly rows: number
  readonly columns: readonly {
    readonly name: string
    readonly type: ColumnType
    readonly unit: string | null
    readonly shape: readonly number[] | null
  }[]
  readonly warnings: readonly string[]
  /** Milliseconds since 1970, when it came in. */
  readonly ingestedAt: number
}

/** Opens the table of a record out of the bytes of its whole file. */
export type OpenFileTable = (record: FileTableRecord, bytes: Uint8Array) => Table

/** What a report of an import says about a table that came in. */
export interface FileTableSummary {
  readonly id: string
  readonly name: string
  readonly format: FileTableFormat
  readonly rows: number
  readonly columns: number
  readonly duplicate?: boolean
  readonly warnings: readonly string[]
}

export const summariseFileTable = (table: FileTableRecord): FileTableSummary => ({
  id: table.id,
  name: table.name,
  format: table.format,
  rows: table.rows,
  columns: table.columns.length,
  warnings: table.warnings,
})
