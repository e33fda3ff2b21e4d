import type { Row } from '../../core/work-order'
import type { Workspace } from '../workspace'

/** Equality on any column; a list means one of. */
export type RowFilter = Readonly<Record<string, unknown>>

/**
 * Where the rows of a table come from. A source may use the filter to read less than everything; rows that do not match
 * are taken out afterwards in any case.
 */
export type RowSource = (workspace: Workspace, filter: RowFilter) => Promise<Row[]>

/** The texts that a column is asked to equal; null when the filter says nothing of it, or asks for what no index holds. */
const askedTexts = (filter: RowFilter, column: string): string[] | null => {
  const wanted = filter[column]
  if (wanted === undefined) return null
  const values: unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  return values.every((value) => typeof value === 'string') ? values : null
}

/** Records that the filter names by id, or through an index, or else all of them. */
export const readAsked = async <Stored, Index extends string>(
  store: {
    getMany(ids: readonly string[]): Promise<Stored[]>
    listBy(index: Index, value: string): Promise<Stored[]>
    list(): Promise<Stored[]>
  },
  filter: RowFilter,
  columns: { readonly id: string; readonly indexes: Readonly<Record<string, Index>> },
): Promise<Stored[]> => {
  const ids = askedTexts(filter, columns.id)
  if (ids !== null) return store.getMany([...new Set(ids)])
  for (const [column, index] of Object.entries<Index>(columns.indexes)) {
    const values = askedTexts(filter, column)
    if (values !== null) {
      return (await Promise.all([...new Set(values)].map((value) => store.listBy(index, value)))).flat()
    }
  }
  return store.list()
}

/** A missing value is NaN in a column and null in a row, as JSON knows no NaN. */
export const orNull = (value: number | null | undefined): number | null =>
  value === undefined || value === null || !Number.isFinite(value) ? null : value
