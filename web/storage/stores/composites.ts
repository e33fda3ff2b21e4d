import type { CompositeRecord } from '../../core/composite'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Pictures in colour, as recipes. */
export interface CompositesSchema {
  readonly record: CompositeRecord
  readonly index: 'order'
}

export const openComposites = (connection: Connection): StoreOf<CompositesSchema> =>
  openRecordStore(connection, 'composites')
