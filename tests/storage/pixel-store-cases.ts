import { beforeEach, afterEach, expect, it } from 'vitest'
import { AsterismError } from '../../web/core/errors'
import type { PixelStore } from '../../web/storage/pixels'

const makeBytes = (length: number, seed: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  let state = seed
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    bytes[index] = state >>> 24
  }
  return bytes
}

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AsterismError)
  return (error as AsterismError).code
}

/** What every pixel store must do; each backend runs the same. */
export const describePixelStore = (open: () => Promise<PixelStore>): void => {
  let store: PixelStore
  beforeEach(async () => {
    store = await open()
  })
  afterEach(() => store.close())

  it('gives back what was written, whole and in ranges', async () => {
    const bytes = makeBytes(100_003, 7)
    await store.write('bytes-a', bytes)
    expect(await store.read('bytes-a')).toEqual(bytes)
    expect(await store.read('bytes-a', 2880)).toEqual(bytes.slice(2880))
    expect(await store.read('bytes-a', 2880, 5760)).toEqual(bytes.slice(2880, 5760))
    expect(await store.read('bytes-a', 5, 5)).toEqual(new Uint8Array(0))
    expect(await store.size('bytes-a')).toBe(100_003)
  })

  it('writes a view into a larger buffer and nothing beside it', async () => {
    const buffer = makeBytes(64, 3)
    await store.write('view', buffer.subarray(10, 20))
    expect(await store.read('view')).toEqual(buffer.slice(10, 20))
  })

  it('refuses a range beyond the end rather than cutting it', async () => {
    await store.write('short', makeBytes(10, 1))
    expect(await codeOf(store.read('short', 0, 11))).toBe('storage')
    expect(await codeOf(store.read('short', 8, 4))).toBe('storage')
  })

  it('says that something is not there', async () => {
    expect(await store.has('nothing')).toBe(false)
    expect(await codeOf(store.read('nothing'))).toBe('not-found')
    expect(await codeOf(store.size('nothing'))).toBe('not-found')
    await store.delete('nothing')
    // It may come later, and then it is there at once.
    await store.write('nothing', makeBytes(4, 1))
    expect((await store.read('nothing')).length).toBe(4)
  })

  it('replaces, deletes and lists', async () => {
    await store.write('b/2 ä', makeBytes(20, 1))
    await store.write('a', makeBytes(10, 1))
    await store.write('b/2 ä', makeBytes(30, 2))
    expect(await store.read('b/2 ä')).toEqual(makeBytes(30, 2))
    expect(await store.list()).toEqual([
      { id: 'a', bytes: 10 },
      { id: 'b/2 ä', bytes: 30 },
    ])
    await store.delete('a')
    expect(await store.has('a')).toBe(false)
    expect(await store.list()).toEqual([{ id: 'b/2 ä', bytes: 30 }])
  })

  it('keeps nothing and a lot', async () => {
    const large = makeBytes(8_388_608 + 17, 5)
    await store.write('empty', new Uint8Array(0))
    await store.write('large', large)
    expect(await store.read('empty')).toEqual(new Uint8Array(0))
    expect(await store.size('empty')).toBe(0)
    expect(await store.read('large', 8_388_608)).toEqual(large.slice(8_388_608))
  })

  it('fills memory of the caller', async () => {
    const bytes = makeBytes(5000, 11)
    await store.write('lent', bytes)
    const lent = new Uint8Array(4000)
    await store.readInto('lent', 100, lent.subarray(8, 1008))
    expect(lent.slice(8, 1008)).toEqual(bytes.slice(100, 1100))
    expect(lent.slice(1008)).toEqual(new Uint8Array(2992))
    expect(await codeOf(store.readInto('lent', 4999, lent))).toBe('storage')
    expect(await codeOf(store.readInto('nothing', 0, lent))).toBe('not-found')
  })

  it('puts pieces together in any order, and nothing is there before', async () => {
    const bytes = makeBytes(30_000, 13)
    // Two writers at once, as two workers have.
    const [one, other] = await Promise.all([store.openPieces('pieced'), store.openPieces('pieced')])
    await Promise.all([one.write(20_000, bytes.subarray(20_000)), other.write(0, bytes.subarray(0, 12_000))])
    expect(await store.has('pieced')).toBe(false)
    expect(await store.list()).toEqual([])
    await one.write(12_000, bytes.subarray(12_000, 20_000))
    one.close()
    other.close()
    await store.sealPieces('pieced', 30_000)
    expect(await store.read('pieced')).toEqual(bytes)
    expect(await store.list()).toEqual([{ id: 'pieced', bytes: 30_000 }])
    const short = await store.openPieces('short')
    await short.write(0, bytes.subarray(0, 10))
    short.close()
    expect(await codeOf(store.sealPieces('short', 11))).toBe('truncated')
  })

  it('serves many readers at once, and a second opening sees the same', async () => {
    const bytes = makeBytes(65_536, 9)
    await store.write('shared', bytes)
    const starts = Array.from({ length: 32 }, (_, index) => index * 2048)
    const strips = await Promise.all(starts.map((start) => store.read('shared', start, start + 2048)))
    for (const [index, strip] of strips.entries())
      expect(strip).toEqual(bytes.slice(index * 2048, (index + 1) * 2048))
  })
}
