import type { OrderRecord } from '../../core/work-order'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** Work orders; what is 'running' without a tab that runs it was left by a killed one. */
export interface WorkOrdersSchema {
  readonly record: OrderRecord
  readonly index: 'status'
}

export const openWorkOrders = (connection: Connection): StoreOf<WorkOrdersSchema> =>
  openRecordStore(connection, 'work_orders')
