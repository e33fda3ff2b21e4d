import { firstStores } from './0001-first-stores'
import { stacks } from './0002-stacks'
import type { Migration } from './migration'

/** In order, without a gap: the version of the database is the number of the last. */
export const MIGRATIONS: readonly Migration[] = [firstStores, stacks]

export const SCHEMA_VERSION = MIGRATIONS.length
