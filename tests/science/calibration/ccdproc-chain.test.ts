import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { maskValue } from '../../../web/core/pixel-mask'
import { parsePixelSection } from '../../../web/core/pixel-section'
import {
  runCalibrationChain,
  type CalibrationChain,
} from '../../../web/science/calibration/calibration-chain'
import {
  correctFlat,
  correctGain,
  createDeviation,
  subtractMaster,
  subtractOverscan,
  trimImage,
  type CalibrationPlanes,
} from '../../../web/science/calibration/calibration-planes'
import { calibratePixels } from '../../../web/science/calibration/calibrate-pixels'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { combinePlanes } from '../../../web/science/calibration/combine-planes'
import { createRandom } from '../../../web/science/math/random'
import { median } from '../../../web/science/math/median'
import { requireShared } from '../../support/shared-data'
import { readGzippedImage } from '../../support/read-gzipped-image'
import golden from '../../golden/calibration/ccdproc-chain.json'
import { drawLcg, makePlane } from './lcg-frames'

interface Numbers {
  readonly sum: number
  readonly finite: number
  readonly picked: readonly (number | null)[]
}
interface Summary {
  readonly width: number
  readonly height: number
  readonly data: Numbers
  readonly uncertainty: Numbers | null
  readonly masked: number
  readonly places: number
}

const close = (found: number, wanted: number, scale = Math.abs(wanted)): boolean =>
  Math.abs(found - wanted) <= 1e-6 * scale

const expectNumbers = (values: Float64Array, wanted: Numbers, name: string): void => {
  let [finite, sum, size] = [0, 0, 0]
  for (const value of values) {
    if (value - value !== 0) continue
    finite++
    sum += value
    size += Math.abs(value)
  }
  expect({ name, finite }).toEqual({ name, finite: wanted.finite })
  expect({ name, sum, close: close(sum, wanted.sum, size) }).toEqual({ name, sum, close: true })
  const draw = drawLcg(values.length)
  for (const value of wanted.picked) {
    const found = values[Math.floor(draw() * values.length)]!
    const alike = value === null ? !Number.isFinite(found) : close(found, value)
    expect({ name, found, value, alike }).toEqual({ name, found, value, alike: true })
  }
}

const expectPlanes = (planes: CalibrationPlanes, wanted: Summary, name: string): void => {
  expect([planes.width, planes.height]).toEqual([wanted.width, wanted.height])
  expectNumbers(planes.data, wanted.data, `${name}: data`)
  expect(planes.uncertainty === null).toBe(wanted.uncertainty === null)
  if (wanted.uncertainty !== null)
    expectNumbers(planes.uncertainty!, wanted.uncertainty, `${name}: uncertainty`)
  let [masked, places] = [0, 0]
  planes.mask.forEach((value, i) => {
    if (value === 0) return
    masked++
    places += i
  })
  expect({ name, masked, places }).toEqual({ name, masked: wanted.masked, places: wanted.places })
}

const noise = (seed: number, [width, height]: readonly [number, number], level: number, spread: number) => {
  const draw = drawLcg(seed)
  return makePlane(width, height, () => level + spread * (draw() + draw() - 1))
}
const spots = (seed: number, [width, height]: readonly [number, number], part: number): Uint8Array => {
  const draw = drawLcg(seed)
  return Uint8Array.from(makePlane(width, height, () => (draw() < part ? 1 : 0)))
}
const plain = (data: Float64Array, [width, height]: readonly [number, number]): CalibrationPlanes => ({
  width,
  height,
  data,
  uncertainty: null,
  mask: new Uint8Array(data.length),
})

describe(`a frame with error and mask through every step, as ccdproc ${golden.versions.ccdproc} does it`, () => {
  const whole = [60, 50] as const
  const inner = [52, 50] as const
  const master = (seed: number, [level, spread, error, part]: readonly [number, number, number, number]) => ({
    ...plain(noise(seed, inner, level, spread), inner),
    uncertainty: noise(seed + 200, inner, error, error / 2),
    mask: spots(seed + 100, inner, part),
  })
  const makeRaw = (): CalibrationPlanes => {
    const data = noise(1, whole, 1400, 900)
    const strip = noise(2, [8, 50], 700, 15)
    for (let y = 0; y < 50; y++) data.set(strip.subarray(8 * y, 8 * y + 8), 60 * y + 52)
    return { ...plain(data, whole), mask: spots(3, whole, 0.02) }
  }

  it.each(golden.synthetic)(
    'overscan by $method and $model, gain first: $gainFirst, negative counts: $negative',
    ({ model, method, gainFirst, masked, negative, steps }) => {
      const masters = {
        bias: master(11, [20, 4, 1, 0.01]),
        dark: master(12, [60, 30, 2, 0.02]),
        flat: master(13, [30_000, 9000, 80, 0.02]),
      }
      masters.flat.data[7 * 52 + 9] = 100
      if (!masked) for (const one of Object.values(masters)) one.mask.fill(0)
      const gain = 1.7
      const [bias, dark] = [masters.bias, masters.dark].map((one) =>
        gainFirst ? correctGain(one, gain) : one,
      )
      const chain: CalibrationChain = {
        overscan: {
          section: parsePixelSection('[53:60,1:50]')!,
          axis: 'rows',
          method: method as 'median' | 'mean',
          model: model === null ? null : { basis: model as 'legendre', degree: model === 'legendre' ? 3 : 4 },
        },
        trim: parsePixelSection('[1:52,1:50]')!,
        deviation: { gain, readNoise: 9, negative: negative as 'nan' },
        badPixels: spots(4, inner, 0.03),
        gain: { value: gain, first: gainFirst },
        bias,
        dark: { master: dark!, factor: 90 / 40 },
        flat: {
          master: masters.flat,
          minimum: gainFirst ? 2000 : undefined,
          level: masked ? undefined : 29_000,
        },
      }
      // The chain cut short after each step: whatever comes later is left out.
      const parts: Record<string, (keyof CalibrationChain)[]> = {
        overscan: ['overscan'],
        trim: ['trim'],
        deviation: ['deviation'],
        'bad-pixels': ['badPixels'],
        gain: ['gain'],
        bias: ['bias'],
        dark: ['dark'],
        flat: ['flat'],
      }
      const taken: (keyof CalibrationChain)[] = []
      for (const step of steps) {
        taken.push(...parts[step.step]!)
        const short = Object.fromEntries(taken.map((key) => [key, chain[key]])) as CalibrationChain
        expectPlanes(runCalibrationChain(makeRaw(), short), step, step.step)
      }
      expect(taken).toHaveLength(8)
    },
  )

  it('the fast pixels agree with it to the last bits of f32 (seed fused)', () => {
    const random = createRandom('fused')
    const size = [40, 30] as const
    const draw = (level: number, spread: number) =>
      Float32Array.from({ length: 1200 }, () => level + spread * random.uniform())
    const pixels = {
      raw: draw(-20, 40_000),
      bias: draw(300, 40),
      dark: draw(20, 60),
      flat: draw(0.4, 1.2),
      biasUncertainty: draw(1, 3),
      darkUncertainty: draw(1, 3),
      flatUncertainty: draw(0.001, 0.01),
    }
    const output = { data: new Float32Array(1200), uncertainty: new Float32Array(1200) }
    calibratePixels(pixels, { biasFactor: 1, darkFactor: 1.5, gain: 1.7, readNoise: 9 }, output)
    const planesOf = (data: Float32Array, error?: Float32Array): CalibrationPlanes => ({
      ...plain(Float64Array.from(data), size),
      uncertainty: error === undefined ? null : Float64Array.from(error),
    })
    const slow = runCalibrationChain(planesOf(pixels.raw), {
      deviation: { gain: 1.7, readNoise: 9, negative: 'read-noise' },
      bias: planesOf(pixels.bias, pixels.biasUncertainty),
      dark: { master: planesOf(pixels.dark, pixels.darkUncertainty), factor: 1.5 },
      flat: { master: planesOf(pixels.flat, pixels.flatUncertainty), level: 1 },
      gain: { value: 1.7, first: false },
    })
    output.data.forEach((value, i) => expect(close(value, slow.data[i]!)).toBe(true))
    output.uncertainty.forEach((value, i) => expect(close(value, slow.uncertainty![i]!)).toBe(true))
  })

  it('flags what is saturated and what is beyond the linear range, and corrects between bias and dark', () => {
    const raw = plain(Float64Array.of(65_535, 40_100, 20_100, 90), [4, 1])
    const chain = {
      saturation: 65_535,
      bias: plain(new Float64Array(4).fill(100), [4, 1]),
      linearity: { coefficients: [1e-6], limit: 45_000 },
      dark: { master: plain(new Float64Array(4).fill(10), [4, 1]), factor: 2 },
    }
    const { data, mask } = runCalibrationChain(raw, chain)
    expect([...mask]).toEqual([maskValue('saturated') | maskValue('not-linear'), 0, 0, 0])
    expect(data[1]).toBeCloseTo(40_000 * 1.04 - 20, 9)
    expect(data[2]).toBeCloseTo(20_000 * 1.02 - 20, 9)
    expect(data[3]).toBe(-30)
    expect([...raw.mask]).toEqual([0, 0, 0, 0])
  })

  it('a master of another size is refused in words', () => {
    const small = plain(new Float64Array(2), [2, 1])
    expect(() => subtractMaster(makeRaw(), small)).toThrow(/2 x 1 pixels and the frame 60 x 50/)
    expect(() => correctFlat(makeRaw(), small)).toThrow(/flat has 2 x 1/)
  })
})

interface CombineCase extends Summary {
  readonly combine: object
  readonly scales: readonly number[] | null
  readonly weights: readonly number[] | null
  readonly counts: number
  readonly countPlaces: number
}

const expectCombination = (frames: readonly CalibrationPlanes[], wanted: CombineCase): void => {
  const combine = wanted.combine as Combine
  const result = combinePlanes({
    frames,
    combine,
    scales: wanted.scales ?? undefined,
    weights: wanted.weights ?? undefined,
  })
  const name = JSON.stringify({ ...combine, scaled: wanted.scales !== null })
  expectPlanes(result, wanted, name)
  const counts = result.count.reduce((sum, count) => sum + count, 0)
  const places = result.count.reduce((sum, count, i) => sum + count * i, 0)
  expect({ name, counts, places }).toEqual({ name, counts: wanted.counts, places: wanted.countPlaces })
}

describe(`every way of combining as ccdproc ${golden.versions.ccdproc} does it`, () => {
  const size = [30, 20] as const
  const makeStack = (masked: boolean): CalibrationPlanes[] =>
    Array.from({ length: 9 }, (_, i) => {
      const data = noise(50 + i, size, 1000 + 3 * i, 40)
      spots(70 + i, size, 0.05).forEach((hit, pixel) => {
        data[pixel] = data[pixel]! + 700 * hit
      })
      const mask = masked ? spots(90 + i, size, 0.08) : new Uint8Array(600)
      if (masked) mask[4 * 30 + 4] = 1
      return { ...plain(data, size), mask }
    })

  it.each(golden.stack.plain)('$combine, scaled by $scales', (wanted) => {
    expectCombination(makeStack(false), wanted)
  })

  it.each(golden.stack.masked)('with masks: $combine, scaled by $scales', (wanted) => {
    expectCombination(makeStack(true), wanted)
  })

  it('combineFrames gives the same but for what is said to be different (seed both)', () => {
    const random = createRandom('both')
    const strips = Array.from({ length: 9 }, () =>
      Float32Array.from(
        { length: 600 },
        () => 1000 + 15 * random.normal() + (random.uniform() < 0.05 ? 900 : 0),
      ),
    )
    const frames = strips.map((strip) => plain(Float64Array.from(strip), size))
    const clips = [
      { rejection: 'none' },
      { rejection: 'sigma-clip', low: 2, high: 2.2, center: 'mean', deviation: 'std', iterations: 1 },
      { rejection: 'sigma-clip', low: 4, high: 4, center: 'median', deviation: 'mad', iterations: 1 },
      { rejection: 'min-max', low: 1, high: 2 },
    ] as const
    for (const clip of clips) {
      for (const method of ['mean', 'median', 'sum'] as const) {
        const combine: Combine = { method, ...clip }
        const fast = combineFrames(strips, combine)
        const slow = combinePlanes({ frames, combine })
        expect(Array.from(fast.count)).toEqual(Array.from(slow.count))
        fast.data.forEach((value, i) => {
          const n = slow.count[i]!
          expect(close(value, slow.data[i]! * (method === 'sum' ? 9 / n : 1))).toBe(true)
          if (method === 'median' || clip.rejection === 'min-max') return
          const factor = Math.sqrt(n / (n - 1)) * (method === 'sum' ? 9 / n : 1)
          expect(close(fast.uncertainty[i]!, slow.uncertainty[i]! * factor)).toBe(true)
        })
      }
    }
  })

  it('has no rule where ccdproc has none', () => {
    const frames = makeStack(false)
    expect(() => combinePlanes({ frames, combine: { method: 'mean', rejection: 'winsorized' } })).toThrow(
      /no rejection/,
    )
    expect(() => combinePlanes({ frames: [], combine: { method: 'mean', rejection: 'none' } })).toThrow(
      /no frame/,
    )
  })
})

describe.each(golden.real)(`real frames of $set against ccdproc ${golden.versions.ccdproc}`, (recipe) => {
  const folder = requireShared(recipe.set)
  const read = (name: string): CalibrationPlanes => {
    const { width, height, data } = readGzippedImage(join(folder!, `${name}.gz`))
    return plain(Float64Array.from(data), [width, height])
  }

  test.skipIf(folder === null)('every step of masters and light', () => {
    const steps = new Map<string, Summary>(recipe.steps.map((step) => [step.step, step]))
    const record = (name: string, planes: CalibrationPlanes): CalibrationPlanes => {
      expectPlanes(planes, steps.get(name)!, name)
      steps.delete(name)
      return planes
    }
    const prepare = (name: string): CalibrationPlanes => {
      let frame = read(name)
      if (recipe.overscan !== null)
        frame = subtractOverscan(frame, parsePixelSection(recipe.overscan)!, {
          axis: 'rows',
          method: 'median',
          model: { basis: 'chebyshev', degree: 2 },
        })
      return recipe.trim === null ? frame : trimImage(frame, parsePixelSection(recipe.trim)!)
    }
    const stack = (frames: CalibrationPlanes[], method: 'mean' | 'median', scales?: number[]) =>
      combinePlanes({ frames, combine: { method, rejection: 'none' }, scales })

    const [darkTime, flatTime, lightTime] = recipe.exposures as [number, number, number]
    const bias =
      recipe.bias.length === 0 ? undefined : record('master-bias', stack(recipe.bias.map(prepare), 'median'))
    const withoutBias = (frame: CalibrationPlanes) =>
      bias === undefined ? frame : subtractMaster(frame, bias)
    const dark = record(
      'master-dark',
      stack(
        recipe.dark.map((name) => withoutBias(prepare(name))),
        'mean',
      ),
    )
    const flats = recipe.flat.map((name) =>
      subtractMaster(withoutBias(prepare(name)), dark, flatTime / darkTime),
    )
    const scales = flats.map(({ data }) => 1 / median(data))
    const flat = record('master-flat', stack(flats, 'median', scales))

    const prepared = record('prepared', prepare(recipe.light))
    const { gain, readNoise, gainFirst } = recipe
    record('deviation', createDeviation(prepared, { gain, readNoise, negative: 'read-noise' }))
    const badPixels = Uint8Array.from(dark.data, (value) => (value > recipe.badAbove ? 1 : 0))
    const inElectrons = (master: CalibrationPlanes) => (gainFirst ? correctGain(master, gain) : master)
    const chain: CalibrationChain = {
      deviation: { gain, readNoise, negative: 'read-noise' },
      badPixels,
      gain: { value: gain, first: gainFirst },
      bias: bias === undefined ? undefined : inElectrons(bias),
      dark: { master: inElectrons(dark), factor: lightTime / darkTime },
      flat: { master: flat, minimum: 0.05 },
    }
    // One step after the other, and then the chain at one go.
    let frame: CalibrationPlanes = {
      ...createDeviation(prepared, { gain, readNoise, negative: 'read-noise' }),
      mask: badPixels,
    }
    if (gainFirst) frame = record('gain', correctGain(frame, gain))
    if (chain.bias !== undefined) frame = record('bias', subtractMaster(frame, chain.bias))
    frame = record('dark', subtractMaster(frame, chain.dark!.master, chain.dark!.factor))
    frame = record('flat', correctFlat(frame, flat, { minimum: 0.05 }))
    if (!gainFirst) frame = record('gain', correctGain(frame, gain))
    const whole = runCalibrationChain(prepared, chain)
    expect(whole.data).toEqual(frame.data)
    expect(whole.uncertainty).toEqual(frame.uncertainty)
    expect([...steps.keys()]).toEqual([])
  })

  test.skipIf(folder === null)('every way of combining a window of $stacked', () => {
    const [left, top, width, height] = recipe.window as [number, number, number, number]
    const section = { x: [left, left + width], y: [top, top + height] } as const
    const frames = recipe.stacked.map((name) => trimImage(read(name), section))
    expect(recipe.combinations.length).toBeGreaterThan(40)
    for (const wanted of recipe.combinations) expectCombination(frames, wanted)
  })
})
