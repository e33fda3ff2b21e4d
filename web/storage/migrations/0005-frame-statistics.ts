import type { Migration } from './migration'

export const frameStatistics: Migration = {
  version: 5,
  title: 'what the pixels of each frame are like',
  migrate: (database) => {
    database.createObjectStore('frame_statistics', { keyPath: 'id' })
  },
}
