import type { Migration } from './migration'

export const composites: Migration = {
  version: 8,
  title: 'pictures in colour',
  migrate: (database) => {
    database.createObjectStore('composites', { keyPath: 'id' }).createIndex('order', 'order')
  },
}
