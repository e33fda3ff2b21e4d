import { describe, expect, it } from 'vitest'
import type { FrameFacts } from '../../../web/core/frame'
import type { FrameStatisticsRecord } from '../../../web/core/frame-statistics'
import type { FrameQuality } from '../../../web/core/source-list'
import { doubtFrames, groupAlike } from '../../../web/pipeline/frames/doubt-frames'
import { createRandom } from '../../../web/science/math/random'
import { makeExposure } from '../../support/make-exposure'

type Measured = Partial<Omit<FrameStatisticsRecord, 'quality'>> & { readonly quality?: Partial<FrameQuality> }

const nightOf = (
  count: number,
  facts: Partial<FrameFacts>,
  measure: (index: number) => Measured,
  excluded = new Set<number>(),
) => {
  const frames = Array.from({ length: count }, (_, index) =>
    makeExposure(
      { ...facts, dateObs: new Date(Date.UTC(2025, 2, 1, 20, 2 * index)).toISOString() },
      { excluded: excluded.has(index) },
    ),
  )
  const statistics = new Map(
    frames.map(({ id }, index): [string, FrameStatisticsRecord] => {
      const { quality, ...rest } = measure(index)
      const whole = { fwhm: 3, elongation: 1.1, starCount: 200, background: 1300, noise: 20, ...quality }
      const record = { id, version: 1, level: 1300, noise: 20, saturatedFraction: 0, createdAt: 0, ...rest }
      return [id, { ...record, quality: facts.kind === 'light' ? whole : null }]
    }),
  )
  const groups = groupAlike(frames)
  const found = groups.flatMap((group) => doubtFrames(group, statistics))
  return {
    groups,
    doubts: found.map(({ frame, quantity, direction, others, nearby }) => ({
      at: frames.findIndex(({ id }) => id === frame),
      quantity,
      direction,
      others,
      nearby,
    })),
    found,
  }
}

describe('frames that differ from the others', () => {
  const random = createRandom('a night of skies')
  const steady = () => ({
    background: 1300 + 3 * random.normal(),
    fwhm: 3 + 0.08 * random.normal(),
    elongation: 1.1 + 0.01 * random.normal(),
    starCount: Math.round(200 + 8 * random.normal()),
  })

  it('a cloud, bad focus, a shake: each is found by what it changes, and nothing else is', () => {
    const { doubts, found } = nightOf(53, { kind: 'light' }, (index) => ({
      quality: {
        ...steady(),
        ...(index === 20 ? { background: 1400, starCount: 90 } : {}),
        ...(index === 30 ? { fwhm: 4.4 } : {}),
        ...(index === 40 ? { elongation: 1.9 } : {}),
      },
    }))
    expect(doubts.map(({ at, quantity, direction }) => [at, quantity, direction])).toEqual([
      [20, 'background', 'high'],
      [30, 'fwhm', 'high'],
      [40, 'elongation', 'high'],
      [20, 'starCount', 'low'],
    ])
    expect(doubts[0]?.others).toBe(52)
    expect(found[0]?.sigmas).toBeGreaterThan(20)
  })

  it('a frame that is better than the others is none of them', () => {
    const { doubts } = nightOf(20, { kind: 'light' }, (index) => ({
      quality: { ...steady(), ...(index === 7 ? { fwhm: 1.8, starCount: 400, background: 1100 } : {}) },
    }))
    expect(doubts).toEqual([])
  })

  it('a sky that rises all night hides no cloud: frames next to it in time are asked too', () => {
    const { doubts } = nightOf(80, { kind: 'light' }, (index) => ({
      quality: { ...steady(), background: 1300 + 8 * index + random.normal() + (index === 30 ? 90 : 0) },
    }))
    expect(doubts).toEqual([{ at: 30, quantity: 'background', direction: 'high', others: 30, nearby: true }])
  })

  it('of four frames nothing is said; of six only what is very far off', () => {
    const wide = (index: number, last: number) => ({
      quality: { ...steady(), fwhm: index === last ? 4 : 3 + 0.05 * index },
    })
    expect(nightOf(4, { kind: 'light' }, (index) => wide(index, 3)).doubts).toEqual([])
    expect(nightOf(6, { kind: 'light' }, (index) => wide(index, 5)).doubts).toEqual([])
    const far = nightOf(6, { kind: 'light' }, (index) => ({
      quality: { ...steady(), fwhm: index === 5 ? 9 : 3 + 0.05 * index },
    }))
    expect(far.doubts).toMatchObject([{ at: 5, quantity: 'fwhm', others: 5 }])
  })

  it('levels that are rounded are no outliers by a step of one', () => {
    const { doubts } = nightOf(9, { kind: 'bias', exposure: 0 }, (index) => ({
      level: index === 4 ? 1001 : 1000,
    }))
    expect(doubts).toEqual([])
    const lit = nightOf(9, { kind: 'bias', exposure: 0 }, (index) => ({ level: index === 4 ? 1040 : 1000 }))
    expect(lit.doubts).toMatchObject([{ at: 4, quantity: 'level', direction: 'high' }])
  })

  it('flats may fade as the twilight does, but not be saturated', () => {
    const { doubts } = nightOf(7, { kind: 'flat' }, (index) => ({
      level: 40_000 / 2 ** index,
      saturatedFraction: index === 0 ? 0.03 : 0,
    }))
    expect(doubts).toMatchObject([{ at: 0, quantity: 'saturated' }])
  })

  it('what a person left out is neither judged nor compared with', () => {
    const measure = (index: number) => ({ quality: { ...steady(), fwhm: index < 3 ? 9 : 3 + 0.03 * index } })
    const { doubts } = nightOf(12, { kind: 'light' }, measure, new Set([0, 1]))
    expect(doubts).toMatchObject([{ at: 2, others: 9 }])
  })

  it('only frames that should be alike are compared', () => {
    const frames = [
      makeExposure(),
      makeExposure({ exposure: 30 }),
      makeExposure({ filter: 'V' }),
      makeExposure({ object: 'Other' }),
      makeExposure({ kind: 'dark', filter: 'V' }),
      makeExposure({ kind: 'dark' }),
      makeExposure({ kind: 'unknown' }),
    ]
    expect(groupAlike(frames).map((group) => group.frames.length)).toEqual([1, 1, 1, 1, 2])
  })
})
