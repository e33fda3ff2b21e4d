import type { Migration } from './migration'

export const plateSolutions: Migration = {
  version: 6,
  title: 'where on the sky frames are',
  migrate: (database) => {
    const store = database.createObjectStore('plate_solutions', { keyPath: 'id' })
    store.createIndex('exposure', 'exposure')
    store.createIndex('order', 'order')
  },
}
