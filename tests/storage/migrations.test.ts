import 'fake-indexeddb/auto'
import { readdirSync, readFileSync } from 'node:fs'
import { openDB, type IDBPDatabase } from 'idb'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS, SCHEMA_VERSION } from '../../web/storage/migrations/all-migrations'
import { openDatabase } from '../../web/storage/open-database'
import { STORE_NAMES } from '../../web/storage/schema'

/**
 * A frozen dump is a database as one version wrote it: its layout and some records. Migration n is tested by building the
 * database of dump n - 1, migrating it, and comparing with dump n. A dump is never changed once its version is released.
 */
interface Dump {
  readonly version: number
  readonly stores: Readonly<
    Record<
      string,
      {
        readonly indexes: Readonly<Record<string, string | string[]>>
        readonly records: readonly { id: string }[]
      }
    >
  >
}

const readDump = (version: number): Dump =>
  JSON.parse(
    readFileSync(new URL(`dumps/${String(version).padStart(4, '0')}.json`, import.meta.url), 'utf8'),
  ) as Dump

const buildFromDump = async (name: string, dump: Dump): Promise<void> => {
  const database = await openDB(name, dump.version, {
    upgrade: (opened) => {
      for (const [store, { indexes, records }] of Object.entries(dump.stores)) {
        const created = opened.createObjectStore(store, { keyPath: 'id' })
        for (const [index, path] of Object.entries(indexes)) created.createIndex(index, path)
        for (const record of records) void created.put(record)
      }
    },
  })
  database.close()
}

const dumpOf = async (database: IDBPDatabase): Promise<Dump> => {
  const stores: Record<string, Dump['stores'][string]> = {}
  for (const name of [...database.objectStoreNames].toSorted()) {
    const { store } = database.transaction(name)
    const indexes = Object.fromEntries(
      [...store.indexNames].toSorted().map((index) => [index, store.index(index).keyPath]),
    )
    stores[name] = { indexes, records: (await store.getAll()) as { id: string }[] }
  }
  return { version: database.version, stores }
}

const run = new Set<number>()

describe('migrations', () => {
  for (const migration of MIGRATIONS) {
    it(`${migration.version}, ${migration.title}: from the dump before to the dump after`, async () => {
      const name = `migration-${migration.version}`
      const before = readDump(migration.version - 1)
      if (before.version > 0) await buildFromDump(name, before)
      const { connection, close } = await openDatabase(name, {
        migrations: MIGRATIONS.slice(0, migration.version),
      })
      const after = readDump(migration.version)
      // The first has nothing before it: its dump holds records only for the next one to start from.
      const expected = before.version > 0 ? after : emptied(after)
      expect(await dumpOf(connection())).toEqual(expected)
      close()
      run.add(migration.version)
    })
  }

  it('are numbered without a gap, one file each, and each has a dump', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
    const files = readdirSync(new URL('../../web/storage/migrations', import.meta.url))
      .filter((file) => /^\d{4}-/.test(file))
      .toSorted()
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(MIGRATIONS.map(({ version }) => version))
    const dumps = readdirSync(new URL('dumps', import.meta.url)).toSorted()
    expect(dumps.map((file) => Number(file.slice(0, 4)))).toEqual([
      0,
      ...MIGRATIONS.map(({ version }) => version),
    ])
  })

  it('were all run by the tests above', () => {
    expect([...run]).toEqual(MIGRATIONS.map(({ version }) => version))
  })

  it('end at the stores that the schema names', () => {
    expect(Object.keys(readDump(SCHEMA_VERSION).stores).toSorted()).toEqual([...STORE_NAMES].toSorted())
  })

  it('keep the old database whole when one fails', async () => {
    const dump = readDump(1)
    await buildFromDump('failing', dump)
    const failing = {
      version: 2,
      title: 'fails half way',
      migrate: (database: IDBPDatabase) => {
        database.deleteObjectStore('exposures')
        throw new Error('half way')
      },
    }
    await expect(
      openDatabase('failing', { migrations: [...MIGRATIONS.slice(0, 1), failing] }),
    ).rejects.toMatchObject({
      code: 'storage',
    })
    const { connection, close } = await openDatabase('failing', { migrations: MIGRATIONS.slice(0, 1) })
    expect(await dumpOf(connection())).toEqual(dump)
    close()
  })
})

describe('two tabs of different versions', () => {
  const second = {
    version: 2,
    title: 'a second',
    migrate: (database: IDBPDatabase) => void database.createObjectStore('new'),
  }

  it('the older one is told and lets go', async () => {
    const notices: string[] = []
    const older = await openDatabase('tabs', { onNotice: (notice) => notices.push(notice) })
    const newer = await openDatabase('tabs', { migrations: [...MIGRATIONS, second] })
    expect(notices).toEqual(['newer-version-elsewhere'])
    expect(() => older.connection()).toThrow('newer version')
    expect(newer.connection().version).toBe(SCHEMA_VERSION + 1)
    newer.close()
  })

  it('the newer one says that it waits for one that does not let go', async () => {
    const stubborn = await openDB('stubborn', 1)
    const notices: string[] = []
    const opening = openDatabase('stubborn', {
      migrations: [...MIGRATIONS, second],
      onNotice: (notice) => {
        notices.push(notice)
        stubborn.close()
      },
    })
    const newer = await opening
    expect(notices).toEqual(['waiting-for-older-tab'])
    newer.close()
  })

  it('an older page is refused by a newer workspace, in words', async () => {
    await expect(openDatabase('tabs')).rejects.toMatchObject({
      code: 'storage',
      context: { reason: 'page-is-older' },
    })
  })
})

const emptied = (dump: Dump): Dump => ({
  ...dump,
  stores: Object.fromEntries(
    Object.entries(dump.stores).map(([name, store]) => [name, { ...store, records: [] }]),
  ),
})
