import type { RowFlagRecord } from '../../core/row-flag'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

export interface RowFlagsSchema {
  readonly record: RowFlagRecord
  readonly index: 'table'
}

export const openRowFlags = (connection: Connection): StoreOf<RowFlagsSchema> =>
  openRecordStore(connection, 'row_flags')
