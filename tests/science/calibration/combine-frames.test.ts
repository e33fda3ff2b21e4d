import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/calibration/combine.json'

type Values = readonly (number | null)[]
interface GoldenCase {
  readonly stack: keyof typeof golden.stacks
  readonly combine: Combine
  readonly scales?: readonly number[]
  readonly weights?: readonly number[]
  readonly data: Values
  readonly uncertainty: Values
  readonly count: readonly number[]
}

const restore = (values: Values): Float32Array => Float32Array.from(values, (value) => value ?? Number.NaN)

const expectClose = (value: number, expected: number | null, scale: number): void => {
  if (expected === null) expect(value).toBeNaN()
  else expect(Math.abs(value - expected)).toBeLessThanOrEqual(scale * Math.max(Math.abs(expected), 1e-3))
}

describe('combineFrames against ccdproc, astropy and numpy', () => {
  for (const { stack, combine, scales, weights, ...expected } of golden.cases as unknown as GoldenCase[]) {
    const { method, rejection, low, high, center, deviation } = combine
    const name = [stack, method, rejection, low, high, center, deviation, combine.weights].filter(
      (word) => word !== undefined,
    )
    it(name.join(' '), () => {
      const strips = golden.stacks[stack].map(restore)
      const result = combineFrames(strips, combine, scales, weights)
      expect([...result.count]).toEqual(expected.count)
      expected.data.forEach((value, pixel) => expectClose(result.data[pixel]!, value, 2e-7))
      expected.uncertainty.forEach((value, pixel) => expectClose(result.uncertainty[pixel]!, value, 1e-6))
    })
  }
})

/** N planes of normal values, sigma 10 about 500. */
const normalPlanes = (seed: string, frames: number, length: number): Float32Array[] => {
  const random = createRandom(seed)
  return Array.from({ length: frames }, () => Float32Array.from({ length }, () => 500 + 10 * random.normal()))
}

const scatter = (values: Float32Array, about: number): number =>
  Math.sqrt(values.reduce((total, value) => total + (value - about) ** 2, 0) / values.length)

const quadraticMean = (values: Float32Array): number => scatter(values, 0)

describe('the uncertainty is what it says', () => {
  const LENGTH = 20_000
  const cases: [string, number, Combine, number][] = [
    ['mean', 9, { method: 'mean', rejection: 'none' }, 0.02],
    ['median', 25, { method: 'median', rejection: 'none' }, 0.03],
    ['sum', 6, { method: 'sum', rejection: 'none' }, 0.02],
    ['trimmed mean', 15, { method: 'mean', rejection: 'min-max', low: 2, high: 2 }, 0.05],
    ['percentile mean', 30, { method: 'mean', rejection: 'percentile', low: 10, high: 10 }, 0.05],
    ['clipped mean', 30, { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3 }, 0.1],
    ['winsorised mean', 30, { method: 'mean', rejection: 'winsorized', low: 3, high: 3 }, 0.1],
  ]
  for (const [name, frames, combine, tolerance] of cases) {
    it(`${name} of ${frames}: the scatter of the result (seed ${name})`, () => {
      const { data, uncertainty } = combineFrames(normalPlanes(name, frames, LENGTH), combine)
      const truth = combine.method === 'sum' ? 500 * frames : 500
      expect(Math.abs(quadraticMean(uncertainty) / scatter(data, truth) - 1)).toBeLessThan(tolerance)
    })
  }
})

describe('robustness', () => {
  for (const rejection of ['sigma-clip', 'winsorized', 'min-max', 'percentile'] as const) {
    it(`${rejection} takes out a cosmic ray in one frame of nine, and the sum keeps its level (seed ray)`, () => {
      const planes = normalPlanes('ray', 9, 500)
      for (let pixel = 0; pixel < 500; pixel++) planes[pixel % 9]![pixel] = 30_000
      const combine: Combine = {
        method: 'sum',
        rejection,
        ...(rejection === 'percentile' ? { high: 15 } : {}),
      }
      const { data, count } = combineFrames(planes, combine)
      for (let pixel = 0; pixel < 500; pixel++) {
        expect(Math.abs(data[pixel]! / 9 - 500)).toBeLessThan(25)
        expect(count[pixel]!).toBeLessThan(9)
      }
    })
  }

  it('quiet integers: half of the values equal do not throw the other half away', () => {
    const planes = [100, 100, 100, 101, 99].map((value) => Float32Array.of(value))
    const { data, count } = combineFrames(planes, {
      method: 'mean',
      rejection: 'sigma-clip',
      deviation: 'mad',
    })
    expect(count[0]).toBe(5)
    expect(data[0]).toBeCloseTo(100, 6)
  })

  it('min-max keeps one value where holes leave too few', () => {
    const planes = [5, Number.NaN, 9].map((value) => Float32Array.of(value))
    const result = combineFrames(planes, { method: 'mean', rejection: 'min-max', low: 1, high: 1 })
    expect(result.count[0]).toBe(1)
    expect([5, 9]).toContain(result.data[0])
    expect(result.uncertainty[0]).toBeNaN()
  })

  it('one frame is itself, with no known uncertainty; infinities are holes', () => {
    const result = combineFrames([Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY)], {
      method: 'median',
      rejection: 'sigma-clip',
    })
    expect([...result.data]).toEqual([1, Number.NaN, Number.NaN])
    expect([...result.count]).toEqual([1, 0, 0])
    expect(result.uncertainty[0]).toBeNaN()
  })

  it('1000 frames, and blocks that do not divide the strip (seed thousand)', () => {
    const planes = normalPlanes('thousand', 1000, 37)
    const { data, count } = combineFrames(planes, { method: 'median', rejection: 'none' })
    for (let pixel = 0; pixel < 37; pixel++) {
      const sorted = planes.map((plane) => plane[pixel]!).sort((a, b) => a - b)
      expect(data[pixel]).toBe(Math.fround((sorted[499]! + sorted[500]!) / 2))
      expect(count[pixel]).toBe(1000)
    }
  })

  it('does not depend on where strips are cut (seed strips)', () => {
    const planes = normalPlanes('strips', 11, 3000)
    const combine: Combine = { method: 'mean', rejection: 'sigma-clip' }
    const whole = combineFrames(planes, combine)
    const part = combineFrames(
      planes.map((plane) => plane.subarray(1234, 2001)),
      combine,
    )
    expect(part.data).toEqual(whole.data.subarray(1234, 2001))
    expect(part.uncertainty).toEqual(whole.uncertainty.subarray(1234, 2001))
  })

  it('refuses what cannot be meant, with a code', () => {
    const plane = Float32Array.of(1, 2)
    const plain: Combine = { method: 'mean', rejection: 'none' }
    expect(() => combineFrames([], plain)).toThrowError(expect.objectContaining({ code: 'bad-order' }))
    expect(() => combineFrames([plane, Float32Array.of(1)], plain)).toThrowError(
      expect.objectContaining({ code: 'shape-mismatch' }),
    )
    expect(() => combineFrames([plane], plain, [1, 2])).toThrowError(
      expect.objectContaining({ code: 'bad-order' }),
    )
    for (const method of ['median', 'mean'] as const) {
      const weighted: Combine = { method, rejection: 'none', weights: 'inverse-variance' }
      expect(() => combineFrames([plane], weighted, undefined, [0])).toThrowError(
        expect.objectContaining({ code: 'bad-order' }),
      )
    }
  })
})
