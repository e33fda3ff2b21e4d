import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePlio } from '../../../web/science/fits/decode-plio'
import { isAsterismError } from './errors'

const toBytes = (words: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(2 * words.length)
  const view = new DataView(bytes.buffer)
  words.forEach((word, index) => view.setUint16(2 * index, word & 0xffff))
  return bytes
}

/** Header of seven words, length of the list in two numbers of 15 bits. */
const listOf = (instructions: readonly number[]): Uint8Array => {
  const length = 7 + instructions.length
  return toBytes([0, 7, -100, length & 0x7fff, length >> 15, 0, 0, ...instructions])
}

/** The slow twin: one run after another, the level always said in full, or by a step of one where `steps` says so. */
const encodePlio = (values: readonly number[], steps: boolean): Uint8Array => {
  const words: number[] = []
  let level = 1
  for (let at = 0; at < values.length;) {
    const value = values[at]!
    let length = 1
    while (length < 4095 && values[at + length] === value) length++
    if (value === 0) words.push(length)
    else if (steps && value === level + 1 && length === 1) words.push(0x6001)
    else if (steps && value === level - 1 && length === 1) words.push(0x7001)
    else {
      const apart = value - level
      if (steps && apart > 0 && apart < 4096) words.push(0x2000 | apart)
      else if (steps && apart < 0 && apart > -4096) words.push(0x3000 | -apart)
      else if (apart !== 0) words.push(0x1000 | (value & 0xfff), value >> 12)
      words.push(length === 1 ? 0x5001 : 0x4000 | length)
    }
    if (value !== 0) level = value
    at += length
  }
  return listOf(words)
}

const masks = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2 ** 24 - 1 })),
      fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6000 })),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((runs) => runs.flatMap(([value, length]) => new Array<number>(length).fill(value)))

describe('PLIO tiles', () => {
  it('come back from a slow encoder, by full levels and by steps (seed 20)', () => {
    fc.assert(
      fc.property(masks, fc.boolean(), (values, steps) => {
        const found = decodePlio(encodePlio(values, steps), values.length)
        expect(found).toEqual(Int32Array.from(values))
      }),
      { seed: 20, numRuns: 200 },
    )
  })

  it('know the header of three words as well', () => {
    expect([...decodePlio(toBytes([0, 0, 5, 0x0002, 0x4003]), 6)]).toEqual([0, 0, 1, 1, 1, 0])
  })

  it('write zeros and then the level at the last place, and leave the rest at zero', () => {
    expect([...decodePlio(listOf([0x2004, 0x5003, 0x6002]), 6)]).toEqual([0, 0, 5, 7, 0, 0])
  })

  it('that say more than the tile has pixels are cut', () => {
    expect([...decodePlio(listOf([0x0002, 0x4fff, 0x5fff, 0x6001]), 4)]).toEqual([0, 0, 1, 1])
  })

  it.each([
    ['no words', []],
    ['a header alone', [0, 7, -100]],
    ['a list longer than the bytes', [0, 7, -100, 20, 0, 0, 0, 0x4001]],
    ['an instruction that there is not', [0, 0, 4, 0x8001]],
    ['a level without its second word', [0, 0, 4, 0x1001]],
    ['a list that begins in the header', [0, -4, -100, 7, 0, 0, 0]],
  ])('are refused: %s', (_what, words) => {
    expect(() => decodePlio(toBytes(words), 10)).toThrow(isAsterismError('truncated', 'PLIO'))
  })

  it('of damaged bytes give wrong pixels or an AsterismError, and never hang (seed 21)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(500), (bytes, count) => {
        try {
          expect(decodePlio(bytes, count).length).toBe(count)
        } catch (error) {
          expect(error).toMatchObject({ name: 'AsterismError', code: 'truncated' })
        }
      }),
      { seed: 21, numRuns: 500 },
    )
  })
})
