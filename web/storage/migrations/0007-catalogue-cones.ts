import type { Migration } from './migration'

export const catalogueCones: Migration = {
  version: 7,
  title: 'stars that services of catalogues gave',
  migrate: (database) => {
    database.createObjectStore('catalogue_cones', { keyPath: 'id' }).createIndex('catalogue', 'catalogue')
  },
}
