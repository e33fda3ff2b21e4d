import { describe, expect, it } from 'vitest'
import { parseProfile } from '../../web/ingest/instruments/parse-profile'
import type { InstrumentProfile } from '../../web/ingest/instruments/profile-schema'
import {
  addAlias,
  blockOf,
  changeAlias,
  formatPairs,
  listAliasRows,
  listConditions,
  makeCondition,
  parsePairs,
  removeAlias,
  testOf,
  valueOf,
  writeConditions,
  writeDate,
  writeFilters,
  writeKinds,
  writeValue,
} from '../../web/ui/instruments/edit-draft'

const EMPTY: InstrumentProfile = { format: 1, name: 'mine', title: 'Mine', recognise: { all: [] }, notes: [] }

/** What the form makes has to be a profile at every step. */
const check = (profile: InstrumentProfile): InstrumentProfile => {
  expect(parseProfile(JSON.stringify(profile))).toEqual(JSON.parse(JSON.stringify(profile)))
  return profile
}

describe('the form for cards', () => {
  it('puts a card before the usual ones, changes it, and gives the field back when it goes', () => {
    const one = check(addAlias(EMPTY, 'exposure', 'SHUTTER'))
    expect(one.aliases).toEqual({ exposure: [{ keyword: 'SHUTTER' }, 'general'] })
    const two = check(addAlias(one, 'exposure', 'TIME'))
    const [first, second] = listAliasRows(two)
    expect([first?.entry, second?.entry]).toEqual([{ keyword: 'TIME' }, { keyword: 'SHUTTER' }])
    const read = check(changeAlias(two, first!, { keyword: 'TIME', read: 'milliseconds' }))
    expect(read.aliases?.exposure?.[0]).toEqual({ keyword: 'TIME', read: 'milliseconds' })
    const fewer = check(removeAlias(read, listAliasRows(read)[0]!))
    expect(fewer.aliases).toEqual(one.aliases)
    expect(check(removeAlias(fewer, listAliasRows(fewer)[0]!))).toEqual(EMPTY)
  })

  it('names the same card once', () => {
    const twice = addAlias(addAlias(addAlias(EMPTY, 'gain', 'A'), 'gain', 'B'), 'gain', 'A')
    expect(twice.aliases?.gain).toEqual([{ keyword: 'A' }, { keyword: 'B' }, 'general'])
  })

  it('shows a field that no card holds', () => {
    const none = { ...EMPTY, aliases: { gain: [] } }
    const [row] = listAliasRows(none)
    expect(row).toEqual({ field: 'gain', index: 0, entry: null })
    expect(removeAlias(none, row!)).toEqual(EMPTY)
  })
})

describe('the form for values', () => {
  it('holds each in one block and leaves no empty ones', () => {
    const assumed = check(writeValue(EMPTY, 'gain', 1.5))
    expect([blockOf(assumed, 'gain'), valueOf(assumed, 'gain')]).toEqual(['assume', 1.5])
    const set = check(writeValue(assumed, 'gain', 1.5, 'set'))
    expect(set).toEqual({ ...EMPTY, set: { gain: 1.5 } })
    expect(check(writeValue(set, 'gain', 2)).set).toEqual({ gain: 2 })
    expect(check(writeValue(set, 'gain', undefined))).toEqual(EMPTY)
  })
})

describe('the form for conditions', () => {
  it.each([
    [
      { keyword: 'A', is: 'b' },
      { join: 'all', rows: [{ keyword: 'A', is: 'b' }] },
    ],
    [{ any: [{ keyword: 'A', is: 'b' }] }, { join: 'any', rows: [{ keyword: 'A', is: 'b' }] }],
    [{ all: [] }, { join: 'all', rows: [] }],
    [{ not: { keyword: 'A', is: 'b' } }, null],
    [{ all: [{ any: [{ keyword: 'A', is: 'b' }] }] }, null],
  ])('%j', (recognise, expected) => {
    expect(listConditions(recognise)).toEqual(expected)
  })

  it.each([
    ['is', 'b', { keyword: 'A', is: 'b' }],
    ['above', '2,5', { keyword: 'A', above: 2.5 }],
    ['below', 'x', { keyword: 'A', below: 0 }],
    ['present', 'false', { keyword: 'A', present: false }],
  ] as const)('%s %s', (test, text, expected) => {
    const made = makeCondition('A', test, text)
    expect(made).toEqual(expected)
    expect(testOf(made)).toBe(test)
    check(writeConditions(EMPTY, 'any', [made]))
  })

  it('without a line knows every frame', () => {
    expect(check(writeConditions(EMPTY, 'any', [])).recognise).toEqual({ all: [] })
  })
})

describe('the form for words and time', () => {
  it('reads and writes pairs, a line each', () => {
    expect(parsePairs('1 = V\n\n2=R = r\nnothing\n= x')).toEqual({ 1: 'V', 2: 'R = r' })
    expect(parsePairs(formatPairs({ a: 'b', c: 'd e' }))).toEqual({ a: 'b', c: 'd e' })
    expect(check(writeFilters(EMPTY, { 1: 'V' })).filters).toEqual({ 1: 'V' })
    expect(writeFilters(writeFilters(EMPTY, { 1: 'V' }), {})).toEqual(EMPTY)
  })

  it('leaves out what says nothing', () => {
    const kinds = check(writeKinds(EMPTY, { default: 'light' }))
    expect(kinds.kinds).toEqual({ default: 'light' })
    expect(writeKinds(kinds, { default: undefined })).toEqual(EMPTY)
    const date = check(writeDate(EMPTY, { keywords: ['DATE-LOC'] }))
    expect(check(writeDate(date, { zone: '+01:00' })).date).toEqual({
      keywords: ['DATE-LOC'],
      zone: '+01:00',
    })
    expect(writeDate(date, { zone: '' }).date).toEqual({ keywords: ['DATE-LOC'] })
    expect(writeDate(date, { keywords: [] })).toEqual(EMPTY)
  })
})
