import type { LogRecord } from '../../core/work-order'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Lines of the log; listed by 'time' they come in the order they were written. */
export interface LogSchema {
  readonly record: LogRecord
  readonly index: 'time' | 'order'
}

export const openLog = (connection: Connection): StoreOf<LogSchema> => openRecordStore(connection, 'log')
