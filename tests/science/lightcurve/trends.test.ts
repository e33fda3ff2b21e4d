import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareTrends, fitTrend } from '../../../web/science/lightcurve/detrend'
import { createRandom } from '../../../web/science/math/random'
import { measureTransitWindow } from '../../../web/science/lightcurve/transit-window'

const golden = JSON.parse(
  readFileSync(new URL('../../golden/lightcurve/lightcurve_golden.json', import.meta.url), 'utf8'),
) as { trend: Record<string, number[]> & { linear_bic: number } }

const column = (name: string): Float64Array => Float64Array.from(golden.trend[name]!)
const regressors = [
  { name: 'airmass', values: column('airmass') },
  { name: 'fwhm', values: column('fwhm') },
]
const everywhere = new Uint8Array(120).fill(1)

describe('fitTrend', () => {
  it('agrees with scipy.optimize.curve_fit, both forms, seed 32', () => {
    for (const form of ['exponential', 'linear'] as const) {
      const trend = fitTrend({
        flux: column('flux'),
        error: column('error'),
        regressors,
        outside: everywhere,
        form,
      })
      expect(trend.coefficients.map((coefficient) => coefficient.name)).toEqual([
        'constant',
        'airmass',
        'fwhm',
      ])
      trend.coefficients.forEach((coefficient, k) => {
        expect(coefficient.value).toBeCloseTo(golden.trend[form]![k]!, 7)
        expect(coefficient.error / golden.trend[`${form}_error`]![k]!).toBeCloseTo(1, 5)
      })
      if (form === 'linear') expect(trend.bic).toBeCloseTo(golden.trend.linear_bic, 6)
    }
  })

  it('gives an exact trend back and leaves the dip alone', () => {
    const airmass = Float64Array.from({ length: 80 }, (_, i) => 1 + i * 0.01)
    const inDip = (i: number): boolean => i > 30 && i < 50
    const flux = airmass.map((x, i) => Math.exp(0.3 - 0.2 * x) * (inDip(i) ? 0.975 : 1))
    const outside = Uint8Array.from(flux, (_, i) => (inDip(i) ? 0 : 1))
    const trend = fitTrend({ flux, regressors: [{ name: 'airmass', values: airmass }], outside })
    expect(trend.coefficients[0]!.value).toBeCloseTo(0.3, 12)
    expect(trend.coefficients[1]!.value).toBeCloseTo(-0.2, 12)
    trend.detrended.forEach((value, i) => expect(value).toBeCloseTo(inDip(i) ? 0.975 : 1, 12))
    expect(trend.rms).toBeLessThan(1e-12)
  })

  it('without a mask drops what does not belong, seed 21', () => {
    const draw = createRandom(21)
    const time = Float64Array.from({ length: 100 }, (_, i) => i)
    const flux = time.map((t, i) => 1 + 0.0005 * t + 0.001 * draw.normal() + (i % 25 === 3 ? 0.3 : 0))
    const trend = fitTrend({ flux, regressors: [{ name: 'time', values: time }], form: 'linear' })
    expect(trend.coefficients[1]!.value).toBeCloseTo(0.0005, 5)
    expect([3, 28, 53, 78].map((i) => trend.used[i])).toEqual([0, 0, 0, 0])
    expect(trend.used.reduce((sum, used) => sum + used, 0)).toBeGreaterThan(92)
  })

  it('is NaN, not nonsense, with too few points, dependent columns, or NaN', () => {
    const flux = Float64Array.of(1, 1.1, 0.9, Number.NaN)
    const same = Float64Array.of(2, 2, 2, 2)
    expect(fitTrend({ flux, regressors: [{ name: 'a', values: same }] }).model.every(Number.isNaN)).toBe(true)
    const mean = fitTrend({ flux, regressors: [], form: 'linear' })
    expect(mean.coefficients[0]!.value).toBeCloseTo(1, 12)
    expect(mean.detrended[3]).toBeNaN()
  })
})

describe('compareTrends', () => {
  it('puts the true combination first and names all, seed 22', () => {
    const draw = createRandom(22)
    const make = (): Float64Array => Float64Array.from({ length: 150 }, () => draw.normal())
    const [a, b, c] = [make(), make(), make()]
    const flux = a.map((value, i) => 1 + 0.01 * value - 0.004 * c[i]! + 0.001 * draw.normal())
    const named = [a, b, c].map((values, k) => ({ name: 'abc'[k]!, values }))
    const choices = compareTrends({ flux, regressors: named })
    expect(choices).toHaveLength(8)
    expect(choices[0]!.names).toEqual(['a', 'c'])
    expect(choices.at(-1)!.names.includes('a')).toBe(false)
    expect(new Set(choices.map((choice) => choice.trend.used.join(''))).size).toBe(1)
    expect(compareTrends({ flux, regressors: named }, 1).map((choice) => choice.names)).toEqual([
      ['a'],
      ['c'],
      [],
      ['b'],
    ])
  })
})

describe('measureTransitWindow', () => {
  it('measures what was put in, seed 23', () => {
    const draw = createRandom(23)
    const time = Float64Array.from({ length: 200 }, (_, i) => 2458107 + i * 0.001)
    const airmass = time.map((_, i) => 1 + (i / 200) ** 2)
    const mid = 2458107.1003
    const flux = time.map(
      (t, i) =>
        Math.exp(0.1 - 0.1 * airmass[i]!) *
        (1 - (Math.abs(t - mid) < 0.05 ? 0.025 : 0) + 0.004 * draw.normal()),
    )
    const window = measureTransitWindow({ time, flux, mid, halfInner: 0.04, halfOuter: 0.06, airmass })
    expect(window.rms).toBeGreaterThan(0.0033)
    expect(window.rms).toBeLessThan(0.0047)
    expect(Math.abs(window.depth - 0.025)).toBeLessThan(4 * window.depthError)
    expect([window.inside, window.outside]).toEqual([80, 80])
  })
})
