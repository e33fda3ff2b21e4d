import type { TargetRecord } from '../../core/target'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

export interface TargetsSchema {
  readonly record: TargetRecord
  readonly index: never
}

export const openTargets = (connection: Connection): StoreOf<TargetsSchema> =>
  openRecordStore(connection, 'targets')
