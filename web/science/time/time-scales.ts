import { jdUtc, SECONDS_PER_DAY, type JdTdb, type JdTt, type JdUtc } from '../../core/units'
import { taiMinusUtc, utcDayLength } from './leap-seconds'

const TT_MINUS_TAI = 32.184

const midnightBefore = (julianDate: number): number => Math.floor(julianDate - 0.5) + 0.5

/** UTC to Terrestrial Time; exact but for the 40 microseconds to which a double holds a Julian date. NaN before 1972. */
export const utcToTt = (time: JdUtc): JdTt => {
  const midnight = midnightBefore(time)
  const seconds = (time - midnight) * utcDayLength(midnight)
  return (midnight + (seconds + taiMinusUtc(midnight) + TT_MINUS_TAI) / SECONDS_PER_DAY) as JdTt
}

/** Terrestrial Time to UTC, the inverse of `utcToTt`. NaN before 1972. */
export const ttToUtc = (time: JdTt): JdUtc => {
  const tai = time - TT_MINUS_TAI / SECONDS_PER_DAY
  let midnight = midnightBefore(tai)
  let seconds = (tai - midnight) * SECONDS_PER_DAY - taiMinusUtc(midnight)
  if (seconds < 0) {
    midnight -= 1
    seconds = (tai - midnight) * SECONDS_PER_DAY - taiMinusUtc(midnight)
  }
  return jdUtc(midnight + seconds / utcDayLength(midnight))
}

/**
 * TDB - TT in seconds, at the geocentre: at most 1.7 ms, a yearly wave.
 * Source: USNO Circular 179 (Kaplan 2005), eq. 2.6, from Fairhead & Bretagnon 1990; error at most 10 microseconds
 * in 1600-2200. The observer's own 2 microseconds (daily) are left out.
 */
export const tdbMinusTt = (time: JdTt): number => {
  const t = (time - 2451545) / 36525
  return (
    0.001657 * Math.sin(628.3076 * t + 6.2401) +
    0.000022 * Math.sin(575.3385 * t + 4.297) +
    0.000014 * Math.sin(1256.6152 * t + 6.1969) +
    0.000005 * Math.sin(606.9777 * t + 4.0212) +
    0.000005 * Math.sin(52.9691 * t + 0.4444) +
    0.000002 * Math.sin(21.3299 * t + 5.5431) +
    0.00001 * t * Math.sin(628.3076 * t + 4.249)
  )
}

export const ttToTdb = (time: JdTt): JdTdb => (time + tdbMinusTt(time) / SECONDS_PER_DAY) as JdTdb

/** The instant so many SI seconds later (or earlier); a leap second on the way is counted. NaN before 1972. */
export const addSeconds = (time: JdUtc, seconds: number): JdUtc =>
  ttToUtc((utcToTt(time) + seconds / SECONDS_PER_DAY) as JdTt)

/** Middle of an exposure from its start (UTC) and its length in seconds. */
export const midExposure = (start: JdUtc, exposureSeconds: number): JdUtc =>
  addSeconds(start, exposureSeconds / 2)
