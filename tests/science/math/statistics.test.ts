import fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'
import { median, medianInPlace, quickSelect } from '../../../web/science/math/median'
import { sigmaClip } from '../../../web/science/math/sigma-clip'
import {
  mean,
  medianAbsoluteDeviation,
  percentile,
  robustDeviation,
  standardDeviation,
  sum,
} from '../../../web/science/math/statistics'
import golden from '../../golden/math/math.json'

const restore = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN)

const slowMedian = (values: readonly number[]): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : sorted[half - 1]! / 2 + sorted[half]! / 2
}

describe('order statistics against numpy', () => {
  for (const set of golden.statistics) {
    const values = restore(set.values)
    it(`${set.name}: mean, median, deviations and percentiles`, () => {
      expect(mean(values)).toBeCloseTo(set.mean, 11)
      expect(median(values)).toBe(set.median)
      expect(standardDeviation(values)).toBeCloseTo(set.deviation, 11)
      if (set.sample === null) expect(standardDeviation(values, 1)).toBeNaN()
      else expect(standardDeviation(values, 1)).toBeCloseTo(set.sample, 11)
      expect(medianAbsoluteDeviation(values)).toBeCloseTo(set.mad, 12)
      expect(robustDeviation(values)).toBeCloseTo(set.madStd, 11)
      for (const [at, value] of set.percentiles) expect(percentile(values, at!)).toBeCloseTo(value!, 11)
    })
    for (const clip of set.clips) {
      it(`${set.name}: clipped by ${clip.low}/${clip.high} ${clip.center} ${clip.deviation} x ${clip.iterations ?? 'all'} as astropy`, () => {
        const result = sigmaClip(values, {
          low: clip.low,
          high: clip.high,
          center: clip.center as 'median' | 'mean',
          deviation: clip.deviation as 'std' | 'mad',
          iterations: clip.iterations ?? Number.POSITIVE_INFINITY,
        })
        expect(result.mean).toBeCloseTo(clip.result[0]!, 10)
        expect(result.median).toBeCloseTo(clip.result[1]!, 10)
        expect(result.deviation).toBeCloseTo(clip.result[2]!, 10)
        expect(result.count + result.rejected).toBe(set.values.filter((value) => value !== null).length)
      })
    }
  }
})

describe('median', () => {
  it('agrees with a sort on any values, ties and NaN included (fast-check, seed 11)', () => {
    const element = fastCheck.oneof(
      fastCheck.double({ min: -1e6, max: 1e6 }),
      fastCheck.constant(Number.NaN),
      fastCheck.constant(3),
    )
    fastCheck.assert(
      fastCheck.property(fastCheck.array(element, { maxLength: 200 }), (values) => {
        expect(median(values)).toBe(slowMedian(values))
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  it('puts the k-th value at k and parts the rest around it (fast-check, seed 12)', () => {
    const pixels = fastCheck.array(fastCheck.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 300 })
    fastCheck.assert(
      fastCheck.property(pixels, fastCheck.nat(), (values, pick) => {
        const k = pick % values.length
        const work = Float32Array.from(values)
        const found = quickSelect(work, k, 0, work.length - 1)
        expect(found).toBe([...values].sort((a, b) => a - b)[k])
        for (let i = 0; i < k; i++) expect(work[i]!).toBeLessThanOrEqual(found)
        for (let i = k; i < work.length; i++) expect(work[i]!).toBeGreaterThanOrEqual(found)
      }),
      { seed: 12, numRuns: 200 },
    )
  })

  it('leaves its argument alone, and looks only at the given length in place', () => {
    const values = Float64Array.of(5, 1, 4)
    expect(median(values)).toBe(4)
    expect([...values]).toEqual([5, 1, 4])
    expect(medianInPlace(Float64Array.of(5, 1, 4, 1000, 1000), 3)).toBe(4)
    expect(median([])).toBeNaN()
    expect(median([Number.NaN, Number.NaN])).toBeNaN()
  })

  it('stays linear on constant, sorted, reversed and organ-pipe data', () => {
    const length = 400_000
    const shapes = [
      () => 7,
      (i: number) => i,
      (i: number) => length - i,
      (i: number) => Math.min(i, length - i),
      (i: number) => i % 2,
    ]
    for (const shape of shapes) {
      const values = Float32Array.from({ length }, (_, i) => shape(i))
      const sorted = values.slice().sort()
      const started = performance.now()
      expect(median(values)).toBe((sorted[length / 2 - 1]! + sorted[length / 2]!) / 2)
      // A quadratic select would take minutes.
      expect(performance.now() - started).toBeLessThan(2000)
    }
  })
})

describe('compensated sums', () => {
  it('keeps what a plain sum loses', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    const tenths = new Float64Array(1_000_000).fill(0.1)
    expect(sum(tenths)).toBe(100_000)
  })

  it('shifting by 1e9 does not change the deviation', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i * 7919) % 101)
    const shifted = values.map((value) => value + 1e9)
    expect(standardDeviation(shifted)).toBeCloseTo(standardDeviation(values), 9)
  })
})
