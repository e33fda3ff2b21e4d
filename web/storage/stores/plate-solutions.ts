import type { PlateSolutionRecord } from '../../core/plate-solution'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Where on the sky exposures are: of several solutions of one the newest counts. */
export interface PlateSolutionsSchema {
  readonly record: PlateSolutionRecord
  readonly index: 'exposure' | 'order'
}

export const openPlateSolutions = (connection: Connection): StoreOf<PlateSolutionsSchema> =>
  openRecordStore(connection, 'plate_solutions')
