import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { decodeBzip2 } from '../../web/ingest/decode-bzip2'
import { decodeLzw } from '../../web/ingest/decode-lzw'
import { unwrap } from '../../web/ingest/unwrap'
import { isAsterismError } from '../science/fits/errors'
import { watchedTask } from './fake-sink'

interface Golden {
  readonly cases: readonly {
    readonly name: string
    readonly kind: 'bzip2' | 'compress'
    readonly packed: string
    readonly length: number
    readonly sha256: string
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../golden/ingest/packings.json', import.meta.url), 'utf8'),
) as Golden
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'))
const find = (name: string): Uint8Array<ArrayBuffer> =>
  bytesOf(golden.cases.find((each) => each.name === name)!.packed)
const drain = (pieces: Iterable<Uint8Array>, most = Infinity): number => {
  let length = 0
  for (const piece of pieces) {
    length += piece.length
    if (length > most) break
  }
  return length
}

describe('what bzip2 and gzip (for .Z) unpack alike', () => {
  it.each(golden.cases)('$name', async ({ kind, packed, length, sha256 }) => {
    const path = kind === 'bzip2' ? 'a.fits.bz2' : 'a.fits.Z'
    const { path: inner, bytes } = await unwrap({ path, blob: new Blob([bytesOf(packed)]) }, 1e9, idleTask())
    expect(inner).toBe('a.fits')
    expect(bytes?.length).toBe(length)
    expect(createHash('sha256').update(bytes!).digest('hex')).toBe(sha256)
  })
})

describe('wrappings', () => {
  it('names what an archive holds', async () => {
    const blob = new Blob([find('noise, bzip2 -9')])
    expect((await unwrap({ path: 'night.tbz2', blob }, 1e9, idleTask())).path).toBe('night.tar')
    expect((await unwrap({ path: 'night.tar.bz2', blob }, 1e9, idleTask())).path).toBe('night.tar')
  })

  it('stops at the limit, however small the file is', async () => {
    for (const name of ['zeros, bzip2 -9', 'zeros, 16 bits'])
      await expect(unwrap({ path: name, blob: new Blob([find(name)]) }, 100_000, idleTask())).rejects.toThrow(
        isAsterismError('too-large', 'unpacks to more than'),
      )
  })

  it('says that a damaged file is damaged: a flipped bit of a bzip2 file never gives other bytes', async () => {
    const whole = find('words, bzip2 -1')
    const join = (packed: Uint8Array): Buffer => Buffer.concat([...decodeBzip2(packed)])
    const right = join(whole)
    let noticed = 0
    for (let byte = 4; byte < whole.length; byte += 131) {
      const flipped = whole.slice()
      flipped[byte]! ^= 1 << (byte % 8)
      // A few bits have no effect: tables of codes may be longer than what is used of them.
      try {
        expect(join(flipped).equals(right), `byte ${byte}`).toBe(true)
      } catch (error) {
        expect(String(error)).toContain('bzip2 data')
        noticed++
      }
    }
    expect(noticed).toBeGreaterThan(40)
    const cut = new Blob([whole.slice(0, 2000)])
    await expect(unwrap({ path: 'cut.bz2', blob: cut }, 1e9, idleTask())).rejects.toThrow(
      isAsterismError('bad-archive', 'damaged or cut off'),
    )
  })

  it('ends on any bytes at all (seed 7)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 9, max: 16 }), (noise, widest) => {
        for (const mark of [
          [0x1f, 0x9d, 0x80 | widest],
          [0x1f, 0x9d, widest],
        ]) {
          try {
            drain(decodeLzw(Uint8Array.from([...mark, ...noise])), 1e7)
          } catch (error) {
            expect(String(error)).toContain('LZW data')
          }
        }
        try {
          drain(decodeBzip2(Uint8Array.from([...find('nothing, bzip2').subarray(0, 4), ...noise])), 1e7)
        } catch (error) {
          expect(String(error)).toContain('bzip2 data')
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('can be cancelled while it unpacks', async () => {
    const { task, controller } = watchedTask()
    const blob = new Blob([find('several blocks, bzip2')])
    const many = new Blob(Array.from({ length: 60 }, () => blob))
    const running = unwrap({ path: 'long.bz2', blob: many }, 1e12, task)
    setTimeout(() => controller.abort(), 10)
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error)
  })
})
