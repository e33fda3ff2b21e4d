import type { PhotometryTableRecord } from '../../core/photometry'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Heads of photometry tables. */
export interface PhotometryTablesSchema {
  readonly record: PhotometryTableRecord
  readonly index: 'order'
}

export const openPhotometryTables = (connection: Connection): StoreOf<PhotometryTablesSchema> =>
  openRecordStore(connection, 'photometry_tables')
