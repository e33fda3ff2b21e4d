import { describe, expect, it } from 'vitest'
import { describeMask, MASK_BITS, maskValue } from '../../../web/core/pixel-mask'
import { canRejectOne, greatestDeviation } from '../../../web/science/calibration/can-reject-one'
import {
  chooseTwilightFlats,
  limitsOfSaturation,
} from '../../../web/science/calibration/choose-twilight-flats'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { flagSaturation } from '../../../web/science/calibration/flag-saturation'
import { findFlatLevel } from '../../../web/science/calibration/flat-level'
import { checkLinearity, linearise } from '../../../web/science/calibration/linearise'
import { halfSampleMode, smoothMode } from '../../../web/science/math/half-sample-mode'
import { createRandom } from '../../../web/science/math/random'

describe('linearise', () => {
  const linearity = { coefficients: [2e-6, -1e-11, 3e-16], limit: 50_000 }

  it('undoes a camera that is not linear (seed linear)', () => {
    const random = createRandom('linear')
    // Measured = the root of the correction, by bisection: the slow twin of a camera.
    const { coefficients } = linearity
    const curve = (m: number): number =>
      m * (1 + coefficients[0]! * m + coefficients[1]! * m ** 2 + coefficients[2]! * m ** 3)
    const light = Float64Array.from({ length: 300 }, () => 48_000 * random.uniform())
    const measured = Float32Array.from(light, (wanted) => {
      let [low, high] = [0, 60_000]
      while (high - low > 1e-9 * wanted + 1e-9) {
        const middle = (low + high) / 2
        if (curve(middle) < wanted) low = middle
        else high = middle
      }
      return low
    })
    expect(linearise({ data: measured }, linearity)).toBe(0)
    measured.forEach((value, i) => expect(Math.abs(value / light[i]! - 1)).toBeLessThan(2e-7))
  })

  it('moves the uncertainty by the derivative', () => {
    const at = (m: number): number => {
      const data = Float32Array.of(m)
      linearise({ data }, linearity)
      return data[0]!
    }
    for (const m of [100, 20_000, 49_000, 55_000]) {
      const uncertainty = Float32Array.of(10)
      linearise({ data: Float32Array.of(m), uncertainty }, linearity)
      // f32 pixels: differences of 2000 ADU are good to 1e-5, and the curve is nearly straight.
      const slope = (at(m + 64) - at(m - 64)) / 128
      expect(Math.abs(uncertainty[0]! / (10 * slope) - 1)).toBeLessThan(2e-4)
    }
  })

  it('goes on straight above its limit and says so; leaves what is at or below zero', () => {
    const data = Float32Array.of(50_000, 50_100, 50_200, -20, 0, Number.NaN)
    const mask = new Uint8Array(6)
    expect(linearise({ data, mask }, linearity)).toBe(2)
    expect(Math.abs(data[2]! - data[1]! - (data[1]! - data[0]!))).toBeLessThan(0.01)
    expect(data.slice(3)).toEqual(Float32Array.of(-20, 0, Number.NaN))
    expect([...mask].map(describeMask)).toEqual([[], ['not-linear'], ['not-linear'], [], [], []])
  })

  it.each([
    [{ coefficients: [-2e-5], limit: 30_000 }, /falls at 25\d\d\d ADU/],
    [{ coefficients: [Number.NaN], limit: 30_000 }, /not a number/],
    [{ coefficients: [], limit: 0 }, /limit/],
    [{ coefficients: Array.from({ length: 9 }, () => 0), limit: 1 }, /more than 8/],
  ])('refuses %o', (linearity, reason) => {
    expect(() => checkLinearity(linearity)).toThrow(reason)
  })
})

describe('masks', () => {
  it('bits are different and are found again by name', () => {
    expect(new Set(MASK_BITS.map(({ name }) => maskValue(name))).size).toBe(MASK_BITS.length)
    for (const { name, bit } of MASK_BITS) expect(describeMask(1 << bit)).toEqual([name])
    expect(describeMask(255 & ~maskValue('saturated'))).not.toContain('saturated')
  })

  it('saturation is at or above its level, beside what is there already', () => {
    const mask = Uint8Array.of(4, 0, 0, 0)
    expect(flagSaturation([65_535, 65_534, Number.NaN, Number.POSITIVE_INFINITY], 65_535, mask)).toBe(2)
    expect([...mask]).toEqual([6, 0, 0, 2])
  })
})

describe('half-sample mode', () => {
  /** By the definition, with every interval written out. */
  const slowMode = (values: readonly number[]): number => {
    const sorted = values.toSorted((a, b) => a - b)
    if (sorted.length === 1) return sorted[0]!
    if (sorted.length === 2) return (sorted[0]! + sorted[1]!) / 2
    if (sorted.length === 3) {
      const [a, b, c] = sorted as [number, number, number]
      return b - a < c - b ? (a + b) / 2 : b - a > c - b ? (b + c) / 2 : b
    }
    const half = Math.ceil(sorted.length / 2)
    const runs = sorted.slice(0, sorted.length - half + 1).map((_, i) => sorted.slice(i, i + half))
    const shortest = Math.min(...runs.map((run) => run.at(-1)! - run[0]!))
    const best = runs.filter((run) => Math.abs(run.at(-1)! - run[0]! - shortest) === 0)
    return slowMode(best[(best.length - 1) >> 1]!)
  }

  it('is what its definition says, ties included (seed mode)', () => {
    const random = createRandom('mode')
    for (let trial = 0; trial < 300; trial++) {
      const length = 1 + random.integer(40)
      const steps = trial % 2 === 0 ? 12 : 1e6
      const values = Array.from({ length }, () => Math.floor(random.uniform() * steps))
      expect(halfSampleMode(values)).toBe(slowMode(values))
    }
  })

  it('finds the peak beside a tail that pulls mean and median (seed tail)', () => {
    const random = createRandom('tail')
    const values = Float32Array.from({ length: 60_000 }, (_, i) =>
      i % 5 < 2 ? 20_000 * (1 - 0.5 * random.uniform()) : 20_000 + 140 * random.normal(),
    )
    const image = { width: 300, height: 200, data: values }
    const mode = findFlatLevel(image, 'mode')
    expect(Math.abs(mode - 20_000)).toBeLessThan(140)
    expect(findFlatLevel(image, 'median')).toBeLessThan(19_960)
    expect(findFlatLevel(image, 'mean')).toBeLessThan(18_100)
  })

  it('scatters as its docstring says, smoothed by half as much; both move and stretch with their values (seed scatter)', () => {
    const random = createRandom('scatter')
    const squares = [0, 0]
    for (let trial = 0; trial < 100; trial++) {
      const values = Float64Array.from({ length: 10_000 }, () => random.normal())
      for (const [k, find] of [halfSampleMode, smoothMode].entries()) {
        const mode = find(values)
        expect(find(values.map((value) => 4 * value + 8))).toBeCloseTo(4 * mode + 8, 6)
        squares[k] = squares[k]! + mode * mode
      }
    }
    const [plain, smooth] = squares.map((sum) => Math.sqrt(sum / 100)) as [number, number]
    expect(Math.abs(plain / 0.15 - 1)).toBeLessThan(0.25)
    expect(smooth / plain).toBeLessThan(0.75)
  })

  it('smoothed, is where the mean of the values around stays (seed shift)', () => {
    const random = createRandom('shift')
    for (let trial = 0; trial < 50; trial++) {
      const values = Float64Array.from(
        { length: 3 + random.integer(400) },
        () => 1000 * random.uniform() ** 2,
      )
      const sorted = values.toSorted()
      const half = Math.ceil(values.length / 2)
      const lengths = Array.from(
        { length: values.length - half + 1 },
        (_, i) => sorted[i + half - 1]! - sorted[i]!,
      )
      const reach = Math.min(...lengths) * values.length ** (-1 / 7)
      const mode = smoothMode(values)
      const near = values.filter((value) => Math.abs(value - mode) <= reach)
      expect(near.reduce((sum, value) => sum + value, 0) / near.length).toBeCloseTo(mode, 4)
    }
    expect(smoothMode([7, 7, 7, 9])).toBe(7)
    expect(smoothMode([])).toBeNaN()
  })

  it('of nothing is not a number; a region is a region', () => {
    expect(halfSampleMode([Number.NaN])).toBeNaN()
    const image = { width: 2, height: 2, data: Float32Array.of(1, 2, 3, 4) }
    expect(findFlatLevel(image, 'median', { x: 1, y: 0, width: 1, height: 2 })).toBe(3)
    expect(findFlatLevel(image, 'mean', { x: 5, y: 0, width: 1, height: 2 })).toBeNaN()
  })
})

describe('chooseTwilightFlats', () => {
  it('says of each flat whether it is used and why not', () => {
    const limits = limitsOfSaturation({ saturation: 65_000, bias: 1000 }, { least: 0.1, most: 0.7 })
    expect(limits).toEqual({ least: 6400, most: 44_800 })
    const reasons = chooseTwilightFlats([6400, 6399, 44_800, 44_801, -5, Number.NaN], limits).map(
      ({ reason }) => reason,
    )
    expect(reasons).toEqual(['usable', 'too-faint', 'usable', 'too-bright', 'no-light', 'no-light'])
    expect(chooseTwilightFlats([1, 1e9], { least: null, most: null }).every(({ use }) => use)).toBe(true)
  })
})

describe('canRejectOne', () => {
  const deviationOf = (values: readonly number[], center: 'mean' | 'median'): number => {
    const n = values.length
    const mean = values.reduce((sum, value) => sum + value, 0) / n
    const sorted = values.toSorted((a, b) => a - b)
    const median = n % 2 === 1 ? sorted[n >> 1]! : (sorted[n / 2 - 1]! + sorted[n / 2]!) / 2
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n)
    return Math.max(...values.map((value) => Math.abs(value - (center === 'mean' ? mean : median)))) / spread
  }

  it('no sample is beyond the greatest deviation, and one reaches it (seed shiffler)', () => {
    const random = createRandom('shiffler')
    for (let n = 2; n <= 40; n++) {
      const half = Math.floor(n / 2)
      const extreme = Array.from({ length: n }, (_, i) => (i <= half ? 0 : i === n - 1 ? 1 : 1 / (half + 2)))
      const lonely = Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0))
      // Shiffler's (N - 1) / sqrt(N), with the deviation of a sample.
      const shiffler = ((n - 1) / Math.sqrt(n)) * Math.sqrt(n / (n - 1))
      expect(greatestDeviation(n, 'mean', 'std')).toBeCloseTo(shiffler, 12)
      expect(deviationOf(lonely, 'mean')).toBeCloseTo(shiffler, 9)
      if (n > 2) expect(deviationOf(extreme, 'median')).toBeCloseTo(greatestDeviation(n, 'median', 'std'), 9)
      for (let trial = 0; trial < 300; trial++) {
        const values = Array.from({ length: n }, () => random.uniform() ** (1 + (trial % 6)))
        if (trial % 3 === 0) values[0] = 1 + 20 * random.uniform()
        for (const center of ['mean', 'median'] as const)
          expect(deviationOf(values, center)).toBeLessThanOrEqual(greatestDeviation(n, center, 'std') + 1e-9)
      }
    }
  })

  it('five plain sigmas about the median reject nothing of 23 frames: the bias masters of the course', () => {
    const rule = { method: 'mean', rejection: 'sigma-clip', low: 5, high: 5, center: 'median' } as const
    expect(canRejectOne(12, { ...rule, deviation: 'std' })).toMatchObject({
      low: false,
      high: false,
      framesNeeded: 24,
    })
    expect(canRejectOne(23, { ...rule, deviation: 'std' }).high).toBe(false)
    expect(canRejectOne(24, { ...rule, deviation: 'std' }).high).toBe(true)
    expect(canRejectOne(12, { ...rule, deviation: 'mad' })).toMatchObject({ high: true, framesNeeded: 3 })
    // About the mean: sqrt(N - 1) > 3 from 11 frames on.
    const mean = { ...rule, low: 3, high: 3, center: 'mean', deviation: 'std' } as const
    expect(canRejectOne(10, mean).framesNeeded).toBe(11)
    expect(canRejectOne(12, { ...mean, low: 4 })).toMatchObject({ low: false, high: true, framesNeeded: 18 })
  })

  it('where all others are equal the median deviation says nothing, and the bound of the standard deviation holds', () => {
    const mad = { method: 'mean', rejection: 'sigma-clip', center: 'median', deviation: 'mad' } as const
    for (const frames of [5, 8, 9, 10, 20]) {
      const strips = Array.from({ length: frames }, (_, i) => Float32Array.of(i === 0 ? 5000 : 100))
      const { data } = combineFrames(strips, mad)
      // Alone among equals a value is N / sqrt(N - 1) off, a little less than the bound.
      expect(data[0] === 100).toBe(frames / Math.sqrt(frames - 1) > 3)
      if (data[0] === 100) expect(canRejectOne(frames, { ...mad, deviation: 'std' }).high).toBe(true)
    }
  })

  it('is what combining does with a cosmic ray of a million (seed ray)', () => {
    const random = createRandom('ray')
    const rules = [
      { method: 'mean', rejection: 'none' },
      { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3, center: 'mean', deviation: 'std' },
      { method: 'mean', rejection: 'sigma-clip', low: 2, high: 2, center: 'median', deviation: 'std' },
      { method: 'mean', rejection: 'sigma-clip', low: 5, high: 5, center: 'median', deviation: 'std' },
      { method: 'mean', rejection: 'sigma-clip', low: 5, high: 5, center: 'median', deviation: 'mad' },
      { method: 'mean', rejection: 'winsorized', low: 3, high: 3 },
      { method: 'mean', rejection: 'min-max', low: 0, high: 1 },
      { method: 'mean', rejection: 'percentile', low: 0, high: 10 },
    ] as const
    for (const combine of rules) {
      for (const frames of [2, 3, 4, 5, 6, 10, 11, 12, 23, 25, 30]) {
        const strips = Array.from({ length: frames }, (_, i) =>
          Float32Array.from({ length: 40 }, () => 1000 + 5 * random.normal() + (i === 0 ? 1e6 : 0)),
        )
        const { data } = combineFrames(strips, combine)
        // With MAD of three or four values a bit of luck is needed, but a ray of a million is always beyond it.
        const clean = data.filter((value) => value < 1100).length
        const { high } = canRejectOne(frames, combine)
        expect({ combine, frames, clean }).toEqual({ combine, frames, clean: high ? 40 : 0 })
      }
    }
  })
})
