import { parsePixelSection } from '../../../web/core/pixel-section'
import { parseDateTime, readStartTime } from '../../../web/ingest/parse-time'
import { parseDeclination, parseRightAscension } from '../../../web/science/astrometry/sexagesimal'
import { parseIsoUtc } from '../../../web/science/time/iso-utc'
import { parseReal, parseScalar, parseWhole } from '../../../web/science/tables/text-cells'
import { changeText } from '../mutate-text'
import { pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const CORPUS = [
  [
    '2017-12-19T18:33:43.317-0700',
    '19/12/95',
    '2024-03-01',
    '2024-02-30T00:00:60Z',
    '2016-12-31T23:59:60',
    '2024/3/1 5:6',
  ],
  ['12 34 56.7', '-00:30:00', '+46d41m23s', '46° 41\' 23"', '5h 34m', '31.0428', '-90', '360', '89:59:60'],
  [
    '[1:100,1:200]',
    '[ 2 : 1 , 3 : 4 ]',
    '1e5',
    '-1.5D-3',
    '12345678901234567890',
    'nan',
    '-inf',
    '0x1F',
    'T',
  ],
].flat()
const WORDS = [
  'T',
  'Z',
  'UTC',
  '+05:30',
  ':',
  '/',
  '-',
  '.',
  'h',
  'm',
  's',
  'd',
  '°',
  "'",
  '"',
  '−',
  ' ',
  '60',
  '24',
  '99',
  '1',
  '[',
  ']',
  ',',
]

const isWithin = (value: number | null, least: number, most: number): boolean =>
  value === null || (value >= least && value <= most)

/** Short texts that a header or a person gives: dates, positions, sections, numbers. Each is a value in its range, or none. */
export const words: FuzzTarget = {
  name: 'words',
  make: (random) => new TextEncoder().encode(changeText(random, pick(random, CORPUS), WORDS)),
  run: (input) => {
    const text = new TextDecoder().decode(input)
    promise(isWithin(parseRightAscension(text), 0, 360), 'a right ascension is out of range')
    promise(isWithin(parseDeclination(text), -90, 90), 'a declination is out of range')
    promise(isWithin(parseIsoUtc(text), 0, 1e8), 'a Julian date is out of range')
    const date = parseDateTime(text, '-07:00')
    promise(date === null || Number.isFinite(Date.parse(date)), 'a date is none')
    const header = ['DATE-OBS', 'TIME-OBS', 'MJD-OBS', 'DATE-END'].map((keyword) => ({
      keyword,
      value: text,
      comment: text,
      raw: '',
    }))
    const rule = { keywords: ['DATE-OBS'], stamp: 'end', zone: text } as const
    const { dateObs } = readStartTime(header, 30, rule)
    promise(dateObs === null || Number.isFinite(Date.parse(dateObs)), 'a start is none')
    const section = parsePixelSection(text)
    promise(section === null || section.x[0] < section.x[1], 'a section holds nothing')
    const real = parseReal(text)
    promise(real === null || typeof real === 'number', 'a number is none')
    const whole = parseWhole(text)
    promise(whole === null || BigInt(whole) === BigInt(text.replace(/^\+/, '')), 'a whole number is another')
    for (const type of ['boolean', 'int64', 'float32', 'complex128', 'text'] as const) parseScalar(text, type)
  },
}
