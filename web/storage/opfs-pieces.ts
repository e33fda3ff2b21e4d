import { AsterismError } from '../core/errors'
import type { PieceSink } from './pixels'
import { canMove, isMissing, moveTo, openBesideOthers, openForWriting, whenFree } from './opfs-handles'
import { makeTrailer, TRAILER_BYTES } from './opfs-trailer'

/** Like that of a file being written, it cannot come out of encodeURIComponent. */
export const PIECES = 'pieces '

/** Files that several calls, also of several workers, fill bit by bit. They get their name when they are whole. */
export interface PieceWriter {
  open(name: string): Promise<PieceSink>
  seal(name: string, size: number): Promise<void>
}

/** A write that stops short does so because the space ran out. */
const cutShort = (): DOMException => new DOMException('The file was cut short.', 'QuotaExceededError')

/** Worker or window: `work` gets a way to write at a place. */
const withFile = async (
  handle: FileSystemFileHandle,
  work: (write: (bytes: Uint8Array, at: number) => Promise<void>) => Promise<void>,
): Promise<void> => {
  const sync = await whenFree(() => openForWriting(handle))
  if (sync !== null) {
    try {
      await work((bytes, at) => {
        if (sync.write(bytes, { at }) < bytes.byteLength) throw cutShort()
        return Promise.resolve()
      })
    } finally {
      sync.close()
    }
    return
  }
  const stream = await handle.createWritable({ keepExistingData: true })
  try {
    await work((bytes, position) =>
      stream.write({ type: 'write', position, data: bytes as Uint8Array<ArrayBuffer> }),
    )
    await stream.close()
  } catch (error) {
    await stream.abort().catch(() => undefined)
    throw error
  }
}

/** What was written is on the disk before the trailer says that it is whole. */
const flushFile = async (handle: FileSystemFileHandle): Promise<void> => {
  const sync = await whenFree(() => openForWriting(handle))
  sync?.flush()
  sync?.close()
}

export const createPieceWriter = (
  folder: FileSystemDirectoryHandle,
  release: (name: string) => Promise<void>,
): PieceWriter => ({
  open: async (name) => {
    const handle = await folder.getFileHandle(PIECES + name, { create: true })
    // Writers of different places do not disturb each other; where they cannot be let in together they take turns.
    const beside = await whenFree(() => openBesideOthers(handle))
    return {
      write: async (start, bytes) => {
        if (beside === null)
          await navigator.locks.request(`${folder.name}/${name}`, () =>
            withFile(handle, (write) => write(bytes, start)),
          )
        else if (beside.write(bytes, { at: start }) < bytes.byteLength) throw cutShort()
      },
      close: () => beside?.close(),
    }
  },
  seal: async (name, size) => {
    const handle = await folder.getFileHandle(PIECES + name)
    const found = (await handle.getFile()).size
    if (found !== size)
      throw new AsterismError('truncated', `The pieces make ${found} bytes and ${size} were promised.`, {
        found,
        size,
      })
    await flushFile(handle)
    await withFile(handle, (write) => write(makeTrailer(size), size))
    await release(name)
    if (canMove(handle)) await whenFree(() => moveTo(handle, name))
    else await copyTo(folder, handle, name)
  },
})

/** Where files cannot be renamed: the trailer comes last, so that a copy that breaks off does not count. */
const copyTo = async (
  folder: FileSystemDirectoryHandle,
  from: FileSystemFileHandle,
  name: string,
): Promise<void> => {
  const file = await from.getFile()
  const to = await folder.getFileHandle(name, { create: true })
  const CHUNK = 16 * 1024 * 1024
  const length = file.size - TRAILER_BYTES
  await withFile(to, async (write) => {
    for (let at = 0; at < length; at += CHUNK) {
      const chunk = file.slice(at, Math.min(length, at + CHUNK))
      await write(new Uint8Array(await chunk.arrayBuffer()), at)
    }
    await write(makeTrailer(length), length)
  })
  await folder.removeEntry(PIECES + name).catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
}
