import type { StepRecord } from '../../core/work-order'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Steps of orders. 'order-index' takes [order, position in the plan]. */
export interface StepsSchema {
  readonly record: StepRecord
  readonly index: 'order' | 'order-index'
}

export const openSteps = (connection: Connection): StoreOf<StepsSchema> =>
  openRecordStore(connection, 'steps')
