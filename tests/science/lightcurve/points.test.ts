import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { flagBit } from '../../../web/core/flags'
import { chooseAperture } from '../../../web/science/lightcurve/choose-aperture'
import { flagOutliers } from '../../../web/science/lightcurve/flag-outliers'
import { budgetNoise, compareNoise, totalNoise } from '../../../web/science/lightcurve/noise-budget'
import { measurePointScatter } from '../../../web/science/lightcurve/point-scatter'
import { createRandom } from '../../../web/science/math/random'
import { makeNight } from './synthetic-night'

const golden = JSON.parse(
  readFileSync(new URL('../../golden/lightcurve/lightcurve_golden.json', import.meta.url), 'utf8'),
) as {
  noise: {
    seconds: number
    source_adu_per_s: number
    sky_adu_per_s: number
    gain: number
    read: number
    pixels: number
    snr: number
  }[]
}

describe('measurePointScatter', () => {
  it('is the standard deviation of white noise, whatever slope, dip or bad point there is, seed 51', () => {
    const draw = createRandom(51)
    const noise = Float64Array.from({ length: 4000 }, () => 0.005 * draw.normal())
    const dressed = noise.map(
      (value, i) => value + 1 + i * 1e-3 - (i > 1000 && i < 2000 ? 0.02 : 0) + (i % 500 === 7 ? 1 : 0),
    )
    expect(measurePointScatter(noise) / 0.005).toBeCloseTo(1, 1)
    expect(Math.abs(measurePointScatter(noise) / 0.005 - 1)).toBeLessThan(0.03)
    expect(Math.abs(measurePointScatter(dressed) / measurePointScatter(noise) - 1)).toBeLessThan(0.01)
  })

  it('is 0 for a line, skips NaN, and is NaN with too few points', () => {
    expect(measurePointScatter([1, 2, 3, Number.NaN, 4, 5, 6, 7])).toBe(0)
    expect(measurePointScatter([1, 2, Number.NaN, 3, 4])).toBeNaN()
  })
})

describe('flagOutliers', () => {
  const draw = createRandom(52)
  const flux = Float64Array.from(
    { length: 150 },
    (_, i) => 1 + i * 1e-3 - (i > 60 && i < 90 ? 0.025 : 0) + 0.003 * draw.normal(),
  )
  flux[20] = flux[20]! + 0.05
  flux[75] = flux[75]! - 0.05
  flux[0] = flux[0]! + 0.1
  flux[100] = Number.NaN

  it('marks the bad points, drops none and keeps other bits, seed 52', () => {
    const flags = new Uint8Array(150).fill(flagBit('saturated'), 20, 22)
    flags[50] = flagBit('outlier')
    const marked = flagOutliers(flux, flags)
    expect(Array.from(marked.keys()).filter((i) => (marked[i]! & flagBit('outlier')) !== 0)).toEqual([
      0, 20, 75,
    ])
    expect(marked[20]! & flagBit('saturated')).toBe(flagBit('saturated'))
    expect(marked[21]).toBe(flagBit('saturated'))
    expect(flags[50]).toBe(flagBit('outlier'))
    expect(marked).toHaveLength(150)
  })

  it('does not change with scale', () => {
    const flags = new Uint8Array(150)
    expect(
      flagOutliers(
        flux.map((value) => value * 1e6),
        flags,
      ),
    ).toEqual(flagOutliers(flux, flags))
  })

  it('marks one spike on a constant, none on a line', () => {
    const flat = new Float64Array(30).fill(2)
    flat[10] = 3
    expect(
      Array.from(flagOutliers(flat, new Uint8Array(30)).keys()).filter(
        (i) => flagOutliers(flat, new Uint8Array(30))[i] !== 0,
      ),
    ).toEqual([10])
    expect(
      flagOutliers(
        Float64Array.from({ length: 30 }, (_, i) => i),
        new Uint8Array(30),
      ).some((flag) => flag !== 0),
    ).toBe(false)
  })
})

describe('chooseAperture', () => {
  const seriesOf = (radius: number, extra: number, depth = 0) => {
    const own = (star: number, frame: number): number =>
      star === 0 && frame > 50 && frame < 90 ? 1 - depth : 1
    const stars = makeNight({ frames: 140, seed: 53, levels: [1e6, 2e6, 1e6], own })
    const draw = createRandom(54)
    return {
      radius,
      target: stars[0]!.flux.map((value) => value * (1 + extra * draw.normal())),
      targetError: stars[0]!.error,
      comparisons: [stars[1]!.flux, stars[2]!.flux],
      comparisonErrors: [stars[1]!.error, stars[2]!.error],
    }
  }

  it('takes the least scatter, and gives the table, seed 53', () => {
    const choice = chooseAperture([
      seriesOf(3, 0.004),
      seriesOf(4, 0.001),
      seriesOf(6, 0.002),
      seriesOf(8, 0.006),
    ])
    expect([choice.best, choice.radius]).toEqual([1, 4])
    expect(choice.table.map((score) => score.radius)).toEqual([3, 4, 6, 8])
    expect(choice.table[1]!.scatter / Math.hypot(0.001, choice.table[1]!.expected)).toBeCloseTo(1, 0)
  })

  it('is blind to a transit, seed 53', () => {
    const flat = chooseAperture([seriesOf(4, 0.001), seriesOf(5, 0.001)])
    const deep = chooseAperture([seriesOf(4, 0.001, 0.03), seriesOf(5, 0.001, 0.03)])
    expect(Math.abs(deep.table[0]!.scatter / flat.table[0]!.scatter - 1)).toBeLessThan(0.05)
    expect([flat.radius, deep.radius]).toEqual([4, 4])
  })

  it('does not reward a radius that loses its bad frames, and has an answer for nothing', () => {
    const lossy = seriesOf(3, 0.0001)
    lossy.target.fill(Number.NaN, 0, 40)
    expect(chooseAperture([lossy, seriesOf(5, 0.003)]).radius).toBe(5)
    expect(chooseAperture([])).toEqual({ best: -1, radius: Number.NaN, table: [] })
  })
})

describe('budgetNoise', () => {
  it('agrees with astropy.stats.signal_to_noise_oir_ccd, seed 32', () => {
    for (const entry of golden.noise) {
      const sky = (entry.sky_adu_per_s * entry.seconds) / entry.gain
      const parts = budgetNoise({
        flux: Float64Array.of(entry.source_adu_per_s * entry.seconds),
        skySigma: Float64Array.of(Math.sqrt(sky + (entry.read / entry.gain) ** 2)),
        gain: entry.gain,
        readNoise: entry.read,
        area: entry.pixels,
        annulusArea: Number.POSITIVE_INFINITY,
        ensembleError: Float64Array.of(0),
      })
      expect(totalNoise(parts)[0]! * entry.snr).toBeCloseTo(1, 9)
    }
  })

  const base = {
    flux: Float64Array.of(1e4, -5),
    skySigma: Float64Array.of(10, 10),
    gain: 2,
    readNoise: 12,
    area: 100,
    annulusArea: Number.POSITIVE_INFINITY,
    ensembleError: Float64Array.of(0.01, 0.01),
  }

  it('splits the background, counts a finite annulus and the comparisons, and has no value for a negative star', () => {
    const parts = budgetNoise(base)
    expect(parts.photon[0]).toBeCloseTo(1 / Math.sqrt(2e4), 12)
    expect(parts.read[0]).toBeCloseTo((10 * 6) / 1e4, 12)
    expect(parts.sky[0]).toBeCloseTo((10 * 8) / 1e4, 12)
    expect(totalNoise(parts)[0]).toBeCloseTo(Math.hypot(1 / Math.sqrt(2e4), 0.01, 0.01), 12)
    expect(totalNoise(parts)[1]).toBeNaN()
    const narrow = budgetNoise({ ...base, annulusArea: 100 })
    expect(narrow.sky[0]! ** 2 - parts.sky[0]! ** 2).toBeCloseTo(((Math.PI / 2) * 1e4) / 1e8, 12)
  })

  it('says what is not known and gives a lower bound then', () => {
    const parts = budgetNoise({ ...base, gain: null, readNoise: null })
    expect([parts.photon[0], parts.read[0]]).toEqual([Number.NaN, Number.NaN])
    expect(totalNoise(parts)[0]).toBeCloseTo(Math.hypot(0.01, 0.01), 12)
  })

  it('says how far the measured scatter is from the limit', () => {
    const result = compareNoise(0.005, Float64Array.of(0.003, 0.003, Number.NaN, 0.004))
    expect(result.expected).toBe(0.003)
    expect(result.excess).toBeCloseTo(0.004, 12)
    expect(result.ratio).toBeCloseTo(5 / 3, 12)
    expect(compareNoise(0.001, Float64Array.of(0.003)).excess).toBe(0)
  })
})
