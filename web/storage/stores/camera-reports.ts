import type { CameraReportRecord } from '../../core/camera-report'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** What cameras are like, measured from their calibration frames. */
export interface CameraReportsSchema {
  readonly record: CameraReportRecord
  readonly index: 'order'
}

export const openCameraReports = (connection: Connection): StoreOf<CameraReportsSchema> =>
  openRecordStore(connection, 'camera_reports')
