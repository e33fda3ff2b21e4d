import type { SourceListRecord } from '../../core/source-list'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Stars found, a list for each calibrated frame. */
export interface SourcesSchema {
  readonly record: SourceListRecord
  readonly index: 'frame' | 'exposure'
}

export const openSources = (connection: Connection): StoreOf<SourcesSchema> =>
  openRecordStore(connection, 'sources')
