import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Image } from '../../../web/core/image'
import { findBadPixels } from '../../../web/science/calibration/bad-pixels'
import { calibrateFrame, calibrateImage, planDark } from '../../../web/science/calibration/calibrate-frame'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import {
  centralRegion,
  flatScale,
  normaliseFlat,
  regionMedian,
} from '../../../web/science/calibration/scale-flat'
import { createRandom } from '../../../web/science/math/random'
import { requireShared } from '../../support/shared-data'
import golden from '../../golden/calibration/real-frames.json'
import { readPlainFits } from './read-plain-fits'

const image = (width: number, values: readonly number[]): Image => ({
  width,
  height: values.length / width,
  data: Float32Array.from(values),
})
const filled = (value: number): Image => image(2, [value, value, value, value])

describe('calibrateFrame', () => {
  const raw = image(2, [1000, 2000, 3000, 4000])
  const bias = filled(100)
  const flat = image(2, [1, 2, 0.5, 0.05])

  it('takes off bias and scaled dark, divides by the flat, and gives no value where the flat has none', () => {
    const dark = { image: filled(60), exposure: 120, biasSubtracted: true }
    const result = calibrateFrame(raw, { bias, dark, flat }, { exposure: 60, darkScaling: true })
    expect([...result.image.data]).toEqual([870, 935, 5740, Number.NaN])
    expect(result.withoutResponse).toBe(1)
    expect(result.plan).toEqual({
      subtractBias: true,
      subtractDark: true,
      darkFactor: 0.5,
      note: 'scaled-by-exposure',
    })
  })

  it('a dark that still holds the bias: the bias is taken off once, scaled or not', () => {
    const dark = { image: filled(160), exposure: 120, biasSubtracted: false }
    const matched = calibrateFrame(raw, { bias, dark }, { exposure: 120, darkScaling: true })
    expect([...matched.image.data]).toEqual([840, 1840, 2840, 3840])
    const scaled = calibrateFrame(raw, { bias, dark }, { exposure: 60, darkScaling: true })
    expect([...scaled.image.data]).toEqual([870, 1870, 2870, 3870])
  })

  it('refuses to scale a dark with the bias in it, and says why', () => {
    const dark = { image: filled(160), exposure: 120, biasSubtracted: false }
    const result = calibrateFrame(raw, { dark }, { exposure: 60, darkScaling: true })
    expect(result.plan.note).toBe('refused-bias-in-dark')
    expect([...result.image.data]).toEqual([1000, 2000, 3000, 4000])
  })

  it('names every other reason', () => {
    const dark = { image: filled(60), exposure: 120, biasSubtracted: true }
    const note = (
      exposure: number | null,
      darkScaling: boolean,
      of: typeof dark | { exposure: null } = dark,
    ) => planDark({ bias, dark: { ...dark, ...of } }, { exposure, darkScaling }).note
    expect(note(120.004, false)).toBe('same-exposure')
    expect(note(60, false)).toBe('refused-scaling-off')
    expect(note(null, true)).toBe('refused-exposure-unknown')
    expect(note(60, true, { exposure: null })).toBe('refused-exposure-unknown')
    expect(planDark({ bias }, { exposure: 60, darkScaling: true }).note).toBe('no-dark')
  })

  it('refuses a master of another shape', () => {
    const call = () =>
      calibrateImage(raw, { bias: image(1, [1, 2, 3, 4]) }, { exposure: 1, darkScaling: false })
    expect(call).toThrowError(expect.objectContaining({ code: 'shape-mismatch' }))
  })

  it('undoes what the camera did (seed camera)', () => {
    const random = createRandom('camera')
    const width = 50
    const make = (draw: () => number): Image => image(width, Array.from({ length: width * 40 }, draw))
    const sky = make(() => 500 + 300 * random.uniform())
    const masters = {
      bias: make(() => 300 + random.normal()),
      dark: { image: make(() => 20 * random.uniform()), exposure: 300, biasSubtracted: true },
      flat: make(() => 0.5 + random.uniform()),
    }
    const seen = {
      ...sky,
      data: sky.data.map(
        (value, i) =>
          value * masters.flat.data[i]! + masters.bias.data[i]! + masters.dark.image.data[i]! * 0.2,
      ),
    }
    const back = calibrateImage(seen, masters, { exposure: 60, darkScaling: true })
    back.data.forEach((value, i) => expect(Math.abs(value / sky.data[i]! - 1)).toBeLessThan(1e-6))
  })
})

describe('flats', () => {
  it('median 1, dead pixels without a value, uncertainty in the same unit', () => {
    const flat = normaliseFlat(
      image(3, [100, 200, 300, 0, 9, -50, 200, 200, Number.NaN]),
      image(3, new Array<number>(9).fill(20)),
    )
    expect(flat?.level).toBe(150)
    expect(flat?.withoutResponse).toBe(3)
    expect(flat?.image.data[3]).toBeNaN()
    expect(flat?.image.data[4]).toBeCloseTo(0.06, 6)
    expect(flat?.uncertainty?.data[0]).toBeCloseTo(20 / 150, 6)
    expect(normaliseFlat(filled(0))).toBeNull()
    expect(flatScale(filled(-5))).toBeNull()
    expect(flatScale(filled(4))).toBe(0.25)
  })

  it('can look at the middle only', () => {
    const frame = image(
      4,
      Array.from({ length: 16 }, (_, i) => (i % 4 === 1 || i % 4 === 2 ? 10 : 1)),
    )
    expect(centralRegion(4, 4)).toEqual({ x: 1, y: 1, width: 2, height: 2 })
    expect(regionMedian(frame, centralRegion(4, 4))).toBe(10)
    expect(regionMedian(frame, { x: 9, y: 0, width: 2, height: 2 })).toBeNaN()
  })
})

describe('bad pixels', () => {
  it('finds every planted hot pixel on a slope with glow and no other (seed hot)', () => {
    const random = createRandom('hot')
    const width = 120
    const data = Float32Array.from(
      { length: width * 90 },
      (_, i) => 5 + 0.1 * (i % width) + 40 * Math.exp(-i / 2000) + random.normal(),
    )
    const planted = [0, 119, 5000, 5001, 7777, 90 * width - 1]
    for (const index of planted) data[index] = data[index]! + 60
    data[3333] = Number.NaN
    data[4444] = data[4444]! - 60
    const found = findBadPixels({ width, height: 90, data }, { low: 7 })
    expect([...found.hot]).toEqual(planted)
    expect([...found.cold]).toEqual([4444])
    expect(found.sigma).toBeGreaterThan(0.9)
    expect(found.sigma).toBeLessThan(1.2)
  })
})

const folder = requireShared('data/suhora_polarimetry')

describe.skipIf(folder === null)('a real night of suhora_polarimetry against numpy', () => {
  it('agrees in sums and in 50 pixels to 1e-6', { timeout: 60_000 }, () => {
    const read = (name: string) => readPlainFits(resolve(folder!, `${name}.fits.gz`))
    const raw = read('ee_cepp1-r20s0012')
    const { width, height } = raw
    const wrap = (data: Float32Array): Image => ({ width, height, data })
    const biases = ['biasn-b0s0006', 'biassu0s0017', 'biassu0s0018'].map((name) => read(name).data)
    const bias = wrap(combineFrames(biases, { method: 'median', rejection: 'none' }).data)
    const options = (exposure: number) => ({ exposure, darkScaling: true })
    const dark = {
      image: calibrateImage(read('darkn-b90s0008'), { bias }, options(90)),
      exposure: 90,
      biasSubtracted: true,
    }
    const flats = ['flatp1-r2s0001', 'flatp1-r2s0002'].map((name) =>
      calibrateImage(read(name), { bias, dark }, options(2)),
    )
    const scales = flats.map((flat) => flatScale(flat)!)
    const combined = combineFrames(
      flats.map((flat) => flat.data),
      { method: 'mean', rejection: 'none' },
      scales,
    )
    const flat = normaliseFlat(wrap(combined.data))!.image
    const light = calibrateImage(raw, { bias, dark, flat }, options(20))
    expect([width, height]).toEqual([golden.width, golden.height])
    let total = 0
    let squares = 0
    let finite = 0
    for (const value of light.data) {
      if (Number.isNaN(value)) continue
      total += value
      squares += value * value
      finite++
    }
    expect(finite).toBe(golden.finite)
    expect(Math.abs(total / golden.sum - 1)).toBeLessThan(1e-7)
    expect(Math.abs(squares / golden.squares - 1)).toBeLessThan(1e-6)
    expect(Math.abs(regionMedian(light) / golden.median - 1)).toBeLessThan(1e-6)
    for (const [x, y, value] of golden.samples) {
      const found = light.data[y! * width + x!]!
      // 1e-6 of the raw level: what is left of a frame after its bias may be near zero.
      expect(Math.abs(found - value!)).toBeLessThan(1e-6 * (Math.abs(value!) + raw.data[y! * width + x!]!))
    }
  })
})
