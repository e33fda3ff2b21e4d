import type { Random } from '../../web/science/math/random'
import { chance, drawInteger, pick } from './pick'

/** Cards of a header without END, 80 characters each or whatever a mutation left. */
type CardMutation = (random: Random, cards: string[]) => void

/** Keywords by which a reader finds its way; a wrong value in any of them must not lead it astray. */
const GUIDES =
  'SIMPLE BITPIX NAXIS NAXIS1 NAXIS2 NAXIS3 NAXIS4 XTENSION PCOUNT GCOUNT GROUPS TFIELDS THEAP EXTEND EXTNAME INHERIT ' +
  'BSCALE BZERO BLANK TFORM1 TFORM2 TFORM3 TTYPE1 TTYPE2 TBCOL1 TBCOL2 TDIM1 TDIM2 TSCAL1 TZERO1 TNULL1 TDISP1 PSCAL1 PZERO1 PTYPE1 ' +
  'ZIMAGE ZCMPTYPE ZBITPIX ZNAXIS ZNAXIS1 ZNAXIS2 ZNAXIS3 ZTILE1 ZTILE2 ZTILE3 ZNAME1 ZVAL1 ZNAME2 ZVAL2 ZBLANK ZSCALE ZZERO ' +
  'ZQUANTIZ ZDITHER0 ZTENSION ZSIMPLE ZPCOUNT ZGCOUNT ZMASKCMP CHECKSUM DATASUM'
const FACTS =
  'DATE-OBS TIME-OBS UT-OBS MJD-OBS JD EXPTIME EXPOSURE EXPOINUS IMAGETYP OBJECT FILTER GAIN EGAIN RDNOISE CCD-TEMP XBINNING CCDSUM ' +
  'OBJCTRA OBJCTDEC RA DEC LONGITUD SITELONG SITELAT SITEELEV LATITUDE INSTRUME TELESCOP DEVICE OBSERVAT CREATOR REFERENC SATURATE ' +
  'BIASSEC TRIMSEC DATASEC BAYERPAT XBAYROFF ROWORDER PEDESTAL CALSTAT CTYPE1 CTYPE2 CRVAL1 CRPIX1 CD1_1 CD2_2 CDELT1 AIRMASS FOCALLEN ' +
  'XPIXSZ TIMESYS DATE-LOC'
const GUIDE_KEYWORDS = GUIDES.split(' ')
const FACT_KEYWORDS = FACTS.split(' ')

const WORDS = [
  "''",
  "'",
  "'''",
  "' '",
  "'T'",
  "'IMAGE'",
  "'BINTABLE'",
  "'TABLE'",
  "'RICE_1'",
  "'GZIP_1'",
  "'GZIP_2'",
  "'PLIO_1'",
  "'HCOMPRESS_1'",
  "'NOCOMPRESS'",
  "'BLOCKSIZE'",
  "'BYTEPIX'",
  "'SCALE'",
  "'SMOOTH'",
  "'COMPRESSED_DATA'",
  "'ZSCALE'",
  "'1PB(0)'",
  "'1QB'",
  "'1PJ(100)'",
  "'1D'",
  "'1J'",
  "'999999999E'",
  "'0J'",
  "'1000000000X'",
  "'A'",
  "'12A'",
  "'I6'",
  "'F8.3'",
  "'(1000000000,1000000000)'",
  "'(0,0)'",
  "'SUBTRACTIVE_DITHER_2'",
  "'NO_DITHER'",
  "'2017-12-19T18:33:43.317-0700'",
  "'19/12/95'",
  "'9999-99-99T99:99:99'",
  "'12 34 56.7'",
  "'-99:99:99'",
  "'2x2'",
  "'[1:100,1:100]'",
  "'[-5:1e9,7]'",
  "'no closing quote",
  "'it''s'",
  "'long&'",
  'bare words',
  '2017/12/19 / a date',
  '(1, 2)',
  '(1e999, x)',
  'T',
  'F',
  '',
  '/ only a comment',
  'NaN',
  '-NaN',
  'Infinity',
  '-INF',
  '1E999',
  '-1D400',
  '0x10',
  '1e-400',
  '.5',
  '5.',
  '+',
  '-',
  '1.5.2',
  '123456789012345678901234567890',
  '9223372036854775808',
  '-9223372036854775808',
  '1E5',
  '0.5',
  '-0.5',
  '1.0000001',
  '1,5',
  '٣',
  'ü',
]

const drawValue = (random: Random): string => {
  const kind = random.integer(4)
  if (kind < 2) return String(drawInteger(random)).padStart(chance(random, 0.8) ? 20 : 0)
  if (kind === 2) return pick(random, WORDS)
  return String((random.uniform() - 0.5) * 10 ** (random.integer(40) - 10))
}

const drawKeyword = (random: Random): string =>
  chance(random, 0.7) ? pick(random, GUIDE_KEYWORDS) : pick(random, FACT_KEYWORDS)

const makeCard = (keyword: string, value: string): string => `${keyword.padEnd(8)}= ${value}`.slice(0, 80)

/** A card that guides a reader, if there is one; else any. */
const findPlace = (random: Random, cards: readonly string[]): number => {
  const guides = cards.flatMap((card, index) =>
    GUIDE_KEYWORDS.includes(card.slice(0, 8).trimEnd()) ? [index] : [],
  )
  return guides.length > 0 && chance(random, 0.7)
    ? pick(random, guides)
    : random.integer(Math.max(1, cards.length))
}

const changeValue: CardMutation = (random, cards) => {
  const place = findPlace(random, cards)
  cards[place] = makeCard((cards[place] ?? 'EMPTY').slice(0, 8), drawValue(random))
}

/** A little off is as wrong as far off, and gets past more checks. */
const nudgeNumber: CardMutation = (random, cards) => {
  const place = findPlace(random, cards)
  const card = cards[place] ?? ''
  const number = Number(card.slice(10).split('/')[0])
  if (!Number.isFinite(number)) return changeValue(random, cards)
  const changed = pick(random, [
    number + 1,
    number - 1,
    number * 2,
    number / 2,
    -number,
    number * 1000,
    number + 0.5,
  ])
  cards[place] = makeCard(card.slice(0, 8), String(changed).padStart(20))
}

const swapValues: CardMutation = (random, cards) => {
  const [first, second] = [findPlace(random, cards), findPlace(random, cards)]
  const [a, b] = [cards[first] ?? '', cards[second] ?? '']
  cards[first] = a.slice(0, 10) + b.slice(10)
  cards[second] = b.slice(0, 10) + a.slice(10)
}

const dropCard: CardMutation = (random, cards) => {
  cards.splice(findPlace(random, cards), 1)
}

const duplicateCard: CardMutation = (random, cards) => {
  const place = findPlace(random, cards)
  const copies = chance(random, 0.95) ? 1 : 200
  for (let copy = 0; copy < copies; copy++)
    cards.splice(random.integer(cards.length + 1), 0, cards[place] ?? '')
}

const moveCard: CardMutation = (random, cards) => {
  const [card = ''] = cards.splice(findPlace(random, cards), 1)
  cards.splice(random.integer(cards.length + 1), 0, card)
}

const addCard: CardMutation = (random, cards) => {
  const card = makeCard(drawKeyword(random), drawValue(random))
  // Mostly behind the others, where it is an addition; at times before them, where it may win.
  cards.splice(chance(random, 0.7) ? cards.length : random.integer(cards.length + 1), 0, card)
}

const breakCharacters: CardMutation = (random, cards) => {
  const place = random.integer(Math.max(1, cards.length))
  const letters = (cards[place] ?? '').padEnd(80).split('')
  for (let count = 1 + random.integer(4); count > 0; count--)
    letters[random.integer(letters.length)] = pick(random, [
      "'",
      '"',
      '/',
      '=',
      '&',
      '\0',
      '\n',
      '\t',
      '\u007f',
      '\u0080',
      '\u00ff',
      '\u00c3',
      ' ',
      '0',
      '-',
      'E',
    ])
  cards[place] = letters.join('')
}

const shiftCard: CardMutation = (random, cards) => {
  const place = random.integer(Math.max(1, cards.length))
  const card = cards[place] ?? ''
  cards[place] = chance(random, 0.5)
    ? ' '.repeat(1 + random.integer(12)) + card
    : card.slice(1 + random.integer(12))
}

const continueString: CardMutation = (random, cards) => {
  const place = random.integer(cards.length + 1)
  const pieces = chance(random, 0.98) ? 1 + random.integer(20) : 2000
  // What takes the square of the length of a string is over its second with a run of what it looks for.
  const run = pick(random, [
    'more '.repeat(12),
    ' '.repeat(60),
    '1'.repeat(60),
    '12 '.repeat(20),
    'T'.repeat(60),
    'e '.repeat(30),
    '('.repeat(60),
  ])
  const chain = [makeCard(drawKeyword(random), "'a string that goes on &'")]
  for (let piece = 0; piece < pieces; piece++)
    chain.push(chance(random, 0.995) ? `CONTINUE  '${run}&'` : `CONTINUE  ${drawValue(random)}`)
  cards.splice(place, 0, ...chain)
}

const addHierarch: CardMutation = (random, cards) => {
  const keyword = pick(random, [
    'ESO DPR TYPE',
    'A',
    '',
    'A B C D E F G H I J K L M N O P',
    'X='.repeat(20),
    ' '.repeat(60),
  ])
  cards.splice(random.integer(cards.length + 1), 0, `HIERARCH ${keyword} = ${drawValue(random)}`)
}

const breakEnd: CardMutation = (random, cards) => {
  const end = pick(random, [
    'END',
    'end',
    'END     = 1',
    'ENDX',
    'END\0',
    'END' + 'x'.repeat(77),
    'XTENSION',
    'SIMPLE  =',
  ])
  cards.splice(chance(random, 0.3) ? cards.length : random.integer(cards.length + 1), 0, end)
}

const addMany: CardMutation = (random, cards) => {
  if (chance(random, 0.97)) return addCard(random, cards)
  const count = pick(random, [300, 3000, 9990, 10_500])
  const card = pick(random, [
    'HISTORY again',
    '',
    'COMMENT',
    makeCard(drawKeyword(random), drawValue(random)),
  ])
  for (let copy = 0; copy < count; copy++) cards.push(card)
}

/** Says in all the places where it is said that there is much more than there is. */
const claimMuch: CardMutation = (random, cards) => {
  const [width, height, depth] = [0, 1, 2].map(() =>
    pick(random, [1, 7, 64, 2000, 4096, 65_536, 1e6, 1e9, 2 ** 31]),
  )
  const claims: Record<string, number | undefined> = { ZNAXIS1: width, ZNAXIS2: height, ZNAXIS3: depth }
  for (const axis of [1, 2, 3]) if (chance(random, 0.8)) claims[`ZTILE${axis}`] = claims[`ZNAXIS${axis}`]
  if (chance(random, 0.3)) Object.assign(claims, { NAXIS1: 0, NAXIS2: 1e9, TFIELDS: 0 })
  if (chance(random, 0.3)) claims['ZNAXIS'] = 3
  for (const [keyword, value] of Object.entries(claims)) {
    const place = cards.findIndex((card) => card.slice(0, 8).trimEnd() === keyword)
    const card = makeCard(keyword, String(value).padStart(20))
    if (place >= 0) cards[place] = card
    else if (keyword.startsWith('Z')) cards.push(card)
  }
}

const MUTATIONS: readonly CardMutation[] = [
  claimMuch,
  changeValue,
  changeValue,
  changeValue,
  nudgeNumber,
  nudgeNumber,
  swapValues,
  dropCard,
  duplicateCard,
  moveCard,
  addCard,
  addCard,
  breakCharacters,
  shiftCard,
  continueString,
  addHierarch,
  breakEnd,
  addMany,
]

/** Hurts a header in one place, in place. */
export const mutateCards: CardMutation = (random, cards) => pick(random, MUTATIONS)(random, cards)
