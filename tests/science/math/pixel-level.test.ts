import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { measurePixelLevel } from '../../../web/science/math/pixel-level'

interface Golden {
  readonly cases: readonly {
    readonly name: string
    readonly values: readonly number[]
    readonly low: number
    readonly median: number
    readonly deviation: number
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/math/pixel-level.json', import.meta.url), 'utf8'),
) as Golden

describe('where the pixels of a frame lie', () => {
  it.each(golden.cases)('$name: as numpy and astropy say', ({ values, low, median, deviation }) => {
    const found = measurePixelLevel(values)
    expect(found?.low).toBe(low)
    expect(found?.median).toBeCloseTo(median, 10)
    expect(found?.deviation).toBeCloseTo(deviation, 9)
  })

  it('leaves out what is missing, moves with an offset and grows with a factor', () => {
    const values = golden.cases[0]!.values
    const plain = measurePixelLevel(values)!
    const changed = measurePixelLevel([Number.NaN, ...values.map((value) => 3 * value + 50)])!
    expect(changed.low).toBe(3 * plain.low + 50)
    expect(changed.median).toBe(3 * plain.median + 50)
    expect(changed.deviation).toBeCloseTo(3 * plain.deviation, 9)
    expect(measurePixelLevel([Number.NaN])).toBeNull()
  })
})
