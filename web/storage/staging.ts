import { deleteDB } from 'idb'
import { AsterismError } from '../core/errors'
import { MIGRATIONS } from './migrations/all-migrations'
import { openDatabase } from './open-database'
import { askEach, inTransaction, openRecordStore } from './record-store'
import { guardStorage } from './storage-failure'

/** A database of its own in which records that come from elsewhere are brought to the present layout before any of them is kept. */
export interface Staging {
  /** Stores of the layout that the records have. */
  readonly stores: readonly string[]
  put(store: string, records: readonly { readonly id: string }[]): Promise<void>
  /** Runs the migrations that the records have not seen, the same that a workspace of that age would go through. */
  migrate(): Promise<void>
  page(store: string, after: string | null, count: number): Promise<{ readonly id: string }[]>
  getMany(store: string, ids: readonly string[]): Promise<{ readonly id: string }[]>
  discard(): Promise<void>
}

const discardDatabase = (name: string): Promise<void> =>
  guardStorage({ label: 'The records to be taken in' }, () => deleteDB(name))

/** One at a time for each workspace: what a killed one left behind is thrown away first. */
export const openStaging = async (workspace: string, version: number): Promise<Staging> => {
  const name = `${workspace}-import`
  await discardDatabase(name)
  let opened = await openDatabase(name, { migrations: MIGRATIONS.slice(0, version) })
  const stores = [...opened.connection().objectStoreNames]
  const known = (store: string): void => {
    if (!opened.connection().objectStoreNames.contains(store))
      throw new AsterismError('bad-archive', `There is no store "${store}" in version ${version}.`)
  }
  return {
    stores,
    put: async (store, records) => {
      known(store)
      await inTransaction(opened.connection, [store], `${records.length} of ${store}`, async (open) => {
        await askEach(records, (record) => open(store).put(record))
      })
    },
    migrate: async () => {
      opened.close()
      opened = await openDatabase(name)
    },
    page: (store, after, count) =>
      openRecordStore<{ readonly id: string }>(opened.connection, store).page(after, count),
    getMany: (store, ids) => openRecordStore<{ readonly id: string }>(opened.connection, store).getMany(ids),
    discard: async () => {
      opened.close()
      await discardDatabase(name)
    },
  }
}
