import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseOrder } from '../../../web/pipeline/order-parameters'
import { foreseeStack, type FrameToStack } from '../../../web/pipeline/stack/foresee-stack'
import {
  fillStackChoices,
  trimStackChoices,
  type StackChoices,
} from '../../../web/pipeline/stack/stack-choices'

const frame = (id: string, own: Partial<FrameToStack> = {}): FrameToStack => ({
  id,
  filter: 'V',
  exposure: 60,
  width: 100,
  height: 80,
  calibrated: true,
  placed: true,
  fwhm: 3,
  stars: 100,
  ...own,
})

const many = (count: number, own: Partial<FrameToStack> = {}): FrameToStack[] =>
  Array.from({ length: count }, (_, index) => frame(`f${index}`, own))

const foresee = (frames: readonly FrameToStack[], choices: StackChoices = {}) =>
  foreseeStack(frames, fillStackChoices(choices))

const codes = (list: readonly { readonly code: string }[]): string[] => list.map(({ code }) => code)

describe('what a stack will be', () => {
  it('is said step by step, down to what it gains', () => {
    const { steps, used, traps, refused } = foresee([...many(15), frame('late', { calibrated: false })])
    expect(codes(steps)).toEqual([
      'calibrate',
      'lay.stars',
      'grid.reference.reference',
      'draw.lanczos3',
      'match.default',
      'reject.sigma-clip',
      'combine.mean',
      'result',
    ])
    expect(steps[0]?.values).toEqual({ count: 1, all: 16 })
    expect(steps.at(-1)?.values).toEqual({ count: 16, gain: 4, seconds: 960 })
    expect(used).toHaveLength(16)
    expect(traps).toEqual([])
    expect(refused).toBe(false)
  })

  it('finds frames on the sky first where that is asked for, and leaves out none for its place', () => {
    const frames = [...many(8), frame('lost', { placed: false })]
    const solved = foresee(frames, { method: 'wcs', solve: true })
    expect(codes(solved.steps).slice(0, 3)).toEqual(['calibrated', 'solve', 'lay.wcs'])
    expect(solved.leftOut).toEqual([])
    expect(solved.traps).toEqual([])
    expect(codes(foresee(frames, { method: 'wcs' }).traps)).toEqual(['no-world'])
    // What is said of solving means nothing where places are not asked for.
    expect(codes(foresee(frames, { method: 'stars', solve: true }).steps)).not.toContain('solve')
  })

  it('takes several filters together only when asked, and says what that means', () => {
    const frames = [...many(8), frame('red', { filter: 'R' })]
    const apart = foresee(frames)
    expect([apart.refused, codes(apart.traps)]).toEqual([true, ['filters']])
    const together = foresee(frames, { mixFilters: true })
    expect([together.refused, together.traps]).toEqual([
      false,
      [{ code: 'mixed-filters', values: { filters: 'V, R' } }],
    ])
  })

  it('leaves out wide frames, frames with few stars and frames without a place, each for its reason', () => {
    const frames = [
      ...many(8),
      frame('wide', { fwhm: 4.6 }),
      frame('cloudy', { stars: 40 }),
      frame('lost', { placed: false }),
      frame('unknown', { fwhm: null, stars: null, placed: null }),
    ]
    const choices: StackChoices = { method: 'wcs', leaveOut: { fwhm: 1.5, stars: 0.5 } }
    const { leftOut, used, limits, traps } = foresee(frames, choices)
    expect(limits).toEqual({ fwhm: 4.5, stars: 50 })
    expect(leftOut).toEqual([
      { id: 'wide', reason: 'fwhm', value: 4.6, limit: 4.5 },
      { id: 'cloudy', reason: 'stars', value: 40, limit: 50 },
      { id: 'lost', reason: 'no-world', value: null, limit: null },
    ])
    expect(used).toHaveLength(9)
    expect(codes(traps)).toEqual(['no-world', 'unmeasured'])
    // By their stars, frames need no place.
    expect(foresee(frames, { leaveOut: { fwhm: 1.5 } }).leftOut.map(({ id }) => id)).toEqual(['wide'])
  })

  it('says beforehand what an order would be refused for', () => {
    const filters = [...many(6), frame('b', { filter: 'B' })]
    expect(foresee(filters)).toMatchObject({ refused: true, traps: [{ code: 'filters' }] })
    expect(foresee(filters, { mixFilters: true }).refused).toBe(false)
    const sizes = [...many(6), frame('small', { width: 50 })]
    expect(foresee(sizes, { method: 'none' })).toMatchObject({ refused: true, traps: [{ code: 'sizes' }] })
    expect(foresee(sizes).refused).toBe(false)
    const { combine } = fillStackChoices({})
    const weighted: StackChoices = { weights: 'noise', combine: { ...combine, method: 'median' } }
    expect(foresee(many(6), weighted)).toMatchObject({ refused: true, traps: [{ code: 'weights' }] })
  })

  it('warns of too few frames to clip, and of one', () => {
    expect(codes(foresee(many(3)).traps)).toEqual(['few-to-clip'])
    expect(codes(foresee(many(1)).traps)).toEqual(['one-frame'])
    expect(foresee([])).toMatchObject({ steps: [], used: [], traps: [] })
  })

  it('has words for everything that it says, in both languages', () => {
    const { combine } = fillStackChoices({})
    const said = new Set<string>()
    const methods = ['stars', 'wcs', 'none'] as const
    for (const method of methods)
      for (const kind of ['reference', 'north-up', 'chosen'] as const)
        for (const extent of ['reference', 'all', 'common'] as const)
          for (const { code } of foresee(many(9), {
            method,
            zoom: 2,
            grid: { kind, extent, projection: 'TAN' },
          }).steps)
            said.add(`does.${code}`)
    for (const rejection of ['none', 'sigma-clip', 'winsorized', 'min-max', 'percentile'] as const)
      for (const scale of ['none', 'median', 'exposure', 'stars'] as const)
        for (const weights of ['none', 'noise', 'noise-fwhm', 'snr'] as const)
          for (const normalisation of ['none', 'sky', 'overlap', 'plane'] as const)
            for (const { code } of foresee(
              [...many(3), frame('x', { filter: 'B', placed: false, fwhm: null })],
              {
                combine: { ...combine, rejection, scale },
                weights,
                normalisation,
              },
            ).steps)
              said.add(`does.${code}`)
    for (const trap of [
      'one-frame',
      'filters',
      'no-world',
      'sizes',
      'weights',
      'few-to-clip',
      'few-to-drizzle',
      'unmeasured',
    ])
      said.add(`trap.${trap}`)
    for (const language of ['en', 'de']) {
      const words = JSON.parse(readFileSync(`web/ui/i18n/${language}/stack.json`, 'utf8')) as object
      const find = (path: string): unknown =>
        path
          .split('.')
          .reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], words)
      const missing = [...said].filter(
        (key) => typeof find(key) !== 'string' && typeof find(`${key}_other`) !== 'string',
      )
      expect(missing).toEqual([])
    }
    expect(said.size).toBeGreaterThan(30)
  })
})

describe('choices of stacking', () => {
  it('say only what differs from an order that says nothing', () => {
    const filled = fillStackChoices({})
    expect(trimStackChoices(filled)).toEqual({ method: filled.method })
    expect(trimStackChoices({ zoom: 2, weights: 'none', leaveOut: undefined })).toEqual({ zoom: 2 })
  })

  it('are parameters that an order takes', () => {
    const choices: StackChoices = {
      method: 'wcs',
      grid: { kind: 'chosen', scale: 1.2, projection: 'TAN' },
      leaveOut: { fwhm: 1.4 },
    }
    expect(parseOrder({ request: 'stack', parameters: { ...choices } }).parameters).toMatchObject(choices)
  })
})
