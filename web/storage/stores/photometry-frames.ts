import type { PhotometryFrameRecord } from '../../core/photometry'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Numbers of a photometry table, a record for each frame. */
export interface PhotometryFramesSchema {
  readonly record: PhotometryFrameRecord
  readonly index: 'table'
}

export const openPhotometryFrames = (connection: Connection): StoreOf<PhotometryFramesSchema> =>
  openRecordStore(connection, 'photometry_frames')
