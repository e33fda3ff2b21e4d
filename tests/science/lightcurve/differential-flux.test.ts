import { describe, expect, it } from 'vitest'
import {
  computeDifferential,
  type DifferentialInput,
} from '../../../web/science/lightcurve/differential-flux'
import { makeNight, standardDeviationOf } from './synthetic-night'

const LEVELS = [1e6, 2e6, 8e5, 5e5]
const transit = (star: number, frame: number): number => (star === 0 && frame >= 40 && frame < 70 ? 0.98 : 1)

const inputOf = (stars: ReturnType<typeof makeNight>): DifferentialInput => ({
  target: stars[0]!.flux,
  targetError: stars[0]!.error,
  comparisons: stars.slice(1).map((star) => star.flux),
  comparisonErrors: stars.slice(1).map((star) => star.error),
})

const expectClose = (a: Float64Array, b: Float64Array, tolerance: number): void => {
  expect(a.length).toBe(b.length)
  a.forEach((value, i) => {
    if (Number.isNaN(b[i]!)) expect(value).toBeNaN()
    else expect(Math.abs(value - b[i]!), `frame ${i}`).toBeLessThan(tolerance)
  })
}

describe('computeDifferential', () => {
  it('is target over the mean of comparisons, median 1, when nothing is noisy', () => {
    const input: DifferentialInput = {
      target: Float64Array.of(100, 50, 98, 100, 200),
      targetError: Float64Array.of(1, 1, 1, 1, 1),
      comparisons: [Float64Array.of(10, 5, 10, 10, 20), Float64Array.of(300, 150, 300, 300, 600)],
      comparisonErrors: [new Float64Array(5), new Float64Array(5)],
      weights: 'equal',
    }
    const { flux, error, ensemble, weights } = computeDifferential(input)
    expectClose(flux, Float64Array.of(1, 1, 0.98, 1, 1), 1e-12)
    expectClose(error, Float64Array.of(0.01, 0.02, 0.01, 0.01, 0.005), 1e-12)
    expectClose(ensemble, Float64Array.of(310, 155, 310, 310, 620), 1e-9)
    expectClose(weights, Float64Array.of(0.5, 0.5), 1e-12)
  })

  it('propagates errors as a thousand repetitions scatter, seeds 0 to 999', () => {
    const values: number[] = []
    let quoted = 0
    for (let seed = 0; seed < 1000; seed++) {
      const result = computeDifferential(
        inputOf(makeNight({ frames: 31, seed, levels: [1e4, 2e4, 5e3, 8e3] })),
      )
      values.push(result.flux[7]!)
      quoted += result.error[7]! / 1000
    }
    // The scatter of 1000 numbers is known to 2.2 %; the normalisation by 31 points adds 2 %.
    expect(standardDeviationOf(values) / quoted).toBeGreaterThan(0.92)
    expect(standardDeviationOf(values) / quoted).toBeLessThan(1.1)
  })

  it('takes clouds of 50 % out, seed 4', () => {
    const common = (frame: number): number => (frame >= 55 && frame < 80 ? 0.5 : 1)
    const stars = makeNight({ frames: 120, seed: 4, levels: LEVELS, common, own: transit })
    const { flux, error } = computeDifferential(inputOf(stars))
    const truth = flux.map((_, i) => transit(0, i))
    const pulls = flux.map((value, i) => (value - truth[i]!) / error[i]!)
    expect(standardDeviationOf(pulls)).toBeGreaterThan(0.8)
    expect(standardDeviationOf(pulls)).toBeLessThan(1.2)
    expect(Math.max(...pulls.map(Math.abs))).toBeLessThan(5)
  })

  it('does not change when a frame of all stars is scaled, seed 5', () => {
    const stars = makeNight({ frames: 60, seed: 5, levels: LEVELS, own: transit })
    const scale = (values: Float64Array): Float64Array => values.map((value, i) => value * (3 + Math.sin(i)))
    const plain = computeDifferential(inputOf(stars))
    const scaled = computeDifferential(
      inputOf(stars.map((star) => ({ ...star, flux: scale(star.flux), error: scale(star.error) }))),
    )
    expectClose(scaled.flux, plain.flux, 1e-9)
    expectClose(scaled.error, plain.error, 1e-9)
  })

  it('does not change when comparisons change places or unit, seed 6', () => {
    const stars = makeNight({ frames: 60, seed: 6, levels: LEVELS })
    const plain = computeDifferential(inputOf(stars))
    expectClose(computeDifferential(inputOf([0, 3, 1, 2].map((k) => stars[k]!))).flux, plain.flux, 1e-12)
    const times7 = stars.map((star) => ({
      ...star,
      flux: star.flux.map((v) => v * 7),
      error: star.error.map((v) => v * 7),
    }))
    expectClose(computeDifferential(inputOf(times7)).flux, plain.flux, 1e-12)
  })

  it('neither jumps nor sags where a comparison is missing, even if it misses the cloudy half, seed 7', () => {
    const common = (frame: number): number => (frame < 50 ? 1 : 0.4)
    const stars = makeNight({ frames: 100, seed: 7, levels: [1e8, 4e8, 1e8, 5e7], common })
    stars[1]!.flux.fill(Number.NaN, 50)
    const { flux, error } = computeDifferential(inputOf(stars))
    const before = flux.slice(0, 50).reduce((sum, value) => sum + value, 0) / 50
    const after = flux.slice(50).reduce((sum, value) => sum + value, 0) / 50
    expect(Math.abs(before - after)).toBeLessThan((4 * error[60]!) / Math.sqrt(25))
    // Star 1 carries most of the weight: without it the errors must grow.
    expect(error[60]! * Math.sqrt(0.4)).toBeGreaterThan(error[10]!)
    // A sum of raw fluxes divided by what is there would be off by more than a half.
    expect(Math.abs(before - after)).toBeLessThan(0.001)
  })

  it('keeps NaN frames NaN and the others as if those were not there, seed 8', () => {
    const stars = makeNight({ frames: 40, seed: 8, levels: LEVELS })
    for (const star of stars) star.flux[12] = Number.NaN
    stars[0]!.flux[20] = Number.NaN
    const { flux, error } = computeDifferential(inputOf(stars))
    expect(Array.from(flux.keys()).filter((i) => Number.isNaN(flux[i]!))).toEqual([12, 20])
    expect(error[20]).toBeNaN()
    const without = computeDifferential(
      inputOf(
        stars.map((star) => ({
          ...star,
          flux: star.flux.filter((_, i) => i !== 12),
          error: star.error.filter((_, i) => i !== 12),
        })),
      ),
    )
    expectClose(
      flux.filter((_, i) => i !== 12),
      without.flux,
      1e-12,
    )
  })

  it('weighs by inverse variance, equally or as told, and normalises where told', () => {
    const stars = makeNight({
      frames: 20,
      seed: 9,
      levels: [1e6, 4e6, 1e6],
      own: (star, frame) => (star === 0 && frame < 15 ? 0.9 : 1),
    })
    const weights = computeDifferential(inputOf(stars)).weights
    expect(weights[0]! / weights[1]!).toBeCloseTo(4, 1)
    expectClose(
      computeDifferential({ ...inputOf(stars), weights: [3, 1] }).weights,
      Float64Array.of(0.75, 0.25),
      1e-12,
    )
    const normaliseOn = Uint8Array.from({ length: 20 }, (_, i) => (i < 15 ? 0 : 1))
    expect(computeDifferential({ ...inputOf(stars), normaliseOn }).flux[0]).toBeCloseTo(0.9, 2)
    expect(computeDifferential(inputOf(stars)).flux[0]).toBeCloseTo(1, 2)
  })

  it('gives NaN, not nonsense, without comparisons', () => {
    const result = computeDifferential({
      target: Float64Array.of(1, 2),
      targetError: Float64Array.of(1, 1),
      comparisons: [],
      comparisonErrors: [],
    })
    expect(result.flux).toHaveLength(2)
    expect(result.flux.every(Number.isNaN)).toBe(true)
  })
})
