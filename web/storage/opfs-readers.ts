import { openForReading, type SyncHandle } from './opfs-handles'

/** Longer than what comes between two looks at one night's frames; who wants to delete or replace a file says so, and it is let go. */
const IDLE_MS = 3000
/** A stack goes through all its frames for each strip: a handle that is shut between them costs more than its strip. */
const MOST_OPEN = 512

interface Reader {
  readonly opening: Promise<SyncHandle | null>
  timer: ReturnType<typeof setTimeout> | undefined
}

/** Read-only handles that stay open between the strips of a frame, since opening one costs more than reading a strip. */
export interface ReaderPool {
  /** Uses the handle of a file; null where there are no shared handles. The handle must not be kept. */
  use<Result>(
    name: string,
    find: () => Promise<FileSystemFileHandle>,
    read: (handle: SyncHandle) => Result,
  ): Promise<Result | null>
  release(name: string): Promise<void>
  releaseAll(): void
}

const closeReader = async (reader: Reader): Promise<void> => {
  clearTimeout(reader.timer)
  const handle = await reader.opening.catch(() => null)
  handle?.close()
}

export const createReaderPool = (): ReaderPool => {
  const readers = new Map<string, Reader>()

  const release = async (name: string): Promise<void> => {
    const reader = readers.get(name)
    readers.delete(name)
    if (reader !== undefined) await closeReader(reader)
  }

  const rest = (name: string, reader: Reader): void => {
    clearTimeout(reader.timer)
    reader.timer = setTimeout(() => void release(name), IDLE_MS)
    for (const oldest of readers.keys()) {
      if (readers.size <= MOST_OPEN) break
      void release(oldest)
    }
  }

  return {
    use: async (name, find, read) => {
      let reader = readers.get(name)
      if (reader === undefined) {
        reader = { opening: find().then(openForReading), timer: undefined }
        // Also seen below; this keeps a failure that several callers share from being called unhandled.
        reader.opening.catch(() => undefined)
      }
      readers.delete(name)
      readers.set(name, reader)
      try {
        const handle = await reader.opening
        // Between two awaits nobody else runs: a handle found open here is open until `read` returns.
        return handle === null || readers.get(name) !== reader ? null : read(handle)
      } catch (error) {
        // A file that is missing now may be there at the next call.
        if (readers.get(name) === reader) readers.delete(name)
        throw error
      } finally {
        if (readers.get(name) === reader) rest(name, reader)
      }
    },
    release,
    releaseAll: () => {
      for (const name of readers.keys()) void release(name)
    },
  }
}
