import type { ProjectRecord } from '../../core/target'
import { openRecordStore, type Connection, type StoreOf } from '../record-store'

export interface ProjectsSchema {
  readonly record: ProjectRecord
  readonly index: never
}

export const openProjects = (connection: Connection): StoreOf<ProjectsSchema> =>
  openRecordStore(connection, 'projects')
