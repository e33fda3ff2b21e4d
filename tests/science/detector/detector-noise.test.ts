import { describe, expect, it } from 'vitest'
import { compareFlats, divideFlats } from '../../../web/science/detector/compare-flats'
import { countAbove } from '../../../web/science/detector/count-hot-pixels'
import {
  averageEstimates,
  measureLevel,
  measureMedian,
  measurePairGain,
  measurePairNoise,
  measureScatterNoise,
} from '../../../web/science/detector/detector-noise'
import { createRandom } from '../../../web/science/math/random'

const PIXELS = 40_000

/** A frame of a camera of 1.7 electrons per ADU that reads out with 9 electrons: whole ADU, as a file has them. */
const GAIN = 1.7
const READ = 9 / GAIN
const frame = (seed: string, electrons: number, bias = 1000, fixed?: Float64Array): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length: PIXELS }, (_, pixel) => {
    const light = electrons === 0 ? 0 : random.poisson(electrons)
    return Math.round(bias + (fixed?.[pixel] ?? 0) + light / GAIN + READ * random.normal())
  })
}

describe('what pairs of frames say of a camera', () => {
  it('recovers the read noise, whatever is fixed in the frames and however the level drifts (seeds bias-1, bias-2)', () => {
    const random = createRandom('pattern')
    const fixed = Float64Array.from({ length: PIXELS }, () => 40 * random.normal())
    const noise = measurePairNoise(frame('bias-1', 0, 1000, fixed), frame('bias-2', 0, 1012, fixed))
    // Rounding to whole ADU adds 1/12 to the variance of each.
    const expected = Math.sqrt(READ * READ + 1 / 12)
    expect(Math.abs(noise.value - expected)).toBeLessThan(4 * noise.error)
    expect(noise.error / noise.value).toBeCloseTo(1 / Math.sqrt(2 * PIXELS), 4)
  })

  it('is not moved by cosmic rays in one of two', () => {
    const first = frame('bias-3', 0)
    const clean = measurePairNoise(first, frame('bias-4', 0))
    const hit = Float64Array.from(first, (value, pixel) => (pixel % 500 === 7 ? value + 900 : value))
    expect(measurePairNoise(hit, frame('bias-4', 0)).value).toBeCloseTo(clean.value, 1)
  })

  it('agrees with the scatter between the frames of a mean (seeds s0 to s7)', () => {
    const frames = Array.from({ length: 8 }, (_, index) => frame(`s${index}`, 0))
    const errors = Float64Array.from({ length: PIXELS }, (_, pixel) => {
      const values = frames.map((each) => each[pixel] ?? NaN)
      const mean = values.reduce((sum, value) => sum + value, 0) / 8
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      return Math.sqrt(squares / 7 / 8)
    })
    const scatter = measureScatterNoise(errors, 8)
    const pairs = measurePairNoise(frames[0] ?? [], frames[1] ?? [])
    expect(Math.abs(scatter.value - pairs.value)).toBeLessThan(4 * Math.hypot(scatter.error, pairs.error))
  })

  it('recovers the gain from flats that fade, to its error (seeds flat-1, flat-2)', () => {
    const gain = measurePairGain(frame('flat-1', 30_000), frame('flat-2', 22_000), {
      bias: 1000,
      readNoise: Math.sqrt(READ * READ + 1 / 12),
    })
    expect(Math.abs((gain?.value ?? 0) - GAIN)).toBeLessThan(4 * (gain?.error ?? 0))
    expect((gain?.error ?? 1) / GAIN).toBeLessThan(0.01)
  })

  it('gives no gain where there is no light', () => {
    const [first, second] = [frame('bias-5', 0), frame('bias-6', 0)]
    expect(measurePairGain(first, second, { bias: 1100, readNoise: 5 })).toBeNull()
    expect(measurePairGain(first, second, { bias: 900, readNoise: 50 })).toBeNull()
  })

  it('finds a level and its error, and the median of a dark under a tail of warm pixels', () => {
    const level = measureLevel(frame('level', 0))
    expect(Math.abs(level.value - 1000)).toBeLessThan(4 * level.error)
    const warm = frame('dark', 100).map((value, pixel) => (pixel % 40 === 0 ? value + 60 : value))
    const median = measureMedian(warm)
    expect(Math.abs(median.value - 1000 - 100 / GAIN)).toBeLessThan(0.6)
    expect(measureMedian([]).value).toBeNaN()
  })
})

describe('estimates together', () => {
  it('weigh as their errors say, and leave out what is none', () => {
    const mean = averageEstimates([
      { value: 1, error: 1 },
      { value: 3, error: 2 },
      { value: NaN, error: 1 },
    ])
    expect(mean?.value).toBeCloseTo((1 + 3 / 4) / (1 + 1 / 4), 12)
    expect(mean?.error).toBeCloseTo(1 / Math.sqrt(1.25), 12)
    expect(averageEstimates([])).toBeNull()
  })
})

describe('flats of two nights', () => {
  it('over themselves are one, and a mote of dust shows where it is', () => {
    const flat = Float32Array.from({ length: 1000 }, (_, pixel) => 1 + 0.0001 * pixel)
    expect(compareFlats(flat, flat)).toEqual({ median: 1, scatter: 0 })
    const dusty = flat.map((value, pixel) => (pixel === 77 ? 0.9 * value : value))
    const ratio = divideFlats(dusty, flat)
    expect(ratio[77]).toBeCloseTo(0.9, 6)
    expect(ratio[76]).toBe(1)
    expect(divideFlats([1, 1], [0, NaN])).toEqual(Float32Array.of(NaN, NaN))
  })

  it('scatter by the noise of both', () => {
    const random = createRandom('flats')
    const noisy = () => Float32Array.from({ length: PIXELS }, () => 1 + 0.01 * random.normal())
    expect(compareFlats(noisy(), noisy()).scatter).toBeCloseTo(0.01 * Math.SQRT2, 3)
  })
})

it('counts what lies above a threshold, and nothing that is no number', () => {
  expect(countAbove([1, 2, 3, NaN, Infinity, 3], 2)).toBe(3)
})
