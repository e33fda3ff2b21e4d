import type { MasterRecord } from '../../core/master'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Master frames by how they were made; their planes lie in the pixel store. */
export interface MastersSchema {
  readonly record: MasterRecord
  readonly index: 'kind' | 'order'
}

export const openMasters = (connection: Connection): StoreOf<MastersSchema> =>
  openRecordStore(connection, 'masters')
