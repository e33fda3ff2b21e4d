import { openDB } from 'idb'
import { AsterismError } from '../core/errors'
import { checkRange, missingBytes } from './pixels-missing'
import type { PixelStore } from './pixels'
import { inTransaction, type Connection } from './record-store'
import { guardStorage } from './storage-failure'

export const BYTES_DATABASE_NAME = 'asterism-bytes'

/** The blob and, apart from it, its size: listing sizes must not touch blobs. Both change in one transaction. */
const BLOBS = 'blobs'
const SIZES = 'sizes'

/** Pieces sort by their place; 15 digits hold any size. No size is kept of them, so no list shows them. */
const pieceId = (id: string, start: number): string => `pieces ${id} ${String(start).padStart(15, '0')}`

interface BlobRecord {
  readonly id: string
  readonly blob: Blob
}

interface SizeRecord {
  readonly id: string
  readonly bytes: number
}

/** Bytes as Blobs in a database of their own. Works everywhere; a transaction makes every write whole or nothing. */
export const openBlobPixels = async (name = BYTES_DATABASE_NAME): Promise<PixelStore> => {
  const database = await guardStorage({ label: 'The pixel store' }, () =>
    openDB(name, 1, {
      upgrade: (opened) => {
        opened.createObjectStore(BLOBS, { keyPath: 'id' })
        opened.createObjectStore(SIZES, { keyPath: 'id' })
      },
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    }),
  )
  const connection: Connection = () => database
  const sizeOf = async (id: string): Promise<number> => {
    const record = (await database.get(SIZES, id)) as SizeRecord | undefined
    if (record === undefined) throw missingBytes(id)
    return record.bytes
  }
  const guarded = <Result>(id: string, work: () => Promise<Result>): Promise<Result> =>
    guardStorage({ label: `The pixels ${id}` }, work)

  const read: PixelStore['read'] = (id, start = 0, end) =>
    guarded(id, async () => {
      const record = (await database.get(BLOBS, id)) as BlobRecord | undefined
      if (record === undefined) throw missingBytes(id)
      const last = end ?? record.blob.size
      checkRange(id, record.blob.size, start, last)
      return new Uint8Array(await record.blob.slice(start, last).arrayBuffer())
    })

  return {
    kind: 'indexeddb',
    write: (id, bytes) => {
      const thing = { label: `The pixels ${id}`, bytes: bytes.byteLength }
      return inTransaction(connection, [BLOBS, SIZES], thing, async (store) => {
        const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
        await store(BLOBS).put({ id, blob } satisfies BlobRecord)
        await store(SIZES).put({ id, bytes: bytes.byteLength } satisfies SizeRecord)
      })
    },
    read,
    readInto: async (id, start, target) => target.set(await read(id, start, start + target.byteLength)),
    openPieces: (id) =>
      Promise.resolve({
        write: (start, bytes) =>
          inTransaction(
            connection,
            [BLOBS],
            { label: `The pixels ${id}`, bytes: bytes.byteLength },
            async (store) => {
              const blob = new Blob([bytes as Uint8Array<ArrayBuffer>])
              await store(BLOBS).put({ id: pieceId(id, start), blob } satisfies BlobRecord)
            },
          ),
        close: () => undefined,
      }),
    sealPieces: async (id, size) => {
      const range = IDBKeyRange.bound(pieceId(id, 0), pieceId(id, 1e15 - 1))
      const thing = { label: `The pixels ${id}`, bytes: size }
      await inTransaction(connection, [BLOBS, SIZES], thing, async (store) => {
        const pieces = (await store(BLOBS).getAll(range)) as BlobRecord[]
        const blob = new Blob(pieces.map((piece) => piece.blob))
        if (blob.size !== size) {
          throw new AsterismError(
            'truncated',
            `The pieces make ${blob.size} bytes and ${size} were promised.`,
            {
              found: blob.size,
              size,
            },
          )
        }
        await store(BLOBS).put({ id, blob } satisfies BlobRecord)
        await store(SIZES).put({ id, bytes: size } satisfies SizeRecord)
        for (const piece of pieces) await store(BLOBS).delete(piece.id)
      })
    },
    has: (id) => guarded(id, async () => (await database.count(SIZES, id)) > 0),
    delete: (id) =>
      inTransaction(connection, [BLOBS, SIZES], `The pixels ${id}`, async (store) => {
        await store(BLOBS).delete(id)
        await store(SIZES).delete(id)
      }),
    size: (id) => guarded(id, () => sizeOf(id)),
    list: () =>
      guardStorage({ label: 'The pixel store' }, async () => (await database.getAll(SIZES)) as SizeRecord[]),
    close: () => database.close(),
  }
}
