/**
 * The parts of the private file system that the compiler's library does not know: `move`, and the mode of a sync handle,
 * which lets several workers read one file at a time. https://github.com/whatwg/fs/blob/main/proposals/MultipleReadersWriters.md
 */
export interface SyncHandle {
  read(buffer: Uint8Array, options: { at: number }): number
  write(buffer: Uint8Array, options: { at: number }): number
  getSize(): number
  flush(): void
  close(): void
}

interface MoreOfFileHandle {
  createSyncAccessHandle?(options?: { readonly mode: string }): Promise<SyncHandle>
  move?(name: string): Promise<void>
}

const more = (handle: FileSystemFileHandle): MoreOfFileHandle => handle

export const canMove = (handle: FileSystemFileHandle): boolean => typeof more(handle).move === 'function'

/** Gives a file another name in its folder, taking the place of a file that has it. */
export const moveTo = async (handle: FileSystemFileHandle, name: string): Promise<void> =>
  more(handle).move?.(name)

/** A handle for writing, only in workers; null elsewhere. */
export const openForWriting = async (handle: FileSystemFileHandle): Promise<SyncHandle | null> =>
  (await more(handle).createSyncAccessHandle?.()) ?? null

/** A handle for writing beside other writers of the same file; null where the browser knows of no such thing. */
export const openBesideOthers = async (handle: FileSystemFileHandle): Promise<SyncHandle | null> => {
  let modeIsKnown = false
  const options = {
    get mode() {
      modeIsKnown = true
      return 'readwrite-unsafe'
    },
  }
  const opened = await more(handle).createSyncAccessHandle?.(options)
  if (opened === undefined) return null
  if (modeIsKnown) return opened
  opened.close()
  return null
}

/** Null where the browser has no shared reading: a handle would then shut every other worker out. */
export const openForReading = async (handle: FileSystemFileHandle): Promise<SyncHandle | null> => {
  let modeIsKnown = false
  const options = {
    get mode() {
      modeIsKnown = true
      return 'read-only'
    },
  }
  const opened = await more(handle).createSyncAccessHandle?.(options)
  if (opened === undefined) return null
  if (modeIsKnown) return opened
  opened.close()
  return null
}

/** Locked by a reader or a writer; or, when reading, replaced between finding the file and reading it. */
const NOT_NOW = new Set(['NoModificationAllowedError', 'InvalidStateError', 'NotReadableError'])

/** Readers let go within a fraction of a second; until then a file can be neither deleted nor replaced. */
export const whenFree = async <Result>(work: () => Promise<Result>, patienceMs = 5000): Promise<Result> => {
  const until = Date.now() + patienceMs
  for (let wait = 10; ; wait = Math.min(200, wait * 2)) {
    try {
      return await work()
    } catch (error) {
      const busy = error instanceof Error && NOT_NOW.has(error.name)
      if (!busy || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
}

export const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'NotFoundError'
