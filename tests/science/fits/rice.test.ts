import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRice } from '../../../web/science/fits/decode-rice'
import { isAsterismError } from './errors'
import { encodeRice, type Width } from './encode-rice'

const RANGE = { 1: [0, 255], 2: [-32_768, 32_767], 4: [-2_147_483_648, 2_147_483_647] } as const

const images = (width: Width): fc.Arbitrary<number[]> => {
  const [min, max] = RANGE[width]
  const smooth = fc.tuple(
    fc.integer({ min: min + 20, max: max - 20 }),
    fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 150 }),
  )
  return fc.oneof(
    fc.array(fc.integer({ min, max }), { minLength: 1, maxLength: 150 }),
    smooth.map(([level, noise]) => noise.map((value) => level + value)),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min: 1, max: 150 }))
      .map(([level, count]) => new Array<number>(count).fill(level)),
  )
}

describe('Rice tiles against a slow encoder', () => {
  it.each([1, 2, 4] as const)('%i bytes a pixel, every split and block size (seed 10)', (width) => {
    fc.assert(
      fc.property(images(width), fc.constantFrom(8, 16, 32, 40), fc.nat(30), (values, blockSize, wish) => {
        const packed = encodeRice(values, width, blockSize, wish)
        expect([...decodeRice(packed, { count: values.length, bytesPerPixel: width, blockSize })]).toEqual(
          values,
        )
      }),
      { seed: 10, numRuns: 400 },
    )
  })

  it('damaged bytes give wrong pixels or an AsterismError, and never hang (seed 11)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(500), (bytes, count) => {
        try {
          expect(decodeRice(bytes, { count, bytesPerPixel: 2, blockSize: 32 }).length).toBe(count)
        } catch (error) {
          expect(error).toMatchObject({ name: 'AsterismError', code: 'truncated' })
        }
      }),
      { seed: 11, numRuns: 500 },
    )
  })

  it('a tile that ends too early is said to', () => {
    expect(() => decodeRice(new Uint8Array([1]), { count: 5, bytesPerPixel: 2, blockSize: 32 })).toThrow(
      isAsterismError('truncated', 'Rice'),
    )
  })
})
