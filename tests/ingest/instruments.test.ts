import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Header } from '../../web/core/header'
import { findProfile } from '../../web/ingest/instruments'
import { listBuiltInProfiles } from '../../web/ingest/instruments/built-in-profiles'
import { formatProfile } from '../../web/ingest/instruments/format-profile'
import { matchGlob } from '../../web/ingest/instruments/match-glob'
import { checkProfile, parseProfile } from '../../web/ingest/instruments/parse-profile'
import { profileSchema, type InstrumentProfile } from '../../web/ingest/instruments/profile-schema'
import {
  NUMBER_FIELDS,
  NUMBER_READERS,
  PLAIN_FIELDS,
  TIDY_NAMES,
} from '../../web/ingest/instruments/profile-words'
import { readFacts } from '../../web/ingest/read-facts'
import { isAsterismError } from '../science/fits/errors'

const FOLDER = 'web/ingest/instruments/profiles'

const cards = (values: Readonly<Record<string, string | number | boolean>>): Header =>
  Object.entries(values).map(([keyword, value]) => ({ keyword, value, comment: '', raw: '' }))

const profile = (more: Record<string, unknown> = {}): InstrumentProfile =>
  parseProfile(
    JSON.stringify({ format: 1, name: 'mine', title: 'Mine', recognise: { all: [] }, notes: [], ...more }),
  )

const read = (values: Parameters<typeof cards>[0], more: Record<string, unknown> = {}) =>
  readFacts(cards(values), 'x.fits', profile(more))

describe('the built-in profiles', () => {
  const builtIn = listBuiltInProfiles()

  it('are all there, each in a file of its name', () => {
    expect(builtIn.map(({ name }) => `${name}.json`).sort()).toEqual(readdirSync(FOLDER).sort())
    expect(builtIn.at(-1)?.name).toBe('generic')
  })

  it.each(builtIn)('$name goes out and in again', (each) => {
    expect(parseProfile(formatProfile(each))).toEqual(each)
  })

  it('take no frame that says nothing', () => {
    expect(findProfile(cards({ SIMPLE: true })).name).toBe('generic')
  })
})

describe('the example in the documents', () => {
  const text = /```json\n([\s\S]*?)```/.exec(readFileSync('docs/instruments.md', 'utf8'))?.[1] ?? ''

  it('is a profile, and reads a frame as the document says', () => {
    const example = parseProfile(text)
    const header = cards({
      INSTRUME: 'ZWO ASI294MM Pro',
      FOCALLEN: 700,
      FWHEEL: '2',
      SENSOR: 263.15,
      SHUTTER: 30_000_000,
      'DATE-OBS': '2024-01-02T03:00:00',
      GAIN: 60,
      READOUTM: 'Low noise',
      XBINNING: 2,
      IMAGETYP: 'sky',
    })
    expect(findProfile(header, [example])).toBe(example)
    const { facts } = readFacts(header, 'x.fits', example)
    expect(facts).toMatchObject({
      telescope: 'Refractor',
      filter: 'R',
      temperature: -10,
      exposure: 30,
      dateObs: '2024-01-02T02:00:00.000Z',
      saturation: 65_532,
      gain: expect.closeTo(2, 10) as number,
      gainSetting: 60,
      readNoise: 1.9,
      pixelScale: 2.72,
      kind: 'flat',
      night: '2024-01-01+02',
      site: { latitude: 50.73, longitude: 7.07, elevation: 60, name: 'School' },
    })
  })

  it('names every field of a profile, every reader and every test', () => {
    const document = readFileSync('docs/instruments.md', 'utf8')
    const names = [
      ...Object.keys(profileSchema.shape),
      ...Object.keys(profileSchema.shape.assume.unwrap().shape),
      ...NUMBER_READERS,
      ...NUMBER_FIELDS,
      ...PLAIN_FIELDS,
      ...TIDY_NAMES,
    ]
    expect(names.length).toBeGreaterThan(80)
    expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([])
  })
})

describe('a profile from outside', () => {
  const base = { format: 1, name: 'mine', title: 'Mine', recognise: { keyword: 'A', is: 'b' }, notes: [] }
  it.each<[string, unknown, RegExp]>([
    ['an unknown field', { ...base, color: 1 }, /"color"/],
    ['an unknown field deep within', { ...base, set: { gian: 2 } }, /set: .*"gian"/],
    [
      'an unknown reader',
      { ...base, aliases: { exposure: [{ keyword: 'A', read: 'eval' }] } },
      /aliases\.exposure\[1\]\.read/,
    ],
    [
      'a reader where a text is read',
      { ...base, aliases: { object: [{ keyword: 'A', read: 'hours' }] } },
      /aliases\.object\[1\].*"read"/,
    ],
    ['a program in a name', { ...base, name: '../x' }, /name: /],
    [
      'a condition with two tests',
      { ...base, recognise: { keyword: 'A', is: 'b', starts: 'c' } },
      /recognise: .*exactly one/,
    ],
    ['a condition without a test', { ...base, recognise: { keyword: 'A' } }, /recognise: .*exactly one/],
    ['a regular expression', { ...base, recognise: { keyword: 'A', matches: '(a+)+$' } }, /"matches"/],
    ['a gain beyond belief', { ...base, set: { gain: 1e9 } }, /set\.gain: .*0\.001 and 1000/],
    [
      'a rule with a value and a table',
      { ...base, set: { gain: [{ value: 1, table: [[1, 1]] }] } },
      /set\.gain\[1\]: .*exactly one/,
    ],
    [
      'a site that is not on Earth',
      { ...base, set: { site: { latitude: 91, longitude: 0 } } },
      /set\.site\.latitude/,
    ],
    ['another version', { ...base, format: 2 }, /format/],
    ['a list', [], /object/],
    ['nothing', null, /object/],
  ])('with %s is refused by name', (_, given, words) => {
    const { profile: checked, faults } = checkProfile(given)
    expect(checked).toBeNull()
    expect(faults.join(' ')).toMatch(words)
  })

  it('that is no JSON, too long, or nested without end is refused', () => {
    const nest = (depth: number): unknown =>
      depth === 0 ? { keyword: 'A', is: 'b' } : { not: nest(depth - 1) }
    expect(() => parseProfile('{')).toThrow(isAsterismError('bad-profile', 'not valid JSON'))
    expect(() => parseProfile(' '.repeat(200_001))).toThrow(isAsterismError('bad-profile', '200,001'))
    expect(checkProfile({ ...base, recognise: nest(5000) }).faults).toEqual([
      'The profile is nested too deeply.',
    ])
    const wide = (depth: number): unknown =>
      depth === 0 ? { keyword: 'A', is: 'b' } : { any: Array.from({ length: 20 }, () => wide(depth - 1)) }
    expect(checkProfile({ ...base, recognise: wide(4) }).faults).toEqual([
      'The profile has far too many parts.',
    ])
    expect(checkProfile({ ...base, recognise: nest(5) }).faults).toEqual([])
  })

  it('made of anything at all never throws (seed 7)', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 8 }),
        fc.constantFrom(...Object.keys(base), 'set', 'aliases', 'date'),
        (value, key) => {
          const { profile: checked, faults } = checkProfile({ ...base, [key]: value })
          expect(checked === null).toBe(faults.length > 0)
        },
      ),
      { seed: 7, numRuns: 500 },
    )
  })
})

describe('a pattern', () => {
  it('says what the same regular expression says (seed 3)', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', 'B'), maxLength: 10 })
    fc.assert(
      fc.property(text, text, (pattern, given) => {
        const source = pattern.replaceAll('*', '[^]*').replaceAll('?', '[^]')
        expect(matchGlob(pattern, given)).toBe(new RegExp(`^${source}$`, 'i').test(given))
      }),
      { seed: 3, numRuns: 3000 },
    )
  })

  it('cannot hang', () => {
    const started = performance.now()
    expect(matchGlob(`${'a*'.repeat(60)}b`, 'a'.repeat(10_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('which profile knows a header', () => {
  const one = profile({ name: 'one', recognise: { keyword: 'INSTRUME', starts: 'ZWO' } })
  const two = profile({
    name: 'two',
    recognise: {
      all: [
        { keyword: 'INSTRUME', starts: 'ZWO' },
        { keyword: 'TELESCOP', is: 'mine' },
      ],
    },
  })

  it('is the one that says most, whatever the order', () => {
    const header = cards({ INSTRUME: 'ZWO ASI1600MM', TELESCOP: 'Mine' })
    expect(findProfile(header, [one, two]).name).toBe('two')
    expect(findProfile(header, [two, one]).name).toBe('two')
    expect(findProfile(cards({ INSTRUME: 'ZWO ASI1600MM' }), [one, two]).name).toBe('one')
  })

  it("is a person's own before any that is built in", () => {
    const header = cards({ INSTRUME: 'ZWO ASI1600MM', SWCREATE: 'N.I.N.A. 3.1' })
    expect(findProfile(header).name).toBe('zwo-nina')
    expect(findProfile(header, [one]).name).toBe('one')
  })

  it.each<[string, unknown, boolean]>([
    ['is, of a number', { keyword: 'N', is: 5 }, true],
    ['is, of a truth value', { keyword: 'T', is: true }, true],
    ['is not a part', { keyword: 'A', is: 'Camera' }, false],
    ['contains', { keyword: 'A', contains: 'AMERA' }, true],
    ['like', { keyword: 'A', like: 'my*?2' }, true],
    ['above', { keyword: 'N', above: 5 }, false],
    ['below', { keyword: 'N', below: 5.1 }, true],
    ['below, of no number', { keyword: 'A', below: 5 }, false],
    ['absent', { keyword: 'Z', present: false }, true],
    ['not', { not: { keyword: 'N', is: 5 } }, false],
    [
      'any',
      {
        any: [
          { keyword: 'N', is: 4 },
          { keyword: 'N', is: 5 },
        ],
      },
      true,
    ],
    [
      'all',
      {
        all: [
          { keyword: 'N', is: 4 },
          { keyword: 'N', is: 5 },
        ],
      },
      false,
    ],
    ['a line of COMMENT', { keyword: 'COMMENT', contains: 'indi' }, true],
  ])('%s', (_, recognise, expected) => {
    const header: Header = [
      ...cards({ A: 'My Camera 2', N: 5, T: true }),
      { keyword: 'COMMENT', value: null, comment: 'Generated by INDI', raw: '' },
    ]
    expect(findProfile(header, [profile({ recognise })]).name === 'mine').toBe(expected)
  })
})

describe('what a profile says', () => {
  it('with `set` wins over the header, and with `assume` only stands in for it', () => {
    const values = { gain: 2, telescope: 'Mine', saturation: 4095 }
    const header = { EGAIN: 1.5, TELESCOP: 'Mount', SATURATE: 60_000 }
    const set = read(header, { set: values })
    expect(set.facts).toMatchObject(values)
    expect(set.sources).toMatchObject({ gain: 'profile', telescope: 'profile', saturation: 'profile' })
    const assumed = read(header, { assume: values })
    expect(assumed.facts).toMatchObject({ gain: 1.5, telescope: 'Mount', saturation: 60_000 })
    expect(assumed.sources).toMatchObject({ gain: 'header', saturation: 'header' })
    expect(read({}, { assume: values }).sources).toMatchObject({ gain: 'profile' })
  })

  it.each<[number, string | undefined, number | null]>([
    [0, undefined, 4],
    [50, undefined, null],
    [50, 'linear', 2.5],
    [50, 'logarithmic', 2],
    [100, 'linear', 1],
    [101, 'linear', null],
    [-1, 'logarithmic', null],
  ])('of a gain setting of %d with %s between the rows is %s', (GAIN, between, expected) => {
    const rule = {
      table: [
        [100, 1],
        [0, 4],
      ],
      ...(between === undefined ? {} : { between }),
    }
    const { gain } = read({ GAIN }, { assume: { gain: [rule] } }).facts
    if (expected === null) expect(gain).toBeNull()
    else expect(gain).toBeCloseTo(expected, 12)
  })

  it('of one pixel is multiplied by the binning, and a scale follows from size and focal length', () => {
    expect(read({ XBINNING: 2 }, { assume: { pixelScale: 0.5 } }).facts.pixelScale).toBe(1)
    const { facts, sources } = read({ XBINNING: 2, FOCALLEN: 1000 }, { assume: { pixelSize: 5 } })
    expect(facts.pixelScale).toBeCloseTo(2.06264806, 8)
    expect(sources).toMatchObject({ pixelSize: 'profile', pixelScale: 'profile', focalLength: 'header' })
  })

  it('of a height leaves the place that the header gives', () => {
    const header = { SITELAT: 50, SITELONG: 7 }
    expect(read(header, { assume: { elevation: 300 } }).facts.site).toMatchObject({
      latitude: 50,
      elevation: 300,
    })
    expect(read({ ...header, SITEELEV: 60 }, { assume: { elevation: 300 } }).facts.site?.elevation).toBe(60)
  })

  it.each<[string, Record<string, unknown>, Record<string, string | number>, string | null]>([
    [
      'the middle',
      { keywords: ['MIDTIME'], stamp: 'middle' },
      { MIDTIME: '2024-01-02T03:04:05' },
      '2024-01-02T03:03:05.000Z',
    ],
    [
      'the end',
      { keywords: ['DATE-OBS'], stamp: 'end' },
      { 'DATE-OBS': '2024-01-02T03:04:05' },
      '2024-01-02T03:02:05.000Z',
    ],
    [
      'local time',
      { keywords: ['DATE-LOC'], zone: '-07:00' },
      { 'DATE-LOC': '2024-01-02T03:04:05' },
      '2024-01-02T10:04:05.000Z',
    ],
    [
      'local time that says its zone',
      { keywords: ['DATE-LOC'], zone: '-07:00' },
      { 'DATE-LOC': '2024-01-02T03:04:05Z' },
      '2024-01-02T03:04:05.000Z',
    ],
    [
      'in two cards',
      { keywords: ['DATE-OBS'], zone: '+02:00' },
      { 'DATE-OBS': '2024-01-02', 'TIME-OBS': '01:00:00' },
      '2024-01-01T23:00:00.000Z',
    ],
    [
      'nothing of its own',
      { keywords: ['ELSE'] },
      { 'DATE-OBS': '2024-01-02T03:04:05' },
      '2024-01-02T03:04:05.000Z',
    ],
  ])('of time: %s', (_, date, header, expected) => {
    expect(read({ ...header, EXPTIME: 120 }, { date }).facts.dateObs).toBe(expected)
  })
})
