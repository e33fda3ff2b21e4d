import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** A choice of the person or of the workspace, under a name. */
export interface SettingRecord {
  readonly id: string
  readonly value: unknown
}

export interface SettingsSchema {
  readonly record: SettingRecord
  readonly index: never
}

export const openSettings = (connection: Connection): StoreOf<SettingsSchema> =>
  openRecordStore(connection, 'settings')
