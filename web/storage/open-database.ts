import { openDB, type IDBPDatabase } from 'idb'
import { AsterismError } from '../core/errors'
import { MIGRATIONS } from './migrations/all-migrations'
import type { Migration } from './migrations/migration'
import type { Connection } from './record-store'
import { guardStorage } from './storage-failure'

/**
 * What a person has to be told about the connection: another tab runs a newer version and this one must be reloaded;
 * this one is newer and waits until an older tab is closed; the browser closed the database by itself.
 */
export type ConnectionNotice = 'newer-version-elsewhere' | 'waiting-for-older-tab' | 'closed-by-browser'

export interface OpenDatabaseOptions {
  readonly onNotice?: (notice: ConnectionNotice) => void
  /** Only tests give others. */
  readonly migrations?: readonly Migration[]
}

export interface OpenedDatabase {
  readonly connection: Connection
  readonly close: () => void
}

const WORDS: Record<ConnectionNotice, string> = {
  'newer-version-elsewhere': 'Another tab runs a newer version of Asterism. Reload this page to go on.',
  'waiting-for-older-tab': 'Another tab runs an older version of Asterism. Close it to go on.',
  'closed-by-browser': 'The browser closed the workspace. Reload this page to go on.',
}

const migrate = async (
  migrations: readonly Migration[],
  ...[database, transaction]: Parameters<Migration['migrate']>
): Promise<void> => {
  for (const migration of migrations) await migration.migrate(database, transaction)
}

const olderThanWorkspace = (cause: unknown): AsterismError =>
  new AsterismError(
    'storage',
    'The workspace was written by a newer version of Asterism than this page. Reload the page to get it.',
    { reason: 'page-is-older' },
    cause,
  )

export const openDatabase = async (
  name: string,
  { onNotice, migrations = MIGRATIONS }: OpenDatabaseOptions = {},
): Promise<OpenedDatabase> => {
  let lost: ConnectionNotice | null = null
  let failedMigration: unknown = null
  const lose = (notice: ConnectionNotice): void => {
    lost = notice
    onNotice?.(notice)
  }
  const database: IDBPDatabase = await guardStorage({ label: 'The workspace' }, async () => {
    try {
      return await openDB(name, migrations.length, {
        upgrade: (opened, oldVersion, _newVersion, transaction) => {
          migrate(migrations.slice(oldVersion), opened, transaction).catch((error: unknown) => {
            // Half a migration is none: the old layout stays, with everything in it.
            failedMigration = error
            transaction.done.catch(() => undefined)
            transaction.abort()
          })
        },
        blocked: () => onNotice?.('waiting-for-older-tab'),
        // Holding on would keep the newer tab waiting; nothing of this tab's finished work is lost by letting go.
        blocking: (_current, _wanted, event) => {
          const opened = event.target as IDBDatabase
          opened.close()
          lose('newer-version-elsewhere')
        },
        terminated: () => lose('closed-by-browser'),
      })
    } catch (error) {
      if (error instanceof Error && error.name === 'VersionError') throw olderThanWorkspace(error)
      throw failedMigration ?? error
    }
  })
  return {
    connection: () => {
      if (lost !== null) throw new AsterismError('storage', WORDS[lost], { reason: lost })
      return database
    },
    close: () => database.close(),
  }
}
