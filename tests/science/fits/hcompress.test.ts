import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHcompress } from '../../../web/science/fits/decode-hcompress'
import { encodePlainly } from './encode-hcompress'
import { isAsterismError } from './errors'

const images = fc
  .tuple(
    fc.integer({ min: 4, max: 19 }),
    fc.integer({ min: 4, max: 19 }),
    fc.constantFrom(3, 300, 2 ** 31 - 1),
  )
  .chain(([rows, columns, most]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(fc.integer({ min: -most - 1, max: most }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      }),
    }),
  )

describe('HCOMPRESS tiles', () => {
  it('come back from a slow transform and bit planes written plainly, of every size and depth (seed 40)', () => {
    fc.assert(
      fc.property(images, ({ rows, columns, values }) => {
        const packed = encodePlainly(values, rows, columns)
        const found = decodeHcompress(packed, { count: rows * columns, smooth: false })
        expect([...found]).toEqual(values)
      }),
      { seed: 40, numRuns: 150 },
    )
  })

  it('smoothing changes nothing where nothing was lost', () => {
    const values = Array.from({ length: 15 * 18 }, (_, index) => (index * index) % 101)
    const packed = encodePlainly(values, 15, 18)
    expect([...decodeHcompress(packed, { count: 270, smooth: true })]).toEqual(values)
  })

  const good = encodePlainly(
    Array.from({ length: 64 }, (_, index) => index * 7),
    8,
    8,
  )
  const change = (at: number, ...bytes: number[]): Uint8Array => {
    const copy = good.slice()
    copy.set(bytes, at)
    return copy
  }
  it.each([
    ['no bytes', new Uint8Array(0), 64],
    ['another magic number', change(0, 0), 64],
    ['another number of pixels', good, 63],
    ['sizes whose product overflows', change(2, 0x40, 0, 0, 0, 0x40, 0, 0, 0), 64],
    ['more bit planes than can be exact', change(22, 49), 64],
    ['an end that comes too early', good.subarray(0, good.length - 1), 64],
    ['a plane of a kind that there is not', change(25, 0x30), 64],
  ])('are refused: %s', (_what, bytes, count) => {
    expect(() => decodeHcompress(bytes, { count, smooth: false })).toThrow(
      isAsterismError('truncated', 'HCOMPRESS'),
    )
  })

  it('of damaged bytes give wrong pixels or an AsterismError, and never hang (seed 41)', () => {
    const changes = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(changes, fc.nat(good.length), fc.boolean(), (list, length, smooth) => {
        const bytes = good.slice(0, length)
        for (const [place, value] of list) if (place >= 10 && place < length) bytes[place] = value
        try {
          expect(decodeHcompress(bytes, { count: 64, smooth }).length).toBe(64)
        } catch (error) {
          expect(error).toMatchObject({ name: 'AsterismError', code: 'truncated' })
        }
      }),
      { seed: 41, numRuns: 800 },
    )
  })
})
