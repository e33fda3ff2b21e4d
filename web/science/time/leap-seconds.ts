import type { JdUtc } from '../../core/units'

/**
 * TAI - UTC in whole seconds from 0h UTC of each date on (Julian date of that midnight).
 * Source: IERS Bulletin C 1 (1972) to 54 (the step of 2017-01-01, the last one so far).
 */
const STEPS: readonly (readonly [julianDate: number, seconds: number])[] = [
  [2441317.5, 10], // 1972-01-01
  [2441499.5, 11], // 1972-07-01
  [2441683.5, 12], // 1973-01-01
  [2442048.5, 13], // 1974-01-01
  [2442413.5, 14], // 1975-01-01
  [2442778.5, 15], // 1976-01-01
  [2443144.5, 16], // 1977-01-01
  [2443509.5, 17], // 1978-01-01
  [2443874.5, 18], // 1979-01-01
  [2444239.5, 19], // 1980-01-01
  [2444786.5, 20], // 1981-07-01
  [2445151.5, 21], // 1982-07-01
  [2445516.5, 22], // 1983-07-01
  [2446247.5, 23], // 1985-07-01
  [2447161.5, 24], // 1988-01-01
  [2447892.5, 25], // 1990-01-01
  [2448257.5, 26], // 1991-01-01
  [2448804.5, 27], // 1992-07-01
  [2449169.5, 28], // 1993-07-01
  [2449534.5, 29], // 1994-07-01
  [2450083.5, 30], // 1996-01-01
  [2450630.5, 31], // 1997-07-01
  [2451179.5, 32], // 1999-01-01
  [2453736.5, 33], // 2006-01-01
  [2454832.5, 34], // 2009-01-01
  [2456109.5, 35], // 2012-07-01
  [2457204.5, 36], // 2015-07-01
  [2457754.5, 37], // 2017-01-01
]

/** The table is complete up to this date (expiry of the IERS list that it was checked against). Later times are computed with the last value. */
export const LEAP_SECONDS_VALID_UNTIL = '2027-06-28'
const VALID_UNTIL_JD = 2461584.5

/** False before 1972, when UTC ran at another rate, and after the table's expiry, when a step may be missing (1 s a step). */
export const hasLeapSeconds = (time: JdUtc): boolean => time >= 2441317.5 && time < VALID_UNTIL_JD

/** TAI - UTC in seconds during the UTC day that starts at this Julian date (a value ending in .5). NaN before 1972. */
export const taiMinusUtc = (midnight: number): number => {
  for (let index = STEPS.length - 1; index >= 0; index -= 1) {
    const step = STEPS[index]
    if (step !== undefined && midnight >= step[0]) return step[1]
  }
  return Number.NaN
}

/** Length of the UTC day that starts at this Julian date: 86401 s when it ends with a leap second. */
export const utcDayLength = (midnight: number): number => {
  const step = taiMinusUtc(midnight + 1) - taiMinusUtc(midnight)
  return Number.isNaN(step) ? 86_400 : 86_400 + step
}
