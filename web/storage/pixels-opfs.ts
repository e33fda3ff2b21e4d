import {
  canMove,
  isMissing,
  moveTo,
  openForReading,
  openForWriting,
  whenFree,
  type SyncHandle,
} from './opfs-handles'
import { createPieceWriter, PIECES } from './opfs-pieces'
import { createReaderPool, type OpenFile } from './opfs-readers'
import { isWhole, makeTrailer, TRAILER_BYTES } from './opfs-trailer'
import type { PixelStore } from './pixels'
import { checkRange, missingBytes } from './pixels-missing'
import { guardStorage } from './storage-failure'

/** A blank cannot come out of encodeURIComponent: no id is ever taken for a file that is being written. */
const PART = 'part '
/** What a killed tab left half written is swept away after this; younger ones may belong to another tab at work. */
const STALE_MS = 10 * 60_000

const toName = (id: string): string => encodeURIComponent(id)

const openFolder = async (name: string): Promise<FileSystemDirectoryHandle> => {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(name, { create: true })
}

const remove = async (folder: FileSystemDirectoryHandle, name: string): Promise<void> => {
  try {
    await whenFree(() => folder.removeEntry(name))
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

/** The sync handle of a worker is the fast way; a window has only streams. Both end with the trailer. */
const writeAll = async (handle: FileSystemFileHandle, bytes: Uint8Array): Promise<void> => {
  const trailer = makeTrailer(bytes.byteLength)
  const sync = await openForWriting(handle)
  if (sync !== null) {
    try {
      if (sync.write(bytes, { at: 0 }) < bytes.byteLength) throw shortWrite()
      sync.flush()
      if (sync.write(trailer, { at: bytes.byteLength }) < TRAILER_BYTES) throw shortWrite()
      sync.flush()
    } finally {
      sync.close()
    }
    return
  }
  const stream = await handle.createWritable()
  try {
    await stream.write(bytes as Uint8Array<ArrayBuffer>)
    await stream.write(trailer)
    await stream.close()
  } catch (error) {
    await stream.abort().catch(() => undefined)
    throw error
  }
}

/** A write that stops short does so because the space ran out. */
const shortWrite = (): DOMException => new DOMException('The file was cut short.', 'QuotaExceededError')

/** Bytes of a file as it was found. One that was replaced or deleted since then is to be looked for again. */
const readSlice = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> => {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (error) {
    if (isMissing(error)) throw new DOMException('The file changed.', 'NotReadableError')
    throw error
  }
}

/** The file up to its trailer; null when there is none or it is not whole. */
const wholeFile = async (folder: FileSystemDirectoryHandle, name: string): Promise<Blob | null> => {
  let file: File
  try {
    file = await (await folder.getFileHandle(name)).getFile()
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
  const length = file.size - TRAILER_BYTES
  if (length < 0) return null
  return isWhole(await readSlice(file.slice(length)), file.size) ? file.slice(0, length) : null
}

const sweepParts = async (folder: FileSystemDirectoryHandle): Promise<void> => {
  const stale: string[] = []
  for await (const [name, handle] of folder.entries()) {
    if (name.startsWith(PART) && Date.now() - Number(name.split(' ')[1]) > STALE_MS) stale.push(name)
    if (!name.startsWith(PIECES) || handle.kind !== 'file') continue
    const file = await handle.getFile().catch(() => null)
    if (file !== null && Date.now() - file.lastModified > STALE_MS) stale.push(name)
  }
  // One that is still being written is locked and stays.
  for (const name of stale) await folder.removeEntry(name).catch(() => undefined)
}

/** Bytes as files of the origin-private file system; shared sync handles in workers where the browser has them. */
export const openFilePixels = async (folderName = 'asterism-bytes'): Promise<PixelStore> => {
  const folder = await guardStorage({ label: 'The pixel store' }, () => openFolder(folderName))
  await sweepParts(folder)
  const readers = createReaderPool()
  // Other threads may hold a file open for reading: they are asked to let it go before it is replaced or deleted.
  const letGo = new BroadcastChannel(`${folderName}-let-go`)
  letGo.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') void readers.release(data)
  })
  const release = async (name: string): Promise<void> => {
    letGo.postMessage(name)
    await readers.release(name)
  }
  const pieces = createPieceWriter(folder, release)
  const guarded = <Result>(id: string, work: () => Promise<Result>): Promise<Result> =>
    guardStorage({ label: `The pixels ${id}` }, work)

  const write = async (id: string, bytes: Uint8Array): Promise<void> => {
    const name = toName(id)
    const part = `${PART}${Date.now()} ${crypto.randomUUID()}`
    let handle = await folder.getFileHandle(part, { create: true })
    try {
      const movable = canMove(handle)
      if (!movable) {
        // Written in place: until the trailer is there, the file does not count.
        await folder.removeEntry(part)
        await release(name)
        await remove(folder, name)
        handle = await folder.getFileHandle(name, { create: true })
      }
      await writeAll(handle, bytes)
      await release(name)
      if (movable) await whenFree(() => moveTo(handle, name))
    } catch (error) {
      await remove(folder, handle.name === name ? name : part).catch(() => undefined)
      throw error
    }
  }

  /** Looks once whether the file is whole: a look at each read would cost more memory than a stack of many frames has. */
  const openWhole = async (id: string): Promise<OpenFile | null> => {
    const handle = await openForReading(await folder.getFileHandle(toName(id)))
    if (handle === null) return null
    const fileSize = handle.getSize()
    const size = fileSize - TRAILER_BYTES
    const trailer = new Uint8Array(TRAILER_BYTES)
    if (size >= 0) handle.read(trailer, { at: size })
    if (isWhole(trailer, fileSize)) return { handle, size }
    handle.close()
    throw missingBytes(id)
  }

  /** Reads through an open handle; null where that cannot be, now or ever, and the slower way has to do. */
  const readByHandle = async <Result>(
    id: string,
    work: (handle: SyncHandle, size: number) => Result,
  ): Promise<Result | null> => {
    try {
      return await readers.use(
        toName(id),
        () => openWhole(id),
        ({ handle, size }) => work(handle, size),
      )
    } catch (error) {
      if (isMissing(error)) throw missingBytes(id, error)
      // Held by a writer at this moment: the slower way sees the file as it is.
      if (error instanceof DOMException) return null
      throw error
    }
  }

  const read = async (id: string, start = 0, end?: number): Promise<Uint8Array<ArrayBuffer>> => {
    const quick = await readByHandle(id, (handle, size) => {
      const last = end ?? size
      checkRange(id, size, start, last)
      const bytes = new Uint8Array(last - start)
      handle.read(bytes, { at: start })
      return bytes
    })
    if (quick !== null) return quick
    return whenFree(async () => {
      const file = await wholeFile(folder, toName(id))
      if (file === null) throw missingBytes(id)
      const last = end ?? file.size
      checkRange(id, file.size, start, last)
      return readSlice(file.slice(start, last))
    })
  }

  const readInto = async (id: string, start: number, target: Uint8Array<ArrayBuffer>): Promise<void> => {
    const end = start + target.byteLength
    const quick = await readByHandle(id, (handle, size) => {
      checkRange(id, size, start, end)
      handle.read(target, { at: start })
      return true
    })
    if (quick === null) target.set(await read(id, start, end))
  }

  const list = async (): Promise<{ id: string; bytes: number }[]> => {
    const names: string[] = []
    for await (const name of folder.keys())
      if (!name.startsWith(PART) && !name.startsWith(PIECES)) names.push(name)
    const files = await Promise.all(
      names.map(async (name) => ({
        id: decodeURIComponent(name),
        file: await whenFree(() => wholeFile(folder, name)),
      })),
    )
    return files
      .flatMap(({ id, file }) => (file === null ? [] : [{ id, bytes: file.size }]))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  return {
    kind: 'opfs',
    write: (id, bytes) =>
      guardStorage({ label: `The pixels ${id}`, bytes: bytes.byteLength }, () => write(id, bytes)),
    read: (id, start, end) => guarded(id, () => read(id, start, end)),
    readInto: (id, start, target) => guarded(id, () => readInto(id, start, target)),
    openPieces: (id) =>
      guarded(id, async () => {
        const sink = await pieces.open(toName(id))
        return {
          write: (start, bytes) =>
            guardStorage({ label: `The pixels ${id}`, bytes: bytes.byteLength }, () =>
              sink.write(start, bytes),
            ),
          close: () => sink.close(),
        }
      }),
    sealPieces: (id, size) => guarded(id, () => pieces.seal(toName(id), size)),
    has: (id) => guarded(id, async () => (await whenFree(() => wholeFile(folder, toName(id)))) !== null),
    delete: (id) =>
      guarded(id, async () => {
        await release(toName(id))
        await remove(folder, toName(id))
      }),
    size: (id) =>
      guarded(id, async () => {
        const file = await whenFree(() => wholeFile(folder, toName(id)))
        if (file === null) throw missingBytes(id)
        return file.size
      }),
    list: () => guardStorage({ label: 'The pixel store' }, list),
    close: () => {
      letGo.close()
      readers.releaseAll()
    },
  }
}

/**
 * Whether files can be used here and in every other thread of this origin. A window must be able to write as well, since
 * all threads keep to one backend; so streams are asked for although workers do without them.
 */
export const canUseFiles = async (): Promise<boolean> => {
  if (typeof navigator === 'undefined' || typeof FileSystemFileHandle === 'undefined') return false
  if (!('createWritable' in FileSystemFileHandle.prototype)) return false
  const name = `probe-${crypto.randomUUID()}`
  try {
    const root = await navigator.storage.getDirectory()
    const handle = await root.getFileHandle(name, { create: true })
    await writeAll(handle, new Uint8Array([1]))
    const file = await handle.getFile()
    await root.removeEntry(name)
    return file.size === 1 + TRAILER_BYTES
  } catch {
    return false
  }
}
