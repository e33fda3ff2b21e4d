import { describe, expect, it } from 'vitest'
import {
  findExtremes,
  findPercentileCuts,
  findSkyCuts,
  findZscaleCuts,
  MOST_SAMPLES,
} from '../../web/render/cuts'
import { buildHistogram } from '../../web/render/histogram'
import golden from '../golden/render/cuts.json'

/** The same numbers as the generator beside the golden makes. */
const sky = (seed: number, count = 97 * 61): Float32Array => {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    let total = 0
    for (let i = 0; i < 4; i++) {
      state = (Math.imul(1664525, state) + 1013904223) >>> 0
      total += state >>> 24
    }
    return total
  })
}

const withStars = (values: Float32Array): Float32Array =>
  values.map((value, i) => value + (i % 37 === 0 ? 3000 : 0) + (i % 211 === 0 ? 20000 : 0))

const withBlanks = (values: Float32Array): Float32Array =>
  values.map((value, i) => (i === 3 ? Infinity : i % 5 === 0 ? Number.NaN : value))

const IMAGES: Record<string, Float32Array> = {
  sky: sky(1),
  stars: withStars(sky(2)),
  blanks: withBlanks(withStars(sky(3))),
  small: sky(4, 40),
  flat: new Float32Array(500).fill(12),
  'half-stars': Float32Array.from({ length: 4000 }, (_, i) => (i % 5 < 2 ? i * 7 : 100)),
}

describe('cuts as astropy finds them', () => {
  it.each(golden.cuts)('zscale of $name', ({ name, zscale }) => {
    const { low, high } = findZscaleCuts(IMAGES[name] ?? new Float32Array())
    expect(low).toBeCloseTo(zscale[0] ?? Number.NaN, 4)
    expect(high).toBeCloseTo(zscale[1] ?? Number.NaN, 4)
  })

  it.each(golden.cuts)('the middle 99.5 % of $name', ({ name, percentile }) => {
    const { low, high } = findPercentileCuts(IMAGES[name] ?? new Float32Array(), 99.5)
    expect(low).toBeCloseTo(percentile[0] ?? Number.NaN, 3)
    expect(high).toBeCloseTo(percentile[1] ?? Number.NaN, 3)
  })
})

describe('cuts of awkward frames', () => {
  it('looks at every pixel for the extremes and passes over what is not finite', () => {
    const data = sky(5)
    data[777] = -3
    data[4000] = 99_999
    data[5] = Infinity
    data[6] = Number.NaN
    expect(findExtremes(data)).toEqual({ low: -3, high: 99_999 })
  })

  it('gives 0 to 1 for a frame without a single value', () => {
    const nothing = new Float32Array(100).fill(Number.NaN)
    for (const find of [
      findExtremes,
      findSkyCuts,
      findZscaleCuts,
      (data: Float32Array) => findPercentileCuts(data, 99),
    ]) {
      expect(find(nothing)).toEqual({ low: 0, high: 1 })
    }
    expect(buildHistogram(nothing, 10)).toBeNull()
  })

  it('begins just below the sky and makes the brightest 0.3 % white', () => {
    const data = withStars(sky(7))
    const { low, high } = findSkyCuts(data)
    const sorted = [...data].sort((a, b) => a - b)
    const middle = sorted[data.length >> 1] ?? 0
    expect(low).toBeLessThan(middle)
    expect(data.filter((value) => value < low).length / data.length).toBeGreaterThan(0.2)
    expect(data.filter((value) => value > high).length / data.length).toBeCloseTo(0.003, 3)
    expect(findSkyCuts(new Float32Array(50).fill(7))).toEqual({ low: 7, high: 7 })
  })

  it('samples a big frame evenly: percentiles of a ramp come out within a sample', () => {
    const length = 3 * MOST_SAMPLES + 17
    const ramp = Float32Array.from({ length }, (_, i) => i)
    const { low, high } = findPercentileCuts(ramp, 90)
    expect(Math.abs(low / length - 0.05)).toBeLessThan(1e-5)
    expect(Math.abs(high / length - 0.95)).toBeLessThan(1e-5)
  })
})

describe('histogram', () => {
  it('counts each pixel that lies within its range once', () => {
    const data = withStars(sky(6))
    const histogram = buildHistogram(data, 64)
    const within = data.filter((value) => value >= (histogram?.low ?? 0) && value <= (histogram?.high ?? 0))
    expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(within.length)
    expect(histogram?.sampled).toBe(data.length)
    expect(within.length).toBeGreaterThan(0.95 * data.length)
  })
})
