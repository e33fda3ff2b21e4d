import { describe, expect, it } from 'vitest'
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
  subtractMaster,
  type CalibrationPlanes,
} from '../../../web/science/calibration/calibration-planes'
import { calibratePixels } from '../../../web/science/calibration/calibrate-pixels'
import { combineFrames } from '../../../web/science/calibration/combine-frames'
import { combinePlanes } from '../../../web/science/calibration/combine-planes'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/calibration/ccdproc-chain.json'
import { drawLcg, makePlane } from './lcg-frames'

import { close, expectCombination, expectPlanes, plain } from './expect-planes'

const noise = (seed: number, [width, height]: readonly [number, number], level: number, spread: number) => {
  const draw = drawLcg(seed)
  return makePlane(width, height, () => level + spread * (draw() + draw() - 1))
}
const spots = (seed: number, [width, height]: readonly [number, number], part: number): Uint8Array => {
  const draw = drawLcg(seed)
  return Uint8Array.from(makePlane(width, height, () => (draw() < part ? 1 : 0)))
}

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
