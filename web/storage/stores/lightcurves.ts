import type { LightCurveRecord } from '../../core/light-curve'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Light curves with their columns, errors and verdicts. */
export interface LightcurvesSchema {
  readonly record: LightCurveRecord
  readonly index: 'order' | 'table'
}

export const openLightcurves = (connection: Connection): StoreOf<LightcurvesSchema> =>
  openRecordStore(connection, 'lightcurves')
