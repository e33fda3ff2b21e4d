import { describe, expect, it } from 'vitest'
import {
  calibratePixels,
  type CalibrationFactors,
  type PixelsToCalibrate,
} from '../../../web/science/calibration/calibrate-pixels'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/calibration/uncertainty.json'

const reduce = (pixels: PixelsToCalibrate, factors: CalibrationFactors) => {
  const output = {
    data: new Float32Array(pixels.raw.length),
    uncertainty: new Float32Array(pixels.raw.length),
  }
  calibratePixels(pixels, factors, output)
  return output
}

describe(`uncertainties as ccdproc ${golden.ccdproc} propagates them`, () => {
  const planes = Object.fromEntries(
    Object.entries(golden.planes).map(([name, values]) => [name, Float32Array.from(values)]),
  )
  it.each(golden.cases)('$used, pedestal $pedestal, in electrons: $electrons', (expected) => {
    const { used, gain, readNoise, darkFactor, pedestal, electrons } = expected
    const names = used.flatMap((name) => [name, `${name}Uncertainty`])
    const pixels = Object.fromEntries(['raw', ...names].map((name) => [name, planes[name]!]))
    const found = reduce(pixels as unknown as PixelsToCalibrate, {
      biasFactor: 1,
      darkFactor,
      gain: electrons ? gain : 1,
      noiseGain: gain,
      readNoise,
      pedestal,
    })
    // One rounding to 32 bits.
    found.data.forEach((value, i) => expect(value).toBe(Math.fround(expected.data[i]!)))
    found.uncertainty.forEach((value, i) => {
      const wanted = expected.uncertainty[i]!
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1.2e-7 * wanted)
    })
  })
})

describe('calibratePixels', () => {
  const factors = { biasFactor: 1, darkFactor: 0.3, gain: 1.6, readNoise: 6 }

  it('propagates like derivatives taken by differences (seed differences)', () => {
    const random = createRandom('differences')
    const length = 50
    const draw = (level: number, spread: number) =>
      Float32Array.from({ length }, () => level + spread * random.uniform())
    const pixels = { raw: draw(2000, 9000), bias: draw(300, 50), dark: draw(10, 50), flat: draw(0.5, 1) }
    const errors = { bias: draw(1, 4), dark: draw(1, 4), flat: draw(0.001, 0.01) }
    const { uncertainty } = reduce(
      {
        ...pixels,
        biasUncertainty: errors.bias,
        darkUncertainty: errors.dark,
        flatUncertainty: errors.flat,
      },
      factors,
    )
    const value = (i: number, moved: Partial<Record<keyof typeof pixels, number>>): number => {
      const of = (name: keyof typeof pixels): number => pixels[name][i]! + (moved[name] ?? 0)
      return (1.6 * (of('raw') - of('bias') - 0.3 * of('dark'))) / of('flat')
    }
    for (let i = 0; i < length; i++) {
      const noise = Math.sqrt(1.6 * pixels.raw[i]! + 36) / 1.6
      const sigmas = { raw: noise, bias: errors.bias[i]!, dark: errors.dark[i]!, flat: errors.flat[i]! }
      let variance = 0
      for (const name of ['raw', 'bias', 'dark', 'flat'] as const) {
        const slope = (value(i, { [name]: 1e-4 }) - value(i, { [name]: -1e-4 })) / 2e-4
        variance += (slope * sigmas[name]) ** 2
      }
      expect(Math.abs(uncertainty[i]! / Math.sqrt(variance) - 1)).toBeLessThan(1e-6)
    }
  })

  it('is the scatter of frames that are drawn with that noise (seed photons)', () => {
    const random = createRandom('photons')
    const length = 40_000
    // 5000 electrons on a pedestal of 250 ADU, gain 1.6, read noise 6 electrons.
    const raw = Float32Array.from({ length }, () => {
      const electrons = 5000 + Math.sqrt(5000) * random.normal() + 6 * random.normal()
      return 250 + electrons / 1.6
    })
    const { data, uncertainty } = reduce(
      { raw, bias: new Float32Array(length).fill(250) },
      { ...factors, pedestal: 250 },
    )
    const mean = data.reduce((sum, one) => sum + one, 0) / length
    const scatter = Math.sqrt(data.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (length - 1))
    // The scatter of a scatter of 40 000 is 0.35 %.
    expect(Math.abs(mean - 5000)).toBeLessThan(2)
    expect(Math.abs(scatter / uncertainty[0]! - 1)).toBeLessThan(0.02)
  })

  it('a pixel without a value has no uncertainty either; negative counts have that of reading alone', () => {
    const { data, uncertainty } = reduce(
      {
        raw: Float32Array.of(100, 100, 100, Number.NaN, -20, 100),
        flat: Float32Array.of(1, 0.05, Number.NaN, 1, 1, 1),
        mask: Uint8Array.of(0, 0, 0, 0, 0, 255),
      },
      { biasFactor: 1, darkFactor: 1, gain: 2, readNoise: 8 },
    )
    expect([...data]).toEqual([200, NaN, NaN, NaN, -40, NaN])
    expect([...uncertainty]).toEqual([Math.fround(Math.sqrt(264)), NaN, NaN, NaN, 8, NaN])
  })
})
