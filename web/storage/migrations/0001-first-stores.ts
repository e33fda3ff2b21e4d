import type { Migration } from './migration'

const STORES: Readonly<Record<string, Readonly<Record<string, string | string[]>>>> = {
  exposures: { sha256: 'sha256', batch: 'batch', removedAt: 'removedAt' },
  headers: {},
  masters: { kind: 'kind', order: 'order' },
  reduced: { exposure: 'exposure', stage: 'stage', order: 'order' },
  sources: { frame: 'frame', exposure: 'exposure' },
  photometry_tables: { order: 'order' },
  photometry_frames: { table: 'table' },
  lightcurves: { order: 'order', table: 'table' },
  work_orders: { status: 'status' },
  steps: { order: 'order', 'order-index': ['order', 'index'] },
  log: { time: 'time', order: 'order' },
  settings: {},
  targets: {},
  projects: {},
}

export const firstStores: Migration = {
  version: 1,
  title: 'the first stores',
  migrate: (database) => {
    for (const [name, indexes] of Object.entries(STORES)) {
      const store = database.createObjectStore(name, { keyPath: 'id' })
      for (const [index, keyPath] of Object.entries(indexes)) store.createIndex(index, keyPath)
    }
  },
}
