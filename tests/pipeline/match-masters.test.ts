import { describe, expect, it } from 'vitest'
import { groupCalibration } from '../../web/pipeline/group-calibration'
import {
  chooseMaster,
  judgeMasters,
  daysBetweenNights,
  type MasterCandidate,
  type MatchOptions,
} from '../../web/pipeline/match-masters'
import { makeExposure } from '../support/make-exposure'

const OPTIONS: MatchOptions = {
  darkScaling: false,
  maxMasterAgeDays: 30,
  temperatureTolerance: 2,
  use: { bias: true, dark: true, flat: true },
}

const candidatesFrom = (...frames: ReturnType<typeof makeExposure>[]): MasterCandidate[] =>
  groupCalibration(frames).map(({ kind, group, frames: members }, index) => ({
    id: `master-${index}`,
    kind,
    group,
    frameCount: members.length,
    biasSubtracted: kind === 'master-dark',
    raw: null,
  }))

describe('grouping calibration frames', () => {
  it('splits darks by exposure and temperature, flats by filter, and leaves excluded frames out', () => {
    const groups = groupCalibration([
      makeExposure({ kind: 'dark', exposure: 60, temperature: -10 }),
      makeExposure({ kind: 'dark', exposure: 60.3, temperature: -10.4 }),
      makeExposure({ kind: 'dark', exposure: 60, temperature: -4 }),
      makeExposure({ kind: 'dark', exposure: 120 }),
      makeExposure({ kind: 'flat', filter: 'R', exposure: 2 }),
      makeExposure({ kind: 'flat', filter: 'r', exposure: 5 }),
      makeExposure({ kind: 'flat', filter: 'V' }),
      makeExposure({ kind: 'bias', exposure: 0 }),
      makeExposure({ kind: 'bias', exposure: 0 }, { excluded: true }),
    ])
    const sizes = groups.map(({ kind, group, frames }) =>
      [kind, group.exposure, group.filter, frames.length].join(' '),
    )
    expect(sizes.sort()).toEqual([
      'master-bias   1',
      'master-dark 120  1',
      'master-dark 60  1',
      'master-dark 60  2',
      'master-flat  R 2',
      'master-flat  V 1',
    ])
  })

  it('uses what a person said instead of the header', () => {
    const frame = makeExposure({ kind: 'light', filter: 'R' }, { corrections: { kind: 'flat', filter: 'B' } })
    expect(groupCalibration([frame])[0]).toMatchObject({ kind: 'master-flat', group: { filter: 'B' } })
  })
})

describe('choosing a master', () => {
  const light = makeExposure({ exposure: 60 })

  it('takes the exact dark and says so', () => {
    const candidates = candidatesFrom(
      makeExposure({ kind: 'dark', exposure: 60 }),
      makeExposure({ kind: 'dark', exposure: 30 }),
    )
    const choice = chooseMaster(light, 'master-dark', candidates, OPTIONS)
    expect(choice).toMatchObject({ reason: 'exact', values: { exposure: 60 } })
  })

  it('scales a dark only when asked, and only one whose bias is off', () => {
    const candidates = candidatesFrom(makeExposure({ kind: 'dark', exposure: 120 }))
    expect(chooseMaster(light, 'master-dark', candidates, OPTIONS)).toMatchObject({
      master: null,
      reason: 'none-fits',
      values: { exposure: 1 },
    })
    const asked = { ...OPTIONS, darkScaling: true }
    expect(chooseMaster(light, 'master-dark', candidates, asked)).toMatchObject({
      master: 'master-0',
      reason: 'scaled-by-exposure',
    })
    const withBias = candidates.map((candidate) => ({ ...candidate, biasSubtracted: false }))
    expect(chooseMaster(light, 'master-dark', withBias, asked).reason).toBe('none-fits')
  })

  it('takes the closest night within the limit', () => {
    const candidates = candidatesFrom(
      makeExposure({ kind: 'flat', night: '2025-02-20+21' }),
      makeExposure({ kind: 'flat', night: '2025-03-03+04' }),
    )
    const choice = chooseMaster(light, 'master-flat', candidates, OPTIONS)
    expect(choice).toMatchObject({ reason: 'closest-in-time', values: { daysApart: 2, alternatives: 1 } })
    expect(chooseMaster(light, 'master-flat', candidates, { ...OPTIONS, maxMasterAgeDays: 1 })).toMatchObject(
      {
        reason: 'none-fits',
        values: { age: 2 },
      },
    )
  })

  it('says of every master whether it is taken, would do, or breaks which rule', () => {
    const candidates = candidatesFrom(
      makeExposure({ kind: 'flat', night: '2025-02-20+21' }),
      makeExposure({ kind: 'flat', night: '2025-03-03+04' }),
      makeExposure({ kind: 'flat', filter: 'V' }),
      makeExposure({ kind: 'flat', night: '2024-03-01+02' }),
      makeExposure({ kind: 'bias' }),
    )
    const verdicts = judgeMasters(light, 'master-flat', candidates, OPTIONS)
    expect(verdicts.map(({ breaks, days, taken }) => [breaks, days, taken])).toEqual([
      [null, 2, true],
      [null, 9, false],
      ['filter', 0, false],
      ['age', 365, false],
    ])
    const [best] = verdicts
    expect(best?.id).toBe(chooseMaster(light, 'master-flat', candidates, OPTIONS).master)
  })

  it.each([
    ['instrument', { instrument: 'Other' }, {}],
    ['binning', { binning: [2, 2] as const }, {}],
    ['filter', { filter: 'V' }, {}],
    ['size', {}, { width: 50 }],
  ])('refuses a flat of another %s', (rule, facts, record) => {
    const candidates = candidatesFrom(makeExposure({ kind: 'flat', ...facts }, record))
    const choice = chooseMaster(light, 'master-flat', candidates, OPTIONS)
    expect(choice).toMatchObject({ master: null, reason: 'none-fits', values: { [rule]: 1 } })
  })

  it('lets a person override every rule, and says which one the choice breaks', () => {
    const candidates = candidatesFrom(makeExposure({ kind: 'flat', filter: 'V' }))
    const choice = chooseMaster(light, 'master-flat', candidates, {
      ...OPTIONS,
      chosen: { flat: 'master-0' },
    })
    expect(choice).toMatchObject({
      master: 'master-0',
      reason: 'chosen-by-person',
      values: { breaks: 'filter' },
    })
    expect(
      chooseMaster(light, 'master-flat', candidates, { ...OPTIONS, chosen: { flat: 'none' } }).reason,
    ).toBe('switched-off')
  })

  it('tells "none taken" from "none fits"', () => {
    expect(chooseMaster(light, 'master-bias', [], OPTIONS)).toMatchObject({
      master: null,
      reason: 'none-taken',
    })
  })
})

it('counts days across a month', () => {
  expect(daysBetweenNights('2025-02-28+01', '2025-03-01+02')).toBe(1)
  expect(daysBetweenNights('', '2025-03-01+02')).toBeNull()
})
