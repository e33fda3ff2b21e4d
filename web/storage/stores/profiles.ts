import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** An instrument profile that a person made or brought along. Who reads it checks it: it may come from anywhere. */
export interface StoredProfile {
  /** The profile's name. */
  readonly id: string
  readonly profile: unknown
  readonly createdAt: number
}

export interface ProfilesSchema {
  readonly record: StoredProfile
  readonly index: never
}

export const openProfiles = (connection: Connection): StoreOf<ProfilesSchema> =>
  openRecordStore(connection, 'profiles')
