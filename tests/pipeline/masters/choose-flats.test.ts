import { describe, expect, it } from 'vitest'
import { chooseFlats } from '../../../web/pipeline/masters/choose-flats'
import type { FlatRule } from '../../../web/pipeline/plan-masters'
import { makeExposure } from '../../support/make-exposure'

const twilight = ['a', 'b', 'c', 'd'].map((name) => ({ ...makeExposure({ kind: 'flat' }), name }))
const rule = (limits: FlatRule['limits'], isAutomatic = false): FlatRule => ({
  method: 'median',
  region: null,
  limits,
  isAutomatic,
})

describe('flats of a twilight', () => {
  it('are left out where they are too faint, too bright or hold no light, and each is named with its reason', () => {
    const { used, warnings } = chooseFlats(
      twilight,
      [500, 20_000, 62_000, -3],
      rule({ least: 1000, most: 45_000 }),
      300,
    )
    expect(used).toEqual([1])
    expect(warnings).toEqual([
      '1 of 4 flats were left out, without light: d.',
      '1 of 4 flats were left out, too faint: a.',
      '1 of 4 flats were left out, too bright: c.',
    ])
  })

  it('are all used that hold light where no limit is set', () => {
    expect(chooseFlats(twilight, [500, 20_000, 62_000, Number.NaN], undefined, 0).used).toEqual([0, 1, 2])
  })

  it('are held against the saturation of the camera with the bias in it', () => {
    const automatic = rule({ least: null, most: 50_000 }, true)
    expect(chooseFlats(twilight, [48_900, 49_100, 10, 20], automatic, 1000).used).toEqual([0, 2, 3])
  })

  it('are better than nothing where a limit that nobody asked for leaves none; one that was asked for stands', () => {
    const bright = [51_000, 52_000, 53_000, 54_000]
    const kept = chooseFlats(twilight, bright, rule({ least: null, most: 50_000 }, true), 0)
    expect(kept.used).toEqual([0, 1, 2, 3])
    expect(kept.warnings.at(-1)).toMatch(/for want of better ones/)
    expect(() => chooseFlats(twilight, bright, rule({ least: null, most: 50_000 }), 0)).toThrow(
      /No flat is left.*too bright: a, b, c, d/,
    )
  })
})
