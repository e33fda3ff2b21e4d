import { AsterismError } from '../../core/errors'
import { listColumnFacts } from '../../core/column-facts'
import type { Table } from '../../core/table'
import type { QueriedColumn, TableSource } from '../../core/table-query'
import { TABLE_NAMES, type Row, type TableName } from '../../core/work-order'
import { queryTable } from '../../storage/query'
import type { Workspace } from '../../storage/workspace'
import { FLAG_COLUMNS, type HeldRows, type SaidOfRow } from './held-rows'
import { holdFileRows } from './hold-file-rows'
import { rowKey } from './row-key'

/** More rows than a browser can hold as they are: what lies behind is said to be there and not shown. */
const MOST_ROWS = 500_000
/** Rows that are looked at to tell what a column holds. */
const PROBED = 200

const isTableName = (source: string): source is TableName =>
  (TABLE_NAMES as readonly string[]).includes(source)

const typeOf = (rows: readonly Row[], name: string): QueriedColumn['type'] => {
  const step = Math.max(1, Math.floor(rows.length / PROBED))
  for (let index = 0; index < rows.length; index += step) {
    const value = rows[index]?.[name]
    if (value === null || value === undefined) continue
    if (typeof value === 'number' || typeof value === 'bigint') return 'number'
    if (typeof value === 'boolean') return 'boolean'
    if (typeof value === 'string') return 'text'
    return Array.isArray(value) && value.every((each) => typeof each === 'string') ? 'words' : 'record'
  }
  return 'text'
}

const hasFlags = (value: unknown): boolean => Array.isArray(value) && value.length > 0

const holdWorkspaceRows = async (
  workspace: Workspace,
  source: TableName,
  said: ReadonlyMap<string, SaidOfRow>,
): Promise<HeldRows> => {
  const all = await queryTable(workspace, source)
  const rows = all.slice(0, MOST_ROWS).map((row, number): Row => {
    const own = said.get(rowKey(source, row, number))
    return {
      ...row,
      person_flags: own?.flags ?? [],
      person_note: own?.note ?? null,
      flagged: hasFlags(row['flags']) || hasFlags(own?.flags),
    }
  })
  const flags = new Set(FLAG_COLUMNS.map(({ name }) => name))
  const names = [...new Set(rows.slice(0, PROBED).flatMap((row) => Object.keys(row)))]
  const facts = listColumnFacts(source)
  const columns = names
    .filter((name) => !flags.has(name))
    .map((name): QueriedColumn => {
      const known = Object.hasOwn(facts, name) ? facts[name] : undefined
      const unit = known?.unit ?? null
      return { name, type: typeOf(rows, name), unit, description: known?.description ?? '' }
    })
  const rowAt = (number: number): Row => rows[number] ?? {}
  return {
    columns: [...columns, ...FLAG_COLUMNS],
    count: rows.length,
    cut: all.length > rows.length,
    rowAt,
    showRow: rowAt,
    table: null,
  }
}

/**
 * All rows of a table with what people said of them.
 * @param openTable opens a table that came with a file, by its id
 */
export const readRows = async (
  workspace: Workspace,
  source: TableSource,
  openTable: (id: string) => Promise<Table>,
): Promise<HeldRows> => {
  const flags = await workspace.rowFlags.listBy('table', source)
  const said = new Map<string, SaidOfRow>(flags.map((record) => [record.row, record]))
  if (source.startsWith('file:')) {
    const table = await openTable(source.slice('file:'.length))
    return holdFileRows(table, (row) => (said.size === 0 ? undefined : said.get(rowKey(source, {}, row))))
  }
  if (isTableName(source)) return holdWorkspaceRows(workspace, source, said)
  throw new AsterismError('not-found', `There is no table '${source}'.`, { table: source })
}
