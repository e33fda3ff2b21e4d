import type { FileTableRecord } from '../../core/file-table'
import { openRecordStore, type Connection, type RecordStore } from '../record-store'

export interface StoredFileTable extends FileTableRecord {
  /** Milliseconds since 1970, when a person removed it; absent while it is there. The bytes go when it is purged. */
  readonly removedAt?: number
}

export interface FileTablesSchema {
  readonly record: StoredFileTable
  readonly index: 'sha256' | 'batch'
}

/** Tables that came with files. Lists leave out the removed ones; `get` and `getMany` find them still. */
export interface FileTableStore extends RecordStore<StoredFileTable, 'sha256' | 'batch'> {
  listRemoved(): Promise<StoredFileTable[]>
}

const isThere = (table: StoredFileTable): boolean => table.removedAt === undefined

export const openFileTables = (connection: Connection): FileTableStore => {
  const store = openRecordStore<StoredFileTable, FileTablesSchema['index']>(connection, 'file_tables')
  return {
    ...store,
    list: async () => (await store.list()).filter(isThere),
    listBy: async (index, value) => (await store.listBy(index, value)).filter(isThere),
    count: async () => (await store.list()).filter(isThere).length,
    listRemoved: async () => (await store.list()).filter((table) => !isThere(table)),
  }
}
