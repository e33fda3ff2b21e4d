export interface StorageEstimate {
  readonly usedBytes: number
  /** 0 where the browser does not tell. */
  readonly quotaBytes: number
  /** The browser promised not to clear it when the disk fills up. */
  readonly persisted: boolean
}

/** Node's navigator and old browsers have no storage manager; then nothing is known, which is not a failure. */
const storageManager = (): StorageManager | null =>
  typeof navigator === 'undefined' || !('storage' in navigator) ? null : navigator.storage

const orElse = async <Value>(work: (() => Promise<Value>) | null, fallback: Value): Promise<Value> => {
  try {
    return work === null ? fallback : await work()
  } catch {
    return fallback
  }
}

export const estimateStorage = async (): Promise<StorageEstimate> => {
  const manager = storageManager()
  const { usage = 0, quota = 0 } = await orElse<{ usage?: number; quota?: number }>(
    manager && (() => manager.estimate()),
    {},
  )
  const persisted = await orElse(manager && (() => manager.persisted()), false)
  return { usedBytes: usage, quotaBytes: quota, persisted }
}

/** Asks the browser to keep the workspace when the disk fills up; the browser may ask the person. True when it promised. */
export const requestPersistence = async (): Promise<boolean> => {
  const manager = storageManager()
  // Only windows may ask; in a worker there is no such method.
  const persist = manager === null ? undefined : (manager as { persist?: () => Promise<boolean> }).persist
  return orElse(persist === undefined ? null : () => persist.call(manager), false)
}
