import { expect, it } from 'vitest'
import { groupNights } from '../../web/state/group-nights'
import { makeExposure } from '../support/make-exposure'

it('sorts frames into nights, latest first, and into groups with lights first', () => {
  const nights = groupNights([
    makeExposure({ kind: 'bias', exposure: 0 }),
    makeExposure({ kind: 'light', dateObs: '2025-03-01T23:00:00.000Z' }, { id: 'late' }),
    makeExposure({ kind: 'light', dateObs: '2025-03-01T22:00:00.000Z' }, { id: 'early' }),
    makeExposure({ kind: 'flat', filter: 'R', exposure: 2 }),
    makeExposure({ kind: 'flat', filter: 'R', exposure: 3 }),
    makeExposure({ kind: 'light', night: '2025-03-02+03' }),
  ])
  expect(nights.map(({ night, count }) => [night, count])).toEqual([
    ['2025-03-02+03', 1],
    ['2025-03-01+02', 5],
  ])
  const [, first] = nights
  expect(first?.groups.map(({ kind, frames }) => [kind, frames.length])).toEqual([
    ['light', 2],
    ['flat', 2],
    ['bias', 1],
  ])
  expect(first?.groups[0]?.frames).toEqual(['early', 'late'])
  expect(first?.hours).toBeCloseTo(1, 6)
})

it('follows what a person corrected, and marks what nobody understood', () => {
  const nights = groupNights([
    makeExposure({ kind: 'unknown' }, { id: 'odd' }),
    makeExposure({ kind: 'unknown' }, { id: 'named', corrections: { kind: 'dark' } }),
  ])
  expect(nights[0]?.groups.map(({ kind }) => kind)).toEqual(['dark', 'unknown'])
  expect(nights[0]?.needsLook).toEqual(['odd'])
})
