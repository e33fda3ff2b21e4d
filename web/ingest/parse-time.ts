import { findCard, readNumber, readText, type Header } from '../core/header'

export interface StartTime {
  /** ISO 8601 UTC with milliseconds, exposure start; null when the header does not say. */
  readonly dateObs: string | null
  readonly warnings: readonly string[]
}

/** Keywords that hold the date, with or without the time of day, in the order in which they are believed. */
const DATE_KEYWORDS: readonly string[] = [
  'DATE-OBS',
  'DATE_OBS',
  'DATE-BEG',
  'DATEOBS',
  'DATE-UTC',
  'UTC-OBS',
  'UT-OBS',
  'UTDATE',
]
const TIME_KEYWORDS = [
  'TIME-OBS',
  'TIME_OBS',
  'UT-OBS',
  'UTC-OBS',
  'UTC_OBS',
  'UTSTART',
  'UT',
  'UTC',
  'TIME-BEG',
  'TIME-UT',
  'UTC-TIME',
  'STARTTIM',
  'TM-START',
]

/** Of which moment a time is. */
type Stamp = 'start' | 'middle' | 'end'

/** What a profile knows of its cards of time. They are asked before the general ones. */
interface DateRule {
  readonly keywords: readonly string[]
  /** Of the exposure's start when left out. */
  readonly stamp?: Stamp | undefined
  /** `UTC` or hours and minutes east of it, such as `-07:00`: for times that do not say their zone. */
  readonly zone?: string | undefined
}

/** Where nothing gives the start. */
const OTHER_STAMPS: readonly (readonly [string, Stamp])[] = [
  ['DATE-AVG', 'middle'],
  ['DATE-MID', 'middle'],
  ['DATE-END', 'end'],
]

const MILLISECONDS_PER_DAY = 86_400_000
// What separates the time is taken off afterwards: a pattern for it would try every cut of a long row of them.
const DATE = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]([^]*))?$/
/** Before 2000 the standard was DD/MM/YY. */
const OLD_DATE = /^(\d{1,2})\/(\d{1,2})\/(\d{2})(?:[T ]([^]*))?$/
const CLOCK = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d*)?))?\s*(Z|UTC?|[+-]\d{2}:?\d{2})?$/i

interface Day {
  /** Milliseconds since 1970 of its midnight, UTC. */
  readonly start: number
  readonly clock: string
}

/** No date is longer, whatever surrounds it. */
const MOST_CHARACTERS = 200

const parseDay = (text: string): Day | null => {
  if (text.length > MOST_CHARACTERS) return null
  const match = DATE.exec(text)
  const old = match ? null : OLD_DATE.exec(text)
  if (!match && !old) return null
  const [year, month, day, clock] = match
    ? [Number(match[1]), Number(match[2]), Number(match[3]), match[4]]
    : [1900 + Number(old?.[3]), Number(old?.[2]), Number(old?.[1]), old?.[4]]
  const start = Date.UTC(year, month - 1, day)
  const check = new Date(start)
  const valid =
    check.getUTCMonth() === month - 1 && check.getUTCDate() === day && year >= 1850 && year <= 2200
  return valid ? { start, clock: (clock ?? '').replace(/^[T ]+/, '').trim() } : null
}

const ZONE = /^([+-])(\d{2}):?(\d{2})$/

const parseZone = (zone: string): number => {
  const match = ZONE.exec(zone)
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0
}

/** Milliseconds since midnight UTC, the zone taken off; a second of 60 is a leap second and goes on. */
const parseClock = (text: string, zoneElse = ''): number | null => {
  const match = CLOCK.exec(text.trim())
  if (!match) return null
  const [, hours, minutes, seconds = '0', zone = ''] = match
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) >= 61) return null
  const zoneMinutes = parseZone(zone === '' ? zoneElse : zone)
  return Math.round((Number(hours) * 60 + Number(minutes) - zoneMinutes) * 60_000 + Number(seconds) * 1000)
}

const formatTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** One text with date and time of day, such as `2017-12-19T18:33:43.317-0700`, as ISO 8601 UTC; null when it has no time of day. `zone` is for a text that names none. */
export const parseDateTime = (text: string, zone = ''): string | null => {
  const day = parseDay(text.trim())
  const clock = day && day.clock !== '' ? parseClock(day.clock, zone) : null
  return day && clock !== null ? formatTime(day.start + clock) : null
}

const findClock = (header: Header, zone: string): number | null => {
  for (const keyword of TIME_KEYWORDS) {
    const clock = parseClock(readText(header, keyword) ?? '', zone)
    if (clock !== null) return clock
  }
  return null
}

/** A Julian date of the start: MJD first; JD where the comment does not say what it is may be start or middle. */
const readJulianDate = (header: Header, exposure: number | null): StartTime | null => {
  const half = (exposure ?? 0) / 2 / 86_400
  for (const keyword of ['MJD-OBS', 'MJD-BEG', 'MJD', 'JD', 'JD_UTC']) {
    const value = readNumber(header, keyword)
    if (value === null) continue
    const modified = keyword.startsWith('MJD') ? value : value - 2_400_000.5
    if (modified < 0 || modified > 120_000) continue
    const middle = /mid/i.test(findCard(header, keyword)?.comment ?? '')
    const start = (modified - 40_587 - (middle ? half : 0)) * MILLISECONDS_PER_DAY
    const said = middle ? 'the middle of the exposure by its comment' : 'taken for the start of the exposure'
    return {
      dateObs: formatTime(Math.round(start)),
      warnings: [`The time comes from ${keyword}, ${said}, because no date with a time of day can be read.`],
    }
  }
  return null
}

const warnOfScale = (header: Header): string[] => {
  const scale = readText(header, 'TIMESYS')?.toUpperCase()
  if (scale === undefined || scale === 'UTC' || scale === 'UT' || scale === 'GMT') return []
  return [`The header gives its times in ${scale}; they were read as UTC. Correct the time if it matters.`]
}

interface Reading {
  /** Milliseconds since 1970 of the stamp; null where only the day is known. */
  readonly time: number | null
  readonly keyword: string
  /** The comment says that the time was taken when the frame arrived, as older SharpCap does: that is its end. */
  readonly grabbed: boolean
}

const isGrabbed = (header: Header, keyword: string): boolean =>
  /frame grabbed/i.test(findCard(header, keyword)?.comment ?? '')

/** The first of these keywords that has date and time of day, in one card or two. */
const readDate = (header: Header, keywords: readonly string[], zone: string): Reading | null => {
  let dayOnly: { readonly day: Day; readonly keyword: string } | null = null
  for (const keyword of keywords) {
    const text = readText(header, keyword)
    if (text === null) continue
    const complete = parseDateTime(text, zone)
    if (complete !== null) return { time: Date.parse(complete), keyword, grabbed: isGrabbed(header, keyword) }
    const day = parseDay(text)
    if (day !== null) dayOnly ??= { day, keyword }
  }
  if (dayOnly === null) return null
  const clock = findClock(header, zone)
  return {
    time: clock === null ? null : dayOnly.day.start + clock,
    keyword: dayOnly.keyword,
    grabbed: false,
  }
}

const SHARE: Readonly<Record<Stamp, number>> = { start: 0, middle: 0.5, end: 1 }

/** The start, from a time of another moment. Without an exposure time only the start itself is of use. */
const toStart = (reading: Reading, stamp: Stamp, exposure: number | null): number | null => {
  if (reading.time === null || (stamp !== 'start' && exposure === null)) return null
  return reading.time - SHARE[stamp] * (exposure ?? 0) * 1000
}

/** When the exposure began, from whichever of the usual keywords can be read; those of the profile first. */
export const readStartTime = (header: Header, exposure: number | null, rule?: DateRule): StartTime => {
  const scale = warnOfScale(header)
  const own = rule === undefined ? null : readDate(header, rule.keywords, rule.zone ?? '')
  const ownStart = own === null ? null : toStart(own, rule?.stamp ?? 'start', exposure)
  if (ownStart !== null) return { dateObs: formatTime(Math.round(ownStart)), warnings: scale }
  // What the profile reads as another moment or in another zone is no start in UTC.
  const general =
    rule === undefined ? DATE_KEYWORDS : DATE_KEYWORDS.filter((keyword) => !rule.keywords.includes(keyword))
  const reading = readDate(header, general, '')
  if (reading?.time != null) {
    const start = reading.grabbed ? toStart(reading, 'end', exposure) : null
    if (start === null) return { dateObs: formatTime(reading.time), warnings: scale }
    const note = `${reading.keyword} says when the frame was grabbed, which is its end: the exposure time was taken off.`
    return { dateObs: formatTime(Math.round(start)), warnings: [note, ...scale] }
  }
  for (const [keyword, stamp] of OTHER_STAMPS) {
    const other = readDate(header, [keyword], '')
    const start = other === null ? null : toStart(other, stamp, exposure)
    if (start !== null)
      return {
        dateObs: formatTime(Math.round(start)),
        warnings: [
          `The time comes from ${keyword}, the ${stamp} of the exposure, because nothing gives its start.`,
          ...scale,
        ],
      }
  }
  const julian = readJulianDate(header, exposure)
  if (julian) return julian
  const local = readText(header, 'DATE-LOC')
  const warning =
    (own ?? reading) !== null
      ? 'The header gives the date but no time of day, so the frame has no time.'
      : local !== null
        ? 'The header gives only a local time (DATE-LOC) without its zone, so the frame has no time.'
        : 'The header does not say when the exposure began.'
  return { dateObs: null, warnings: [warning] }
}
