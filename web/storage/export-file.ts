import { openForWriting } from './opfs-handles'
import { guardStorage } from './storage-failure'

/** A large file that is written front to back and given to the page at the end. */
export interface ExportFile {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** The file as a whole, to be read from the disk as it is needed; null where it went to a file that the person chose. */
  finish(): Promise<Blob | null>
  /** Leaves nothing behind. */
  abandon(): Promise<void>
}

const FOLDER = 'asterism-exports'
/** Who was given a file may still be reading it for a while; then its room is free for others. */
const STALE_MS = 15 * 60_000
/** Small writes are gathered: each goes to another process. */
const CHUNK_BYTES = 4 * 1024 * 1024

const thing = (bytes: number) => ({ label: 'The exported file', bytes })

const sweep = async (folder: FileSystemDirectoryHandle): Promise<void> => {
  const stale: string[] = []
  for await (const name of folder.keys())
    if (Date.now() - Number.parseInt(name, 10) > STALE_MS) stale.push(name)
  for (const name of stale) await folder.removeEntry(name).catch(() => undefined)
}

/** Exports of earlier visits that nobody reads any more: they take room. */
export const sweepExports = async (): Promise<void> => {
  try {
    const root = await navigator.storage.getDirectory()
    await sweep(await root.getDirectoryHandle(FOLDER))
  } catch {
    // There are none, or this browser has no such files.
  }
}

/** Gathers small writes into chunks. */
const gather = (flushTo: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>) => {
  const chunk = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  const flush = async (): Promise<void> => {
    if (filled === 0) return
    const part = chunk.slice(0, filled)
    filled = 0
    await flushTo(part)
  }
  return {
    flush,
    write: async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      if (filled + bytes.length > CHUNK_BYTES) await flush()
      if (bytes.length >= CHUNK_BYTES) {
        await flushTo(bytes)
        return
      }
      chunk.set(bytes, filled)
      filled += bytes.length
    },
  }
}

/** Into a file that the person chose. Until `finish` the old content of that file stays as it is. */
export const openChosenFile = async (handle: FileSystemFileHandle): Promise<ExportFile> => {
  const stream = await guardStorage(thing(0), () => handle.createWritable())
  const { write, flush } = gather((bytes) => guardStorage(thing(bytes.length), () => stream.write(bytes)))
  return {
    write,
    finish: async () => {
      await flush()
      await guardStorage(thing(0), () => stream.close())
      return null
    },
    abandon: () => stream.abort().catch(() => undefined),
  }
}

/** Parts that the browser keeps, on its disk when they are many. */
const openParts = (): ExportFile => {
  let blob = new Blob([], { type: 'application/zip' })
  const { write, flush } = gather((bytes) => {
    blob = new Blob([blob, bytes], { type: 'application/zip' })
    return Promise.resolve()
  })
  return {
    write,
    finish: async () => {
      await flush()
      return blob
    },
    abandon: () => {
      blob = new Blob()
      return Promise.resolve()
    },
  }
}

/** A file of the origin-private file system, apart from the workspace, so that emptying that leaves the export readable. */
export const openTemporaryFile = async (): Promise<ExportFile> => {
  let folder: FileSystemDirectoryHandle
  let handle: FileSystemFileHandle
  let sync: Awaited<ReturnType<typeof openForWriting>>
  const name = `${Date.now()}-${crypto.randomUUID()}.zip`
  try {
    const root = await navigator.storage.getDirectory()
    folder = await root.getDirectoryHandle(FOLDER, { create: true })
    await sweep(folder)
    handle = await folder.getFileHandle(name, { create: true })
    sync = await openForWriting(handle)
  } catch {
    return openParts()
  }
  if (sync === null) return openParts()
  const file = sync
  let at = 0
  const { write, flush } = gather((bytes) =>
    guardStorage(thing(bytes.length), () => {
      if (file.write(bytes, { at }) < bytes.length)
        throw new DOMException('The file was cut short.', 'QuotaExceededError')
      at += bytes.length
      return Promise.resolve()
    }),
  )
  return {
    write,
    finish: async () => {
      await flush()
      file.flush()
      file.close()
      const kept = await handle.getFile()
      return kept.slice(0, kept.size, 'application/zip')
    },
    abandon: async () => {
      file.close()
      await folder.removeEntry(name).catch(() => undefined)
    },
  }
}
