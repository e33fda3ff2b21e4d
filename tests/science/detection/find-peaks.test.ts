import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPeaks } from '../../../web/science/detection/find-peaks'

/** By the definition: no neighbour is larger, and of equals none comes before. */
const findSlowly = (data: Float32Array, width: number, level: number): number[] =>
  Array.from(data.keys()).filter((at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return (
      data[at]! > level &&
      Array.from(data.keys()).every((other) => {
        const [i, j] = [other % width, Math.floor(other / width)]
        const apart = Math.max(Math.abs(i - x), Math.abs(j - y))
        if (apart !== 1 || Number.isNaN(data[other]!)) return true
        return other < at ? data[other]! < data[at]! : data[other]! <= data[at]!
      })
    )
  })

describe('local maxima', () => {
  it('are those of the definition, with equal neighbours and holes: seed 12', () => {
    const value = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(NaN))
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(value),
        (width, height, values) => {
          const data = Float32Array.from(values.take(width * height))
          expect([...findPeaks({ width, height, data }, 0.5)]).toEqual(findSlowly(data, width, 0.5))
        },
      ),
      { seed: 12, numRuns: 300 },
    )
  })

  it('of a plateau there is one, in reading order', () => {
    const data = Float32Array.of(0, 0, 0, 0, 0, 5, 5, 0, 0, 5, 5, 0, 0, 0, 0, 0)
    expect([...findPeaks({ width: 4, height: 4, data }, 1)]).toEqual([5])
  })
})
