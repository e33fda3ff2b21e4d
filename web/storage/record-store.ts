import type { IDBPDatabase, IDBPObjectStore } from 'idb'
import { guardStorage, type StoredThing } from './storage-failure'

/** A store as the table of stores describes it. */
export interface StoreSchema {
  readonly record: { readonly id: string }
  readonly index: string
}

/** Where a record store gets its connection; after a newer version took over there is none, and that is said. */
export type Connection = () => IDBPDatabase

export interface RecordStore<Record extends { readonly id: string }, Index extends string = never> {
  get(id: string): Promise<Record | undefined>
  /** Those that exist, in the order asked. */
  getMany(ids: readonly string[]): Promise<Record[]>
  put(record: Record): Promise<void>
  /** All or none. */
  putMany(records: readonly Record[]): Promise<void>
  delete(id: string): Promise<void>
  deleteMany(ids: readonly string[]): Promise<void>
  listIds(): Promise<string[]>
  /** In the order of their ids. */
  list(): Promise<Record[]>
  listIdsBy(index: Index, value: IDBValidKey | IDBKeyRange): Promise<string[]>
  listBy(index: Index, value: IDBValidKey | IDBKeyRange): Promise<Record[]>
  /** The next ones in the order of their ids, after the one named: for walks through a store of any size. */
  page(after: string | null, count: number): Promise<Record[]>
  count(): Promise<number>
}

export type StoreOf<Schema extends StoreSchema> = RecordStore<Schema['record'], Schema['index']>

type WritableStore = IDBPObjectStore<unknown, string[], string, 'readwrite'>

/**
 * One transaction over several stores. What `change` throws aborts it, as does any failure within: then nothing of it is
 * kept. `change` must only await what it asks of the stores, since a transaction ends when nothing is asked of it.
 */
export const inTransaction = async <Result>(
  connection: Connection,
  stores: readonly string[],
  what: string | StoredThing,
  change: (store: (name: string) => WritableStore) => Promise<Result>,
): Promise<Result> =>
  guardStorage(typeof what === 'string' ? { label: what } : what, async () => {
    const transaction = connection().transaction([...stores], 'readwrite')
    try {
      const result = await change((name) => transaction.objectStore(name))
      await transaction.done
      return result
    } catch (error) {
      try {
        transaction.abort()
      } catch {
        // It has aborted by itself already.
      }
      // The transaction knows better than the request why it failed: a full disk shows only there.
      const reason = await transaction.done.then(
        () => null,
        (failure: unknown) => failure,
      )
      throw transaction.error ?? (isMereAbort(error) ? (reason ?? error) : error)
    }
  })

/**
 * Asks one thing for each item and waits for all. An item that cannot be asked for at all (a function cannot be stored)
 * throws at once; what was asked before it fails with the transaction, and that is no second failure.
 */
export const askEach = async <Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> => {
  const asked: Promise<Answer>[] = []
  for (const item of items) {
    const answer = ask(item)
    answer.catch(() => undefined)
    asked.push(answer)
  }
  return Promise.all(asked)
}

const isMereAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

export const openRecordStore = <Record extends { readonly id: string }, Index extends string = never>(
  connection: Connection,
  name: string,
): RecordStore<Record, Index> => {
  const read = <Result>(work: (database: IDBPDatabase) => Promise<Result>): Promise<Result> =>
    guardStorage({ label: `The records of ${name}` }, () => work(connection()))
  const change = async <Item>(
    items: readonly Item[],
    ask: (store: WritableStore, item: Item) => Promise<unknown>,
  ): Promise<void> => {
    if (items.length === 0) return
    const label = `${items.length} record${items.length === 1 ? '' : 's'} of ${name}`
    await inTransaction(connection, [name], label, (store) =>
      askEach(items, (item) => ask(store(name), item)),
    )
  }
  return {
    get: (id) => read(async (database) => (await database.get(name, id)) as Record | undefined),
    getMany: (ids) =>
      read(async (database) => {
        const { store } = database.transaction(name, 'readonly')
        const found = await askEach(ids, (id) => store.get(id) as Promise<Record | undefined>)
        return found.filter((record) => record !== undefined)
      }),
    put: (record) => change([record], (store, each) => store.put(each)),
    putMany: (records) => change(records, (store, record) => store.put(record)),
    delete: (id) => change([id], (store, each) => store.delete(each)),
    deleteMany: (ids) => change(ids, (store, id) => store.delete(id)),
    listIds: () => read(async (database) => (await database.getAllKeys(name)) as string[]),
    list: () => read(async (database) => (await database.getAll(name)) as Record[]),
    listIdsBy: (index, value) =>
      read(async (database) => (await database.getAllKeysFromIndex(name, index, value)) as string[]),
    listBy: (index, value) =>
      read(async (database) => (await database.getAllFromIndex(name, index, value)) as Record[]),
    page: (after, count) =>
      read(async (database) => {
        const range = after === null ? null : IDBKeyRange.lowerBound(after, true)
        return (await database.getAll(name, range, count)) as Record[]
      }),
    count: () => read((database) => database.count(name)),
  }
}
