import { AsterismError } from '../../web/core/errors'
import type { PixelStore } from '../../web/storage/pixels'

/** Bytes in memory, for tests that are not about storage. */
export const createMemoryPixels = (): PixelStore => {
  const kept = new Map<string, Uint8Array>()
  const pieces = new Map<string, { start: number; bytes: Uint8Array }[]>()
  const find = (id: string): Uint8Array => {
    const bytes = kept.get(id)
    if (bytes === undefined) throw new AsterismError('not-found', `No bytes under ${id}.`)
    return bytes
  }
  return {
    kind: 'indexeddb',
    write: (id, bytes) => Promise.resolve(void kept.set(id, bytes.slice())),
    read: (id, start, end) => Promise.resolve(find(id).slice(start, end)),
    readInto: (id, start, target) =>
      Promise.resolve(target.set(find(id).subarray(start, start + target.byteLength))),
    openPieces: (id) =>
      Promise.resolve({
        write: (start, bytes) => {
          pieces.set(id, [...(pieces.get(id) ?? []), { start, bytes: bytes.slice() }])
          return Promise.resolve()
        },
        close: () => undefined,
      }),
    sealPieces: (id, size) => {
      const whole = new Uint8Array(size)
      for (const { start, bytes } of pieces.get(id) ?? []) whole.set(bytes, start)
      kept.set(id, whole)
      pieces.delete(id)
      return Promise.resolve()
    },
    has: (id) => Promise.resolve(kept.has(id)),
    delete: (id) => Promise.resolve(void kept.delete(id)),
    size: (id) => Promise.resolve(find(id).length),
    list: () => Promise.resolve([...kept].map(([id, bytes]) => ({ id, bytes: bytes.length }))),
    close: () => undefined,
  }
}
