import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CardValue, HeaderCard } from '../../../web/core/header'
import { formatCard, listHdus, parseHeader } from '../../../web/science/fits'
import { isAsterismError } from './errors'
import { imageCards, joinBytes, makeFrame, makeHeader } from './make-fits'

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/headers.json', import.meta.url), 'utf8'),
) as {
  astropy: string
  file: string
  cards: { keyword: string; value: CardValue; comment: string }[]
}

const COMMENTARY = ['COMMENT', 'HISTORY', '']

const readCards = (...cards: string[]): HeaderCard[] =>
  parseHeader(makeHeader(['SIMPLE  =                    T', ...cards]), 0).header.slice(1)

const readCard = (card: string): HeaderCard => readCards(card)[0]!

describe(`a header that astropy ${golden.astropy} wrote`, () => {
  const { header } = parseHeader(new Uint8Array(Buffer.from(golden.file, 'base64')), 0)
  it('has the same keywords in the same order', () => {
    expect(header.map((card) => card.keyword)).toEqual(golden.cards.map((card) => card.keyword))
  })
  it.each(golden.cards.map((card, index) => ({ ...card, index })))(
    '$index $keyword',
    ({ keyword, value, comment, index }) => {
      const card = header[index]!
      expect(card.flaw).toBeUndefined()
      if (COMMENTARY.includes(keyword)) expect(card).toMatchObject({ value: null, comment: value })
      else expect(card).toMatchObject({ value, comment })
    },
  )
})

describe('cards as cameras write them', () => {
  it.each<[string, Partial<HeaderCard>]>([
    ['EQUINOX = 2000.0 / Epoch', { keyword: 'EQUINOX', value: 2000, comment: 'Epoch' }],
    ['EXPTIME = 060.00 / s', { value: 60 }],
    ['TELALT  = +62.592 / Altitude', { value: 62.592 }],
    ['GAIN    = 1.5D+01', { value: 15 }],
    ['GAIN    = .5', { value: 0.5 }],
    ["NAME    = 'it''s' / ok", { value: "it's", comment: 'ok' }],
    ["NAME    =                  'late'", { value: 'late' }],
    ["NAME    = ''", { value: '' }],
    ["NAME    = '60.0    '", { value: '60.0' }],
    ["NAME    = 'a / b' / c", { value: 'a / b', comment: 'c' }],
    ['NOTHING =', { value: null, comment: '' }],
    ['NOTHING = / said', { value: null, comment: 'said' }],
    ['SIMPLE2 =                    T/CCDSOFT', { value: true, comment: 'CCDSOFT' }],
    ['COMPLEX = (1.0, -2.0) / pair', { value: '(1.0, -2.0)', comment: 'pair' }],
    [
      'COMMENT = not a value / at all',
      { keyword: 'COMMENT', value: null, comment: '= not a value / at all' },
    ],
    ['HISTORY', { keyword: 'HISTORY', value: null, comment: '' }],
    ['HIERARCH ESO DET ID = 7 / chip', { keyword: 'ESO DET ID', value: 7, comment: 'chip' }],
    ["HIERARCH ESO INS FILT1 NAME='R#642'", { keyword: 'ESO INS FILT1 NAME', value: 'R#642' }],
  ])('%s', (raw, expected) => {
    const card = readCard(raw)
    expect(card).toMatchObject(expected)
    expect(card.flaw).toBeUndefined()
    expect(card.raw).toBe(raw.padEnd(80))
  })

  it.each<[string, Partial<HeaderCard>, string]>([
    [
      'DATE-OBS= 2019-01-02T03:04:05.6 / start',
      { value: '2019-01-02T03:04:05.6', comment: 'start' },
      'not quoted',
    ],
    ['DATE-OBS= 18/02/99 / start', { value: '18/02/99', comment: 'start' }, 'not quoted'],
    ['GAIN    = NaN', { value: 'NaN' }, 'not quoted'],
    ["OBJECT  = 'M 31", { value: 'M 31' }, 'no closing quote'],
    ["OBJECT  = 'M 31' galaxy", { value: 'M 31', comment: 'galaxy' }, 'between the string'],
    ['exptime = 30', { keyword: 'EXPTIME', value: 30 }, 'lower case'],
    ['EXPTIME =30', { keyword: 'EXPTIME', value: 30 }, 'no blank'],
    ['EXPTIME= 30', { keyword: 'EXPTIME', value: 30 }, 'column 9'],
    ['EXPOSURETIME= 30', { keyword: 'EXPOSURETIME', value: 30 }, 'column 9'],
    ['WHATEVER this is', { keyword: 'WHATEVER', value: null, comment: ' this is' }, 'no value'],
    ["CONTINUE  'alone'", { keyword: 'CONTINUE', value: null }, 'no string to continue'],
    ["OBJECT  = 'Caf\u00e9'", { value: 'Caf\u00e9' }, 'ASCII'],
    ["OBJECT  = '\u00c3\u00a9toile'", { value: '\u00e9toile' }, 'ASCII'],
    ["OBJECT  = 'a\0b'", { value: 'a b' }, 'ASCII'],
  ])('%s: kept, with what is wrong', (raw, expected, flaw) => {
    const card = readCard(raw)
    expect(card).toMatchObject(expected)
    expect(card.flaw).toContain(flaw)
    expect(card.raw).toBe(raw.padEnd(80))
  })

  it('joins CONTINUE cards, and leaves an ampersand that nothing follows', () => {
    const [long, after] = readCards(
      "LONG    = 'one &'",
      "CONTINUE  'two &' / a",
      "CONTINUE  'three' / b",
      'NEXT    = 1',
    )
    expect(long).toMatchObject({ keyword: 'LONG', value: 'one two three', comment: 'a b' })
    expect(long?.raw.length).toBe(240)
    expect(after).toMatchObject({ keyword: 'NEXT', value: 1 })
    expect(readCard("NAME    = 'Smith &'").value).toBe('Smith &')
  })

  it('keeps commentary, blanks and doubles in their order', () => {
    const cards = readCards('HISTORY one', '', 'COMMENT two', 'A       = 1', 'A       = 2', 'HISTORY three')
    expect(cards.map((card) => card.keyword)).toEqual(['HISTORY', '', 'COMMENT', 'A', 'A', 'HISTORY'])
    expect(cards.map((card) => card.comment.trim())).toEqual(['one', '', 'two', '', '', 'three'])
  })

  it('goes without the padding after END at the end of a file', () => {
    const bytes = makeHeader(['SIMPLE  =                    T'], { pad: false })
    expect(parseHeader(bytes, 0)).toMatchObject({ end: 160 })
  })
})

describe('files that are no good', () => {
  it.each<[string, Uint8Array, Parameters<typeof isAsterismError>]>([
    ['nothing at all', new Uint8Array(0), ['empty-file', '0 bytes']],
    [
      'a JPEG',
      new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]),
      ['not-fits', 'SIMPLE'],
    ],
    [
      'a header cut off',
      makeHeader(imageCards(16, [4, 3]), { end: false, pad: false }),
      ['truncated', 'without END'],
    ],
    [
      'a header without END',
      makeHeader(
        Array.from({ length: 10_100 }, (_, index) =>
          index === 0 ? 'SIMPLE  =                    T' : 'COMMENT x',
        ),
        { end: false },
      ),
      ['bad-header', '10000 cards'],
    ],
    [
      'a thousand million pixels each way',
      makeHeader(imageCards(16, [1e9, 1e9])),
      ['too-large', '1,000,000,000 x 1,000,000,000'],
    ],
    [
      'more pixels than the file has',
      makeHeader(imageCards(16, [4000, 4000])),
      ['truncated', '0 of 4000 rows'],
    ],
    ['a BITPIX of 12', makeHeader(imageCards(12, [4, 3])), ['bad-header', 'BITPIX is 12']],
    ['a negative axis', makeHeader(imageCards(16, [-4, 3])), ['bad-header', 'NAXIS1 is -4']],
    ['an axis left out', makeHeader(imageCards(16, [4, 3]).slice(0, 4)), ['bad-header', 'NAXIS2']],
    [
      'a thousand axes',
      makeHeader([
        'SIMPLE  =                    T',
        'BITPIX  =                   16',
        'NAXIS   =                 5000',
      ]),
      ['bad-header', '5000'],
    ],
  ])('%s', (_, bytes, expected) => {
    expect(() => listHdus(bytes)).toThrow(isAsterismError(...expected))
  })

  it('says how many rows of a cut-off image are there', () => {
    const whole = joinBytes(makeHeader(imageCards(16, [100, 50])), new Uint8Array(100 * 50 * 2))
    const cut = whole.subarray(0, 2880 + 100 * 2 * 30 + 17)
    expect(() => listHdus(cut)).toThrow(isAsterismError('truncated', '30 of 50 rows'))
    expect(listHdus(whole.subarray(0, 2880 + 10_000))[0]?.dataLength).toBe(10_000)
  })

  it('leaves alone what follows the last HDU and is no extension', () => {
    expect(listHdus(joinBytes(makeFrame(), new TextEncoder().encode('trailing remarks'))).length).toBe(1)
  })

  it('never throws anything but an AsterismError, whatever bytes are changed (seed 31)', () => {
    const frame = makeFrame(["OBJECT  = 'M 31'", 'EXPTIME = 30'])
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2879), fc.nat(255)), { maxLength: 12 }), (changes) => {
        const bytes = frame.slice()
        for (const [at, value] of changes) bytes[at] = value
        try {
          listHdus(bytes)
        } catch (error) {
          expect(error).toMatchObject({ name: 'AsterismError' })
        }
      }),
      { seed: 31, numRuns: 500 },
    )
  })
})

describe('cards written and read again', () => {
  const text = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
    maxLength: 200,
  })
  const keyword = fc
    .stringMatching(/^[A-Z][A-Z0-9_-]{0,7}$/)
    .filter((word) => !['COMMENT', 'HISTORY', 'CONTINUE', 'HIERARCH', 'END', 'SIMPLE'].includes(word))
  const value = fc.oneof(
    text.map((string) => string.trimEnd()),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  )

  it('have the same value, and no flaw (seed 80)', () => {
    fc.assert(
      fc.property(keyword, value, text, (name, wanted, comment) => {
        const written = formatCard({ keyword: name, value: wanted, comment })
        expect(written.length % 80).toBe(0)
        const { header } = parseHeader(
          joinBytes(makeHeader(['SIMPLE  =                    T', ...(written.match(/.{80}/gs) ?? [])])),
          0,
        )
        expect(header.length).toBe(2)
        expect(header[1]?.flaw).toBeUndefined()
        expect(header[1]?.keyword).toBe(name)
        expect(header[1]?.value).toBe(Object.is(wanted, -0) ? -0 : wanted)
        expect(comment.trim().startsWith(header[1]?.comment.trim() ?? '')).toBe(true)
      }),
      { seed: 80, numRuns: 1000 },
    )
  })

  it('have a keyword outside the standard as HIERARCH', () => {
    const written = formatCard({ keyword: 'ESO DET ID', value: 7, comment: 'chip' })
    expect(written.startsWith('HIERARCH ESO DET ID = ')).toBe(true)
    expect(readCard(written)).toMatchObject({ keyword: 'ESO DET ID', value: 7, comment: 'chip' })
  })
})
