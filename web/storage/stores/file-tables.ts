import type { FileTableRecord } from '../../core/file-table'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

export interface FileTablesSchema {
  readonly record: FileTableRecord
  readonly index: 'sha256' | 'batch'
}

export const openFileTables = (connection: Connection): StoreOf<FileTablesSchema> =>
  openRecordStore(connection, 'file_tables')
