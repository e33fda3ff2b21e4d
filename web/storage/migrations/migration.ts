import type { IDBPDatabase, IDBPTransaction } from 'idb'

/**
 * One numbered change of the database's layout. Once released it is never edited; the next change is the next number.
 * Store and index names are written out here and not taken from the schema, which goes on changing.
 */
export interface Migration {
  readonly version: number
  readonly title: string
  readonly migrate: (
    database: IDBPDatabase,
    transaction: IDBPTransaction<unknown, string[], 'versionchange'>,
  ) => void | Promise<void>
}
