import type { ExposureRecord } from '../../core/frame'
import { openRecordStore, type Connection, type RecordStore } from '../record-store'

export interface StoredExposure extends ExposureRecord {
  /** Milliseconds since 1970, when a person removed it; absent while it is there. The bytes go when it is purged. */
  readonly removedAt?: number
}

export interface ExposuresSchema {
  readonly record: StoredExposure
  readonly index: 'sha256' | 'batch' | 'removedAt'
}

/**
 * Raw frames. Lists leave out the removed ones; `get` and `getMany` find them still, since results name their inputs.
 */
export interface ExposureStore extends RecordStore<StoredExposure, 'sha256' | 'batch'> {
  /** In the order in which they were removed. */
  listRemoved(): Promise<StoredExposure[]>
}

const isThere = (exposure: StoredExposure): boolean => exposure.removedAt === undefined

export const openExposures = (connection: Connection): ExposureStore => {
  const store = openRecordStore<StoredExposure, ExposuresSchema['index']>(connection, 'exposures')
  return {
    ...store,
    list: async () => (await store.list()).filter(isThere),
    listBy: async (index, value) => (await store.listBy(index, value)).filter(isThere),
    count: async () => (await store.list()).filter(isThere).length,
    listRemoved: () => store.listBy('removedAt', IDBKeyRange.lowerBound(0)),
  }
}
