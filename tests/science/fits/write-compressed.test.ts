import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRice } from '../../../web/science/fits/decode-rice'
import { encodeRice } from '../../../web/science/fits/encode-rice'
import { estimateNoise, quantise, QUANTISED_BLANK } from '../../../web/science/fits/quantise'
import { unquantise } from '../../../web/science/fits/unquantise'
import { createRandom } from '../../../web/science/math/random'
import { encodeRice as encodeRiceSlowly } from './encode-rice'

const RANGES = { 1: [0, 255], 2: [-32_768, 32_767], 4: [-2_147_483_648, 2_147_483_647] } as const

/** Quiet stretches, steps and values from end to end: every kind of block. */
const arbitraryValues = (width: 1 | 2 | 4) => {
  const [min, max] = RANGES[width]
  const run = fc.oneof(
    fc.array(fc.integer({ min, max }), { maxLength: 60 }),
    fc.tuple(fc.integer({ min, max }), fc.nat(70)).map(([value, count]) => Array<number>(count).fill(value)),
    fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 60 }),
  )
  return fc.array(run, { minLength: 1, maxLength: 5 }).map((runs) => Int32Array.from([0, ...runs.flat()]))
}

describe.each([1, 2, 4] as const)('RICE_1 of %i bytes', (width) => {
  it('comes back as it was (seed 41)', () => {
    fc.assert(
      fc.property(arbitraryValues(width), fc.constantFrom(16, 32), (values, blockSize) => {
        const coded = encodeRice(values, width, blockSize)
        expect(decodeRice(coded, { count: values.length, bytesPerPixel: width, blockSize })).toEqual(values)
      }),
      { seed: 41, numRuns: 500 },
    )
  })

  it('is never longer than the slow coder with the best split for the whole tile (seed 42)', () => {
    fc.assert(
      fc.property(arbitraryValues(width), (values) => {
        const best = Math.min(
          ...Array.from({ length: 8 }, (_, wish) => encodeRiceSlowly([...values], width, 32, wish).length),
        )
        // The split is chosen from the mean without trying others: half a bit a pixel is lost at most.
        expect(encodeRice(values, width).length).toBeLessThanOrEqual(best + values.length / 16 + 8)
      }),
      { seed: 42, numRuns: 100 },
    )
  })
})

describe('floats in steps of their noise', () => {
  const random = createRandom('quantised floats')
  const SIGMA = 12
  const pixels = Float32Array.from({ length: 20_000 }, (_, index) =>
    index === 17 ? NaN : index === 40 ? 0 : 500 + 0.01 * index + SIGMA * random.normal(),
  )

  it('are measured for noise as it was put in, slope or not', () => {
    expect(estimateNoise(pixels) / SIGMA).toBeCloseTo(1, 1)
  })

  it('come back within half a step, with their mean, their blanks and their zeros', () => {
    const quantised = quantise(pixels, 16, 123)
    if (quantised === null) throw new Error('not quantised')
    const { values, scale, zero } = quantised
    expect(scale * 16).toBeCloseTo(estimateNoise(pixels), 6)
    const back = new Float32Array(pixels.length)
    unquantise(values, { scale, zero, dither: 'subtractive-2', blank: QUANTISED_BLANK, seed: 123 }, back)
    let sum = 0
    back.forEach((value, index) => {
      if (index === 17) expect(value).toBeNaN()
      else {
        expect(Math.abs(value - pixels[index]!)).toBeLessThanOrEqual(scale / 2 + 1e-4)
        sum += value - pixels[index]!
      }
    })
    expect(back[40]).toBe(0)
    // The mean of n errors evenly spread over a step, five times its deviation.
    expect(Math.abs(sum / pixels.length)).toBeLessThan((5 * scale) / Math.sqrt(12 * pixels.length))
  })

  it.each([
    ['no noise', new Float32Array(100).fill(3)],
    [
      'an infinity',
      Float32Array.from(pixels.slice(0, 100), (value, index) => (index === 3 ? Infinity : value)),
    ],
    [
      'a range beyond all steps',
      Float32Array.from(pixels.slice(0, 100), (v, index) => (index === 3 ? 1e30 : v)),
    ],
  ])('are left as they are with %s', (_, tile) => {
    expect(quantise(tile, 16, 0)).toBeNull()
  })
})
