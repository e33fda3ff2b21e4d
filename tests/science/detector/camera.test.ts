import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createRatioBlocks } from '../../../web/science/detector/block-ratio'
import { fitDarkTemperature } from '../../../web/science/detector/dark-temperature'
import { countOverHeights, keepSmaller } from '../../../web/science/detector/hot-pixel-counts'
import { fitLevelLine } from '../../../web/science/detector/level-line'
import { fitLinearity } from '../../../web/science/detector/linearity'
import { createHalves, predictMeanNoise } from '../../../web/science/detector/mean-noise'
import { measureTypicalLevel } from '../../../web/science/detector/typical-level'
import { createRandom } from '../../../web/science/math/random'

const { temperatures } = JSON.parse(readFileSync('tests/golden/detector/camera.json', 'utf8')) as {
  temperatures: {
    points: { temperature: number; rate: number; error: number }[]
    doubling: [number, number]
    energy: [number, number]
  }
}

describe('the level of a usual pixel', () => {
  it('is read between whole ADU, and warm pixels do not pull it (seed warm)', () => {
    const random = createRandom('warm')
    for (const truth of [12.1, 12.5, 12.85]) {
      const values = Float32Array.from({ length: 40_000 }, (_, pixel) =>
        Math.round(truth + 7 * random.normal() + (pixel % 100 === 0 ? 500 : 0)),
      )
      const { value, error } = measureTypicalLevel(values)
      // One pixel in a hundred is hot: that moves the middle by 0.0125 sigma.
      expect(Math.abs(value - truth - 0.0125 * 7)).toBeLessThan(4 * error)
    }
  })

  it('is the median where values are no steps', () => {
    expect(measureTypicalLevel([1.5, 2.25, 9, 3.125, NaN, 0.5]).value).toBe(2.25)
    expect(measureTypicalLevel([]).value).toBeNaN()
  })
})

describe('dark current', () => {
  it('is the slope of the ramp; what scatters by more than its errors widens them', () => {
    const points = [0, 10, 60, 300].map((x) => ({ x, level: 3 + 0.25 * x, error: 0.1 }))
    expect(fitLevelLine(points)?.slope.value).toBeCloseTo(0.25, 12)
    const rough = points.map((point, index) => ({
      ...point,
      level: point.level + (index % 2 === 0 ? 1 : -1),
    }))
    const [even, uneven] = [fitLevelLine(points), fitLevelLine(rough)]
    expect(uneven?.widened).toBeGreaterThan(5)
    expect((uneven?.slope.error ?? 0) / (even?.slope.error ?? 1)).toBeCloseTo(uneven?.widened ?? 0, 9)
    expect(fitLevelLine(points.slice(0, 1))).toBeNull()
  })

  it('grows with temperature as numpy finds it', () => {
    const fit = fitDarkTemperature(temperatures.points)
    expect(fit?.doubling.value).toBeCloseTo(temperatures.doubling[0], 8)
    expect(fit?.doubling.error).toBeCloseTo(temperatures.doubling[1], 8)
    expect(fit?.energy.value).toBeCloseTo(temperatures.energy[0], 8)
    expect(fit?.energy.error).toBeCloseTo(temperatures.energy[1], 8)
    expect(fitDarkTemperature(temperatures.points.slice(0, 1))).toBeNull()
  })
})

describe('hot pixels', () => {
  it('are hot in both frames; what one frame alone has is a cosmic ray', () => {
    const first = Float32Array.from([1, 50, 9, 200])
    keepSmaller(first, [1, 60, 9, 3])
    expect(countOverHeights(first, 1, [2, 10, 100])).toEqual([2, 1, 0])
  })
})

describe('linearity', () => {
  it('finds the shutter delay of a straight camera, and the bend of another', () => {
    const straight = [1, 2, 5, 10].map((exposure) => ({
      exposure,
      level: 1000 * (exposure + 0.05),
      levelError: 1,
    }))
    const fit = fitLinearity(straight)
    expect(fit?.rate.value).toBeCloseTo(1000, 8)
    expect(fit?.shutterDelay.value).toBeCloseTo(0.05, 8)
    expect(Math.abs(fit?.largest.value ?? 1)).toBeLessThan(1e-9)
    const bent = straight.map((point) => ({ ...point, level: point.level * (1 - 4e-6 * point.level) }))
    expect(fitLinearity(bent)?.scatter).toBeGreaterThan(0.2)
    expect(fitLinearity(straight.slice(0, 2))).toBeNull()
  })

  it('takes how much flats of one exposure differ for the unrest of the lamp', () => {
    const points = [1, 1, 2, 2, 4, 4].map((exposure, index) => ({
      exposure,
      level: 1000 * exposure * (index % 2 === 0 ? 1.01 : 0.99),
      levelError: 0.1,
    }))
    expect(fitLinearity(points)?.largest.error).toBeCloseTo(Math.SQRT2, 1)
  })
})

describe('the noise of a mean', () => {
  it('is what read noise and gain predict (seed mean), however the frames are patterned', () => {
    const random = createRandom('mean')
    const pattern = Float64Array.from({ length: 10_000 }, () => 30 * random.normal())
    for (const frames of [2, 3, 7]) {
      const halves = createHalves(pattern.length)
      for (let frame = 0; frame < frames; frame++)
        halves.add(pattern.map((value) => 100 + value + random.poisson(400) / 2 + 5 * random.normal()))
      const measured = halves.measure()
      const predicted = predictMeanNoise(frames, 200, { value: 5, error: 0.1 }, { value: 2, error: 0.02 })
      expect(predicted.value).toBeCloseTo(Math.sqrt((25 + 100) / frames), 9)
      expect(Math.abs((measured?.noise.value ?? 0) - predicted.value)).toBeLessThan(
        4 * (measured?.noise.error ?? 0),
      )
      expect(measured?.deviation).toBeGreaterThan(25)
    }
    expect(createHalves(4).measure()).toBeNull()
  })
})

describe('a map of one flat over another', () => {
  it('shows what changed block by block, whatever strips the rows come in (seed blocks)', () => {
    const random = createRandom('blocks')
    const size = { width: 50, height: 30, block: 20 }
    const other = Float64Array.from({ length: 1500 }, () => 1100 + 10 * random.normal())
    const first = other.map((value, pixel) => 100 + (value - 100) * (pixel % 50 < 20 ? 1.5 : 1))
    const inStrips = (step: number) => {
      const blocks = createRatioBlocks(size, [100, 100])
      for (let top = 0; top < 30; top += step)
        blocks.addRows(
          top,
          first.subarray(top * 50, (top + step) * 50),
          other.subarray(top * 50, (top + step) * 50),
        )
      return blocks.finish()
    }
    const whole = inStrips(30)
    expect([whole.columns, whole.rows]).toEqual([3, 2])
    expect([...whole.ratio].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1.5, 1, 1, 1.5, 1, 1])
    expect(whole.median).toBeCloseTo(1, 9)
    expect(whole.span).toBeCloseTo(0.5, 6)
    for (const step of [1, 7]) expect(inStrips(step)).toEqual(whole)
  })
})
