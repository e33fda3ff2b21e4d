import { describe, expect, it } from 'vitest'
import { flagBit } from '../../../web/core/flags'
import { createRandom } from '../../../web/science/math/random'
import { COMPARISON_CODES, proposeComparisons } from '../../../web/science/lightcurve/propose-comparisons'
import type { CandidateStar, ProposalInput } from '../../../web/science/lightcurve/screen-stars'
import { makeNight } from './synthetic-night'

const FRAMES = 120
const LEVELS = [1e6, 1.2e6, 9e5, 1.5e6, 7e5, 1e6, 2e4, 4e7, 8e5, 1e6, 1.1e6, 6e5, 1e6]
const wave = (frame: number): number => 1 + 0.02 * Math.sin(frame / 9)

/** 0 target; 1-3 good; 4 variable; 5 saturated; 6 faint; 7 bright; 8 drifts out; 9, 10 close pair; 11 lost in many frames; 12 bad pixels. */
const makeField = (seed: number): CandidateStar[] => {
  const common = (frame: number): number => (frame >= 60 && frame < 75 ? 0.5 : 1 - 0.001 * frame)
  const own = (star: number, frame: number): number =>
    star === 4 ? wave(frame) : star === 0 && frame > 30 && frame < 60 ? 0.97 : 1
  const stars = makeNight({ frames: FRAMES, seed, levels: LEVELS, common, own })
  stars[5]!.flags.fill(flagBit('saturated'), 10, 50)
  stars[8]!.x.forEach((_, i, x) => (x[i] = 60 - i))
  stars[10]!.x.fill(stars[9]!.x[0]! + 6)
  stars[11]!.flux.fill(Number.NaN, 0, 20)
  stars[12]!.flags.fill(flagBit('bad-pixel'), 0, 70)
  for (const star of stars) star.flux[100] = Number.NaN
  return stars
}

const inputOf = (stars: readonly CandidateStar[]): ProposalInput => ({
  stars,
  target: 0,
  width: 700,
  height: 200,
  radius: 5,
  saturation: 60_000,
})

describe('proposeComparisons', () => {
  it('says why for each star, seed 11', () => {
    const stars = makeField(11)
    stars[7]!.peak.fill(50_000)
    const { verdicts, chosen, weights } = proposeComparisons(inputOf(stars))
    expect(verdicts.map((verdict) => verdict.code)).toEqual([
      'target',
      'steady',
      'steady',
      'steady',
      'variable',
      'saturated',
      'too-faint',
      'too-bright',
      'leaves-frame',
      'blended',
      'blended',
      'lost',
      'bad-pixels',
    ])
    expect(chosen).toEqual([1, 2, 3])
    expect(verdicts.filter((verdict) => verdict.chosen).map((verdict) => verdict.star)).toEqual([1, 2, 3])
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(verdicts[4]!.values['scatter']).toBeGreaterThan(0.01)
    expect(verdicts[4]!.values['scatter']).toBeLessThan(0.02)
    expect(verdicts[5]!.values).toMatchObject({ frames: 40, of: 119, saturation: 60_000 })
    expect(verdicts[6]!.values['ratio']).toBeCloseTo(0.02, 2)
    expect(verdicts[8]!.values['nearest']).toBe(-58.5)
    expect(verdicts[9]!.values).toMatchObject({ neighbour: 10, distance: 6 })
    expect(verdicts[11]!.values).toMatchObject({ frames: 20, of: 119 })
    for (const verdict of verdicts) {
      expect(COMPARISON_CODES).toContain(verdict.code)
      for (const value of Object.values(verdict.values)) expect(Number.isFinite(value)).toBe(true)
    }
  })

  it('finds the variable one among three, seeds 0 to 19', () => {
    for (let seed = 0; seed < 20; seed++) {
      const variable = 1 + (seed % 3)
      const own = (star: number, frame: number): number => (star === variable ? wave(frame) : 1)
      const stars = makeNight({ frames: FRAMES, seed, levels: [1e6, 1e6, 1e6, 1e6], own })
      const { verdicts } = proposeComparisons(inputOf(stars))
      expect(
        verdicts.map((verdict) => verdict.code === 'variable'),
        `seed ${seed}`,
      ).toEqual([0, 1, 2, 3].map((star) => star === variable))
    }
  })

  it('calls hardly any honest star variable, seeds 100 to 139', () => {
    let wrong = 0
    for (let seed = 100; seed < 140; seed++) {
      const { verdicts } = proposeComparisons(
        inputOf(makeNight({ frames: FRAMES, seed, levels: LEVELS.slice(0, 6) })),
      )
      wrong += verdicts.filter((verdict) => verdict.code === 'variable').length
    }
    expect(wrong).toBe(0)
  })

  it('blames the night, not the stars, for scatter that all of them show, seed 12', () => {
    const draw = createRandom(12)
    const shaky = makeNight({ frames: FRAMES, seed: 12, levels: LEVELS.slice(0, 6) }).map((star) => ({
      ...star,
      flux: star.flux.map((value) => value * (1 + 0.01 * draw.normal())),
    }))
    const { verdicts, chosen } = proposeComparisons(inputOf(shaky))
    expect(chosen).toEqual([1, 2, 3, 4, 5])
    expect(verdicts[1]!.values['floor']).toBeGreaterThan(0.006)
  })

  it('finds the variable one also when all errors are five times too large or too small, seeds 0 to 9', () => {
    for (let seed = 0; seed < 10; seed++) {
      const own = (star: number, frame: number): number => (star === 3 ? wave(frame) : 1)
      for (const wrong of [0.2, 5]) {
        const stars = makeNight({ frames: FRAMES, seed, levels: LEVELS.slice(0, 6), own }).map((star) => ({
          ...star,
          error: star.error.map((value) => value * wrong),
        }))
        expect(proposeComparisons(inputOf(stars)).chosen, `seed ${seed}, errors times ${wrong}`).toEqual([
          1, 2, 4, 5,
        ])
      }
    }
  })

  it('does not look at the light curve of the target: a transit in it changes nothing, seed 13', () => {
    const stars = makeField(13)
    const deep = stars.map((star, k) =>
      k === 0
        ? { ...star, flux: star.flux.map((value, i) => (i > 70 && i < 95 ? value * 0.6 : value)) }
        : star,
    )
    const plain = proposeComparisons(inputOf(stars))
    const other = proposeComparisons(inputOf(deep))
    expect(other.chosen).toEqual(plain.chosen)
    expect(Array.from(other.weights)).toEqual(Array.from(plain.weights))
  })

  it('is the same for the same input, and for stars in another order, seed 14', () => {
    const stars = makeField(14)
    const plain = proposeComparisons(inputOf(stars))
    expect(proposeComparisons(inputOf(makeField(14)))).toEqual(plain)
    const order = [0, 12, 3, 7, 1, 5, 9, 2, 11, 4, 6, 8, 10]
    const moved = proposeComparisons(inputOf(order.map((k) => stars[k]!)))
    expect(moved.chosen.map((k) => order[k]!).sort((a, b) => a - b)).toEqual(plain.chosen)
    order.forEach((k, position) => expect(moved.verdicts[position]!.code).toBe(plain.verdicts[k]!.code))
  })

  it('keeps no more than asked, the most useful ones, and says so of the others, seed 15', () => {
    const levels = [1e6, 1e6, 3e5, 9e5, 1.1e6, 2e5, 8e5]
    const { verdicts, chosen } = proposeComparisons(
      inputOf(makeNight({ frames: FRAMES, seed: 15, levels })),
      { most: 4 },
    )
    expect(chosen).toEqual([1, 3, 4, 6])
    expect(verdicts[5]).toMatchObject({ code: 'not-needed', chosen: false, values: { limit: 4 } })
  })

  it('takes fainter ones for want of better, and admits that two cannot be checked, seed 16', () => {
    const faint = makeNight({ frames: FRAMES, seed: 16, levels: [1e6, 1e6, 5e4, 4e4, 3e4] })
    expect(proposeComparisons(inputOf(faint)).verdicts.map((verdict) => verdict.code)).toEqual([
      'target',
      'steady',
      'kept-faint',
      'kept-faint',
      'too-faint',
    ])
    expect(proposeComparisons(inputOf(faint.slice(0, 3))).verdicts.map((verdict) => verdict.code)).toEqual([
      'target',
      'unchecked',
      'unchecked',
    ])
    expect(proposeComparisons(inputOf(faint.slice(0, 1)))).toMatchObject({
      chosen: [],
      verdicts: [{ code: 'target' }],
    })
  })
})
