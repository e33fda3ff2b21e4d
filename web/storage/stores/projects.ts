import { openRecordStore, type Connection, type StoreOf } from '../record-store'

/** What belongs together for a person: targets and the orders that were run for them. */
export interface ProjectRecord {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly targets: readonly string[]
  readonly orders: readonly string[]
  readonly createdAt: number
}

export interface ProjectsSchema {
  readonly record: ProjectRecord
  readonly index: never
}

export const openProjects = (connection: Connection): StoreOf<ProjectsSchema> =>
  openRecordStore(connection, 'projects')
