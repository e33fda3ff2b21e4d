import type { Migration } from './migration'

export const cameraReports: Migration = {
  version: 4,
  title: 'what cameras are like',
  migrate: (database) => {
    database.createObjectStore('camera_reports', { keyPath: 'id' }).createIndex('order', 'order')
  },
}
