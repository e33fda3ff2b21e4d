import type { OpenFileTable } from '../../core/file-table'
import type { Table } from '../../core/table'
import type {
  GroupedRows,
  QueriedColumns,
  QueriedRows,
  QueryAnswer,
  TableQuery,
} from '../../core/table-query'
import type { Row } from '../../core/work-order'
import { groupRows } from '../../science/query/group-rows'
import { readFilter } from '../../science/query/read-filter'
import { sortRows } from '../../science/query/sort-rows'
import type { Workspace } from '../../storage/workspace'
import type { HeldRows } from './held-rows'
import { keepFileTable } from './keep-file-table'
import { readColumn } from './read-column'
import { readRows } from './read-rows'

/** Answers questions about one table after the other. It keeps the rows of the last one, and the order in which they were last wanted. */
export interface TableSession {
  ask(query: TableQuery): Promise<QueryAnswer>
  /** Rows `from` to below `to` of those wanted. */
  slice(query: TableQuery, from: number, to: number): Promise<QueriedRows>
  /** Rows by their places in the whole table. */
  pick(query: TableQuery, numbers: Uint32Array): Promise<Row[]>
  /** Columns of all rows wanted, for plots. */
  columns(query: TableQuery, names: readonly string[]): Promise<QueriedColumns>
  group(query: TableQuery, by: string): Promise<GroupedRows>
  /**
   * Of a table that came with a file: the rows wanted, or those at some places of the whole table, with these columns, as the file has
   * them. Null for the workspace's own.
   */
  tabulate(query: TableQuery, columns: readonly string[], places?: Uint32Array): Promise<Table | null>
}

interface Arranged {
  readonly numbers: Uint32Array
  readonly answer: QueryAnswer
}

/** So many groups are given at most, and so many columns of them summed up: a catalogue grouped by its ids would be given twice. */
const MOST_GROUPS = 5000
const MOST_SUMMED = 60

export const createTableSession = (workspace: Workspace, openFileTable: OpenFileTable): TableSession => {
  const openTable = keepFileTable(workspace, openFileTable)
  let held: { key: string; rows: Promise<HeldRows> } | null = null
  let arranged: { key: string; made: Arranged } | null = null

  const hold = (query: TableQuery): Promise<HeldRows> => {
    const key = `${query.version} ${query.source}`
    if (held?.key !== key) {
      held = { key, rows: readRows(workspace, query.source, openTable) }
      const mine = held
      // What could not be read is asked for again the next time.
      mine.rows.catch(() => {
        if (held === mine) held = null
      })
    }
    return held.rows
  }

  const arrange = async (query: TableQuery): Promise<{ table: HeldRows; made: Arranged }> => {
    const table = await hold(query)
    const key = JSON.stringify(query)
    if (arranged?.key === key) return { table, made: arranged.made }
    const { rowAt, columns, count, cut } = table
    const filter = readFilter(query.filter, new Set(columns.map(({ name }) => name)))
    const all = Uint32Array.from({ length: count }, (_, index) => index)
    const kept =
      filter.kind === 'words' || filter.kind === 'expression'
        ? all.filter((number) => filter.matches(rowAt(number)))
        : all
    const numbers = sortRows(rowAt, kept, query.sort)
    const problem = filter.kind === 'problem' ? filter.problem : null
    const made = { numbers, answer: { columns, total: count, count: numbers.length, problem, cut } }
    arranged = { key, made }
    return { table, made }
  }

  return {
    ask: async (query) => (await arrange(query)).made.answer,
    slice: async (query, from, to) => {
      const { table, made } = await arrange(query)
      const numbers = made.numbers.slice(from, to)
      return { numbers, rows: Array.from(numbers, table.showRow) }
    },
    pick: async (query, numbers) => {
      const { showRow, count } = await hold(query)
      return Array.from(numbers, (number) => (number < count ? showRow(number) : {}))
    },
    columns: async (query, names) => {
      const { table, made } = await arrange(query)
      const types = new Map(table.columns.map(({ name, type }) => [name, type]))
      return {
        numbers: made.numbers.slice(),
        columns: names.map((name) =>
          readColumn(
            { count: made.numbers.length, valueAt: (index) => table.rowAt(made.numbers[index] ?? 0)[name] },
            types.get(name) ?? 'text',
          ),
        ),
      }
    },
    group: async (query, by) => {
      const { table, made } = await arrange(query)
      const columns = table.columns
        .filter(({ name, type }) => type === 'number' && name !== by)
        .map(({ name }) => name)
        .slice(0, MOST_SUMMED)
      return { columns, ...groupRows(table.rowAt, made.numbers, by, columns, MOST_GROUPS) }
    },
    tabulate: async (query, names, places) => {
      const { table, made } = await arrange(query)
      const own = table.table
      if (own === null) return null
      const numbers = places ?? made.numbers
      const known = new Map(own.columns.map((column) => [column.name, column]))
      const columns = names.flatMap((name) => known.get(name) ?? [])
      return {
        ...own,
        rowCount: numbers.length,
        columns: columns.map((column) => ({ ...column, cell: (row) => column.cell(numbers[row] ?? 0) })),
      }
    },
  }
}
