import { describe, expect, it } from 'vitest'
import { measurePlane } from '../../../web/science/image/plane-statistics'
import { createRandom } from '../../../web/science/math/random'

describe('statistics of a plane', () => {
  it('are those of a sorted list', () => {
    const random = createRandom('plane')
    const data = Float32Array.from({ length: 1001 }, () => 5 + random.normal())
    data[3] = Number.NaN
    const sorted = [...data].filter(Number.isFinite).sort((a, b) => a - b)
    const middle = (sorted[499]! + sorted[500]!) / 2
    const distances = sorted.map((value) => Math.abs(value - middle)).sort((a, b) => a - b)
    const average = sorted.reduce((sum, value) => sum + value, 0) / 1000
    const measured = measurePlane(data)
    expect(measured).toMatchObject({ count: 1000, minimum: sorted[0], maximum: sorted[999], median: middle })
    expect(measured.mean).toBeCloseTo(average, 12)
    expect(measured.deviation).toBeCloseTo(
      Math.sqrt(sorted.reduce((sum, value) => sum + (value - average) ** 2, 0) / 1000),
      12,
    )
    expect(measured.robustDeviation).toBeCloseTo(
      (1.482602218505602 * (distances[499]! + distances[500]!)) / 2,
      6,
    )
  })

  it('of a normal distribution are what it was drawn with: seed normal', () => {
    const random = createRandom('normal')
    const measured = measurePlane(Float32Array.from({ length: 200_000 }, () => 100 + 4 * random.normal()))
    for (const level of [measured.mean, measured.median]) expect(Math.abs(level - 100)).toBeLessThan(0.05)
    for (const spread of [measured.deviation, measured.robustDeviation])
      expect(Math.abs(spread - 4)).toBeLessThan(0.05)
  })

  it('are not numbers where there is no value', () => {
    expect(measurePlane(Float32Array.of(Number.NaN))).toMatchObject({
      count: 0,
      median: Number.NaN,
      mean: Number.NaN,
    })
  })
})
