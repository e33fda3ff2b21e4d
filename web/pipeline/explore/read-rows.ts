import { AsterismError } from '../../core/errors'
import { listColumnFacts } from '../../core/column-facts'
import type { Table } from '../../core/table'
import type { QueriedColumn, TableSource } from '../../core/table-query'
import { TABLE_NAMES, type Row, type TableName } from '../../core/work-order'
import { queryTable } from '../../storage/query'
import type { Workspace } from '../../storage/workspace'
import { rowKey } from './row-key'

/** The rows of a table as they are held to be asked. */
export interface HeldRows {
  readonly columns: readonly QueriedColumn[]
  readonly rows: readonly Row[]
  readonly cut: boolean
}

/** Opens a table that came with a file; where it lies is not this room's business. */
export type OpenFileTable = (id: string) => Promise<Table>

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

const FLAG_COLUMNS: readonly QueriedColumn[] = [
  { name: 'person_flags', type: 'words', unit: null, description: 'Flags that a person set' },
  { name: 'person_note', type: 'text', unit: null, description: 'What a person noted' },
  {
    name: 'flagged',
    type: 'boolean',
    unit: null,
    description: 'Has a flag, of the reduction or of a person',
  },
]

const readWorkspaceRows = async (workspace: Workspace, source: TableName): Promise<HeldRows> => {
  const all = await queryTable(workspace, source)
  const rows = all.slice(0, MOST_ROWS)
  const names = [...new Set(rows.slice(0, PROBED).flatMap((row) => Object.keys(row)))]
  const facts = listColumnFacts(source)
  const columns = names.map((name): QueriedColumn => {
    const known = Object.hasOwn(facts, name) ? facts[name] : undefined
    const unit = known?.unit ?? null
    return { name, type: typeOf(rows, name), unit, description: known?.description ?? '' }
  })
  return { columns, rows, cut: all.length > rows.length }
}

const readFileRows = (table: Table): HeldRows => {
  const count = Math.min(table.rowCount, MOST_ROWS)
  const rows = Array.from({ length: count }, (_, index) =>
    Object.fromEntries(table.columns.map(({ name, cell }) => [name, cell(index)])),
  )
  const columns = table.columns.map(({ name, unit, description }): QueriedColumn => ({
    name,
    type: typeOf(rows, name),
    unit,
    description,
  }))
  return { columns, rows, cut: table.rowCount > count }
}

const readSource = async (
  workspace: Workspace,
  source: TableSource,
  openFileTable: OpenFileTable,
): Promise<HeldRows> => {
  if (source.startsWith('file:')) return readFileRows(await openFileTable(source.slice('file:'.length)))
  if (isTableName(source)) return readWorkspaceRows(workspace, source)
  throw new AsterismError('not-found', `There is no table '${source}'.`, { table: source })
}

const hasFlags = (value: unknown): boolean => Array.isArray(value) && value.length > 0

/** All rows of a table with what people said of them. */
export const readRows = async (
  workspace: Workspace,
  source: TableSource,
  openFileTable: OpenFileTable,
): Promise<HeldRows> => {
  const [held, flags] = await Promise.all([
    readSource(workspace, source, openFileTable),
    workspace.rowFlags.listBy('table', source),
  ])
  const said = new Map(flags.map((record) => [record.row, record]))
  const rows = held.rows.map((row, number) => {
    const own = said.get(rowKey(source, row, number))
    return {
      ...row,
      person_flags: own?.flags ?? [],
      person_note: own?.note ?? null,
      flagged: hasFlags(row['flags']) || hasFlags(own?.flags),
    }
  })
  const names = new Set(FLAG_COLUMNS.map(({ name }) => name))
  return { ...held, rows, columns: [...held.columns.filter(({ name }) => !names.has(name)), ...FLAG_COLUMNS] }
}
