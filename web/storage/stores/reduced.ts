import type { ReducedRecord } from '../../core/reduced'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Reduced frames: recipes without pixels. */
export interface ReducedSchema {
  readonly record: ReducedRecord
  readonly index: 'exposure' | 'stage' | 'order'
}

export const openReduced = (connection: Connection): StoreOf<ReducedSchema> =>
  openRecordStore(connection, 'reduced')
