import type { SyncHandle } from './opfs-handles'

/**
 * Closed when nobody has read for this long, or twice as long. More than what comes between two looks at one night's frames; who
 * wants to delete or replace a file says so, and it is let go.
 */
const IDLE_MS = 3000
/** A stack goes through all its frames for each strip: a handle that is shut between them costs more than its strip. */
const MOST_OPEN = 512

/** A file that was found whole when it was opened, and cannot change for as long as it is open. */
export interface OpenFile {
  readonly handle: SyncHandle
  /** Bytes of what is stored in it. */
  readonly size: number
}

interface Reader {
  readonly opening: Promise<OpenFile | null>
  /** When it was last used, milliseconds. */
  usedAt: number
}

/** Read-only handles that stay open between the strips of a frame, since opening one costs more than reading a strip. */
export interface ReaderPool {
  /** Uses a file, opened where it is not open yet; null where there are no shared handles. It must not be kept. */
  use<Result>(
    name: string,
    open: () => Promise<OpenFile | null>,
    read: (file: OpenFile) => Result,
  ): Promise<Result | null>
  release(name: string): Promise<void>
  releaseAll(): void
}

const closeReader = async (reader: Reader): Promise<void> => {
  const file = await reader.opening.catch(() => null)
  file?.handle.close()
}

export const createReaderPool = (): ReaderPool => {
  const readers = new Map<string, Reader>()
  // One timer for all: a stack reads a hundred thousand times, and as many timers would take more memory than its pixels.
  let timer: ReturnType<typeof setTimeout> | undefined

  const release = async (name: string): Promise<void> => {
    const reader = readers.get(name)
    readers.delete(name)
    if (reader !== undefined) await closeReader(reader)
  }

  const closeIdle = (): void => {
    timer = undefined
    const now = performance.now()
    for (const [name, { usedAt }] of readers) if (now - usedAt >= IDLE_MS) void release(name)
    watchIdle()
  }

  const watchIdle = (): void => {
    if (timer === undefined && readers.size > 0) timer = setTimeout(closeIdle, IDLE_MS)
  }

  const rest = (reader: Reader): void => {
    reader.usedAt = performance.now()
    watchIdle()
    for (const oldest of readers.keys()) {
      if (readers.size <= MOST_OPEN) break
      void release(oldest)
    }
  }

  return {
    use: async (name, open, read) => {
      let reader = readers.get(name)
      if (reader === undefined) {
        reader = { opening: open(), usedAt: performance.now() }
        // Also seen below; this keeps a failure that several callers share from being called unhandled.
        reader.opening.catch(() => undefined)
      }
      readers.delete(name)
      readers.set(name, reader)
      try {
        const file = await reader.opening
        // Between two awaits nobody else runs: a file found open here is open until `read` returns.
        return file === null || readers.get(name) !== reader ? null : read(file)
      } catch (error) {
        // A file that is missing now may be there at the next call.
        if (readers.get(name) === reader) readers.delete(name)
        throw error
      } finally {
        if (readers.get(name) === reader) rest(reader)
      }
    },
    release,
    releaseAll: () => {
      for (const name of readers.keys()) void release(name)
    },
  }
}
