import type { Migration } from './migration'

export const stacks: Migration = {
  version: 2,
  title: 'a store for stacks',
  migrate: (database) => {
    database.createObjectStore('stacks', { keyPath: 'id' }).createIndex('order', 'order')
  },
}
