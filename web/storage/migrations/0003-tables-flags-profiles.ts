import type { Migration } from './migration'

export const tablesFlagsProfiles: Migration = {
  version: 3,
  title: 'tables that come with files, flags that people set, profiles that people make',
  migrate: (database) => {
    const tables = database.createObjectStore('file_tables', { keyPath: 'id' })
    tables.createIndex('sha256', 'sha256')
    tables.createIndex('batch', 'batch')
    database.createObjectStore('row_flags', { keyPath: 'id' }).createIndex('table', 'table')
    database.createObjectStore('profiles', { keyPath: 'id' })
  },
}
