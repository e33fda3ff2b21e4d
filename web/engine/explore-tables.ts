import { TABLE_FILES } from '../core/table-format'
import { rowFlagId, type RowFlagRecord } from '../core/row-flag'
import type {
  GroupedRows,
  QueriedColumns,
  QueriedRows,
  QueryAnswer,
  TableQuery,
  TableSource,
  WantedFile,
} from '../core/table-query'
import type { Row } from '../core/work-order'
import type { FileTableRecord } from '../core/file-table'
import { rowKey } from '../pipeline/explore/row-key'
import type { QueryContract } from '../rpc/contracts'
import type { Workspace } from '../storage/workspace'
import type { KeptWorker } from './keep-worker'
import type { NoteForLog } from './keep-log'

/** What is to be said of some rows; null takes back what was said. */
export interface RowRemark {
  readonly flags: readonly string[]
  readonly note: string
}

/** Tables to ask: the rows stay in a worker, and the page is given what it shows. */
export interface TableExplorer {
  ask(query: TableQuery): Promise<QueryAnswer>
  slice(query: TableQuery, from: number, to: number): Promise<QueriedRows>
  pick(query: TableQuery, numbers: Uint32Array): Promise<Row[]>
  columns(query: TableQuery, names: readonly string[]): Promise<QueriedColumns>
  group(query: TableQuery, by: string): Promise<GroupedRows>
  write(query: TableQuery, wanted: WantedFile): Promise<Blob>
  /** Tables that came with files, by the names of the files. */
  listFileTables(): Promise<FileTableRecord[]>
  /** Hides a table that came with a file; its bytes go with those of removed frames, so that it can come back. */
  removeFileTable(id: string): Promise<void>
  restoreFileTable(id: string): Promise<void>
  /** Flags rows by their places in the whole table; gives what was said of them before, so that it can be undone. */
  flagRows(query: TableQuery, numbers: Uint32Array, remark: RowRemark): Promise<RowFlagRecord[]>
  /** Sets rows back to what was said of them before. */
  restoreFlags(source: TableSource, former: readonly RowFlagRecord[]): Promise<void>
}

interface ExplorerHooks {
  readonly requireWriter: () => Promise<void>
  readonly onChange: () => void
  readonly note: NoteForLog
}

const isEmpty = ({ flags, note }: RowRemark): boolean => flags.length === 0 && note === ''

const byPlace = (a: FileTableRecord, b: FileTableRecord): number =>
  a.path.localeCompare(b.path, 'en', { numeric: true }) || a.hdu - b.hdu

export const exploreTables = (
  opened: Promise<Workspace>,
  worker: Pick<KeptWorker<QueryContract>, 'call'>,
  { requireWriter, onChange, note }: ExplorerHooks,
): TableExplorer => {
  const store = async (records: readonly RowFlagRecord[]): Promise<void> => {
    const { rowFlags } = await opened
    await rowFlags.putMany(records.filter((record) => !isEmpty(record)))
    await rowFlags.deleteMany(records.filter(isEmpty).map(({ id }) => id))
    onChange()
  }
  const changeTable = async (
    id: string,
    what: string,
    change: (workspace: Workspace) => Promise<void>,
  ): Promise<void> => {
    await requireWriter()
    const workspace = await opened
    const record = await workspace.fileTables.get(id)
    await change(workspace)
    await note(`Table ${record?.name ?? id} ${what}`, { context: { table: id } })
    onChange()
  }
  const pick: TableExplorer['pick'] = (query, numbers) => worker.call((remote) => remote.pick(query, numbers))
  return {
    ask: (query) => worker.call((remote) => remote.ask(query)),
    slice: (query, from, to) => worker.call((remote) => remote.slice(query, from, to)),
    pick,
    columns: (query, names) => worker.call((remote) => remote.columns(query, names)),
    group: (query, by) => worker.call((remote) => remote.group(query, by)),
    write: async (query, wanted) =>
      new Blob([await worker.call((remote) => remote.write(query, wanted))], {
        type: TABLE_FILES[wanted.format].media,
      }),
    listFileTables: async () => (await (await opened).fileTables.list()).sort(byPlace),
    removeFileTable: (id) => changeTable(id, 'removed', (workspace) => workspace.removeFileTables([id])),
    restoreFileTable: (id) =>
      changeTable(id, 'brought back', (workspace) => workspace.restoreFileTables([id])),
    flagRows: async (query, numbers, remark) => {
      await requireWriter()
      const { source } = query
      const rows = await pick(query, numbers)
      const keys = rows.map((row, index) => rowKey(source, row, numbers[index] ?? 0))
      const ids = keys.map((key) => rowFlagId(source, key))
      const known = new Map((await (await opened).rowFlags.getMany(ids)).map((record) => [record.id, record]))
      const make = (row: string, said: RowRemark): RowFlagRecord => ({
        id: rowFlagId(source, row),
        table: source,
        row,
        flags: said.flags,
        note: said.note,
        createdAt: Date.now(),
      })
      await store(keys.map((key) => make(key, remark)))
      const said = isEmpty(remark)
        ? 'unflagged'
        : `flagged ${[...remark.flags, remark.note].join(' ').trim()}`
      await note(`${keys.length} rows of ${source} ${said}`)
      return keys.map((key) => known.get(rowFlagId(source, key)) ?? make(key, { flags: [], note: '' }))
    },
    restoreFlags: async (source, former) => {
      await requireWriter()
      await store(former)
      await note(`Flags of ${former.length} rows of ${source} set back`)
    },
  }
}
