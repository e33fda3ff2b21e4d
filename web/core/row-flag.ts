import type { TableSource } from './table-query'

/** What a person said of one row of a table, and only a person: flags that the reduction sets stay with its results. */
export interface RowFlagRecord {
  /** `<table>:<row>`. */
  readonly id: string
  readonly table: TableSource
  /** The row's own id. */
  readonly row: string
  /** Words such as 'bad' or 'check'; a row without any has no record. */
  readonly flags: readonly string[]
  readonly note: string
  readonly createdAt: number
}

export const rowFlagId = (table: TableSource, row: string): string => `${table}:${row}`
