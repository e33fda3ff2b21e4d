import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reduceRows } from '../../../web/science/image/reduce-rows'

/** One block after the other, by the definition. */
const reduceSlowly = (data: Float32Array, width: number, step: number): Float32Array => {
  const height = data.length / width
  const columns = Math.ceil(width / step)
  return Float32Array.from({ length: columns * Math.ceil(height / step) }, (_, index) => {
    const [left, top] = [(index % columns) * step, Math.floor(index / columns) * step]
    const values: number[] = []
    for (let y = top; y < Math.min(height, top + step); y++)
      for (let x = left; x < Math.min(width, left + step); x++) values.push(data[y * width + x]!)
    const finite = values.filter((value) => Number.isFinite(value))
    return finite.reduce((sum, value) => sum + value, 0) / finite.length
  })
}

describe('rows reduced for a screen', () => {
  it('keep a constant, and the mean where blocks are whole', () => {
    expect(reduceRows({ width: 7, data: new Float32Array(35).fill(3.5) }, 4)).toEqual(
      new Float32Array(4).fill(3.5),
    )
    const data = Float32Array.from({ length: 64 }, (_, index) => index)
    const reduced = reduceRows({ width: 8, data }, 4)
    expect(reduced.reduce((sum, value) => sum + value, 0) / reduced.length).toBe(31.5)
  })

  it('are the means of the finite pixels of each block: seed 9', () => {
    const value = fc.oneof(
      { weight: 9, arbitrary: fc.float({ min: -1000, max: 70_000, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 1, max: 13 }),
        fc.constantFrom(1, 2, 4, 8, 16),
        fc.infiniteStream(value),
        (width, height, step, values) => {
          const data = Float32Array.from(values.take(width * height))
          const expected = reduceSlowly(data, width, step)
          const found = reduceRows({ width, data }, step)
          expect(found.length).toBe(expected.length)
          for (let index = 0; index < found.length; index++) {
            if (Number.isNaN(expected[index]!)) expect(found[index]).toBeNaN()
            else expect(Math.abs(found[index]! - expected[index]!)).toBeLessThanOrEqual(0.01)
          }
        },
      ),
      { seed: 9, numRuns: 300 },
    )
  })
})
