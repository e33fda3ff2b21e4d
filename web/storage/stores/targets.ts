import type { Degrees } from '../../core/units'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** A thing in the sky that a person works on. ICRS degrees; null while only the name is known. */
export interface TargetRecord {
  readonly id: string
  readonly name: string
  readonly rightAscension: Degrees | null
  readonly declination: Degrees | null
  readonly note: string
  readonly createdAt: number
}

export interface TargetsSchema {
  readonly record: TargetRecord
  readonly index: never
}

export const openTargets = (connection: Connection): StoreOf<TargetsSchema> =>
  openRecordStore(connection, 'targets')
