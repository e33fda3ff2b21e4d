import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findDip } from '../../../web/science/lightcurve/find-dip'
import { solveLeastSquares } from '../../../web/science/math/least-squares'
import { createRandom } from '../../../web/science/math/random'

const golden = JSON.parse(
  readFileSync(new URL('../../golden/lightcurve/lightcurve_golden.json', import.meta.url), 'utf8'),
) as {
  boxes: {
    time: number[]
    flux: number[]
    error: number[]
    depth: number
    depth_error: number
    mid: number
    duration: number
    snr: number
  }[]
}

const makeSeries = (seed: number, dip: (t: number) => number, trend: (t: number) => number = () => 1) => {
  const draw = createRandom(seed)
  const time = Float64Array.from({ length: 140 }, (_, i) => 2458107.57 + i * 0.00208)
  return {
    time,
    flux: time.map((t) => trend(t - time[0]!) * (1 - dip(t - time[0]!) + 0.006 * draw.normal())),
  }
}
const box = (t: number): number => (t > 0.09 && t < 0.2 ? 0.022 : 0)

describe('findDip', () => {
  it('agrees with astropy BoxLeastSquares, seed 32', () => {
    for (const entry of golden.boxes) {
      const found = findDip({
        time: Float64Array.from(entry.time),
        flux: Float64Array.from(entry.flux),
        error: Float64Array.from(entry.error),
      })
      if (found === null) throw new Error('nothing found')
      expect(Math.abs(found.mid - entry.mid)).toBeLessThan(0.004)
      expect(Math.abs(found.end - found.start - entry.duration)).toBeLessThan(0.006)
      expect(Math.abs(found.depth - entry.depth)).toBeLessThan(entry.depth_error)
      expect(found.significance / entry.snr).toBeGreaterThan(0.7)
      expect(found.significance / entry.snr).toBeLessThan(1.4)
    }
  })

  it('is the best of all boxes by brute-force least squares, seed 41', () => {
    const draw = createRandom(41)
    const n = 40
    const time = Float64Array.from({ length: n }, (_, i) => i)
    const slope = time.map((t) => Math.sin(t / 13))
    const error = time.map(() => 0.004 + 0.004 * draw.uniform())
    const flux = time.map(
      (t, i) => 1 + 0.05 * slope[i]! - (t >= 14 && t < 25 ? 0.03 : 0) + error[i]! * draw.normal(),
    )
    let best = { chiSquare: Number.POSITIVE_INFINITY, from: 0, to: 0, depth: 0 }
    for (let from = 0; from + 5 <= n; from++) {
      for (let to = from + 5; to <= n && n - (to - from) >= 10; to++) {
        const design = Float64Array.from({ length: 3 * n }, (_, k) => {
          const i = Math.floor(k / 3)
          return k % 3 === 0 ? 1 : k % 3 === 1 ? slope[i]! : i >= from && i < to ? -1 : 0
        })
        const fit = solveLeastSquares(
          design,
          n,
          3,
          flux,
          error.map((e) => 1 / (e * e)),
        )
        const depth = fit.solution[2]!
        if (depth > 0 && fit.chiSquare < best.chiSquare) best = { chiSquare: fit.chiSquare, from, to, depth }
      }
    }
    const found = findDip({ time, flux, error, regressors: [{ name: 'slope', values: slope }] })
    expect(found?.start).toBe(best.from - 0.5)
    expect(found?.end).toBe(best.to - 0.5)
    expect(found?.depth).toBeCloseTo(best.depth, 2)
  })

  it('finds a transit, with its depth, under a trend that is five times deeper, seed 42', () => {
    const curve = (t: number): number => (t / 0.3) ** 2
    const { time, flux } = makeSeries(42, box, (t) => 1 + 0.1 * curve(t))
    const values = time.map((t) => curve(t - time[0]!))
    const found = findDip({ time, flux, regressors: [{ name: 'airmass', values }] })
    if (found === null) throw new Error('nothing found')
    expect(Math.abs(found.start - time[0]! - 0.09)).toBeLessThan(0.008)
    expect(Math.abs(found.end - time[0]! - 0.2)).toBeLessThan(0.008)
    expect(Math.abs(found.depth - 0.022)).toBeLessThan(4 * found.depthError)
  })

  it('finds nothing in noise, seeds 0 to 99', () => {
    let wrong = 0
    for (let seed = 0; seed < 100; seed++) if (findDip(makeSeries(seed, () => 0)) !== null) wrong++
    expect(wrong).toBe(0)
  })

  it('does not take a brightening for a dip, does not mind NaN, and needs some points, seed 43', () => {
    const { time, flux } = makeSeries(43, box)
    expect(findDip({ time, flux: flux.map((value) => 2 - value) })?.depth ?? 0).toBeLessThan(0.02)
    const holes = flux.map((value, i) => (i % 17 === 0 ? Number.NaN : value))
    expect(Math.abs((findDip({ time, flux: holes })?.mid ?? 0) - time[0]! - 0.145)).toBeLessThan(0.008)
    expect(findDip({ time: time.slice(0, 6), flux: flux.slice(0, 6) })).toBeNull()
  })

  it('is fast on long series and scales with the flux, seed 44', () => {
    const draw = createRandom(44)
    const time = Float64Array.from({ length: 20_000 }, (_, i) => i / 20_000)
    const flux = time.map((t) => 5 * (1 - (t > 0.4 && t < 0.6 ? 0.01 : 0) + 0.01 * draw.normal()))
    const begun = performance.now()
    const found = findDip({ time, flux })
    expect(performance.now() - begun).toBeLessThan(2000)
    expect(found?.depth).toBeCloseTo(0.01, 3)
    expect(found?.mid).toBeCloseTo(0.5, 2)
  })
})
