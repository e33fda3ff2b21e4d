import { jdUtc, type JdUtc } from '../../core/units'
import { utcDayLength } from './leap-seconds'
import { addSeconds } from './time-scales'

const PATTERN =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d*)?))?\s*(?:Z|([+-])(\d{2}):?(\d{2}))?)?\s*$/i

/**
 * Julian date of 0h of a Gregorian calendar date (a value ending in .5).
 * Source: Fliegel & van Flandern 1968, CACM 11, 657, in Hatcher's form with years that start in March.
 */
const midnightOf = (year: number, month: number, day: number): number => {
  const shift = Math.floor((14 - month) / 12)
  const y = year + 4800 - shift
  const m = month + 12 * shift - 3
  const century = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  return day + Math.floor((153 * m + 2) / 5) + 365 * y + century - 32045 - 0.5
}

/** Calendar date of a midnight given as Julian date; the inverse of `midnightOf` (Richards 2013, Explanatory Supplement 15.11.3). */
const calendarOf = (midnight: number): { year: number; month: number; day: number } => {
  const number = Math.round(midnight + 0.5)
  const f = number + 1401 + Math.floor((Math.floor((4 * number + 274277) / 146097) * 3) / 4) - 38
  const e = 4 * f + 3
  const h = 5 * Math.floor((e % 1461) / 4) + 2
  const day = Math.floor((h % 153) / 5) + 1
  const month = ((Math.floor(h / 153) + 2) % 12) + 1
  return { year: Math.floor(e / 1461) - 4716 + Math.floor((14 - month) / 12), month, day }
}

/**
 * Julian date (UTC) of an ISO 8601 time: `YYYY-MM-DD`, with `Thh:mm[:ss[.s]]` (a blank may stand for the T) and an
 * optional zone (`Z`, `+hh:mm`, `-hhmm`; none means UTC). Null for anything else, impossible dates and times included.
 * On a day with a leap second the fraction is of 86401 s, as in SOFA and astropy, so that 23:59:60 has a place of its own.
 * A double holds a Julian date of our time to 40 microseconds.
 */
export const parseIsoUtc = (text: string): JdUtc | null => {
  const match = PATTERN.exec(text)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) =>
    Number(match[group] ?? 0),
  ) as [number, number, number, number, number, number]
  const midnight = midnightOf(year, month, day)
  const calendar = calendarOf(midnight)
  if (month < 1 || month > 12 || calendar.month !== month || calendar.day !== day) return null
  if (hour > 23 || minute > 59) return null
  const zoneMinutes = Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)
  const zoned = zoneMinutes !== 0
  const lastMinute = !zoned && hour === 23 && minute === 59
  const secondLimit = lastMinute ? 60 + utcDayLength(midnight) - 86_400 : 60
  if (second >= secondLimit) return null
  const seconds = hour * 3600 + minute * 60 + second
  if (!zoned) return jdUtc(midnight + seconds / utcDayLength(midnight))
  const sign = match[7] === '-' ? 1 : -1
  const utcSeconds = seconds + sign * zoneMinutes * 60
  const days = Math.floor(utcSeconds / 86_400)
  const utcMidnight = midnight + days
  return jdUtc(utcMidnight + (utcSeconds - days * 86_400) / utcDayLength(utcMidnight))
}

/** ISO 8601 with milliseconds and a Z, the inverse of `parseIsoUtc` to half a millisecond. Empty for NaN. */
export const formatIsoUtc = (time: JdUtc): string => {
  if (!Number.isFinite(time)) return ''
  const rounded = addHalfMillisecond(time)
  const midnight = Math.floor(rounded - 0.5) + 0.5
  const { year, month, day } = calendarOf(midnight)
  const milliseconds = Math.floor((rounded - midnight) * utcDayLength(midnight) * 1000)
  const whole = Math.floor(milliseconds / 1000)
  // The second of a leap belongs to the last minute, so hours and minutes stop at 23:59.
  const hour = Math.min(23, Math.floor(whole / 3600))
  const minute = Math.min(59, Math.floor((whole - hour * 3600) / 60))
  const second = whole - hour * 3600 - minute * 60
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
  const clock = `${pad(hour)}:${pad(minute)}:${pad(second)}.${pad(milliseconds % 1000, 3)}`
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${clock}Z`
}

/** Rounding before cutting, across a midnight and a leap second alike; before 1972 there is no table to ask. */
const addHalfMillisecond = (time: JdUtc): JdUtc => {
  const added = addSeconds(time, 0.0005)
  return Number.isNaN(added) ? jdUtc(time + 0.0005 / 86_400) : added
}
