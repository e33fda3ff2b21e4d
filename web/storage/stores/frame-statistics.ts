import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Measured from the pixels of exposures, by their ids: what is lost is measured again. */
export interface FrameStatisticsSchema {
  readonly record: FrameStatisticsRecord
  readonly index: never
}

export const openFrameStatistics = (connection: Connection): StoreOf<FrameStatisticsSchema> =>
  openRecordStore(connection, 'frame_statistics')
