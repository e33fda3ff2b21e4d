import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { degrees, jdUtc, type JdTt } from '../../../web/core/units'
import { airmass } from '../../../web/science/time/airmass'
import { airmassAt, toHorizontal } from '../../../web/science/time/horizon'
import { formatIsoUtc, parseIsoUtc } from '../../../web/science/time/iso-utc'
import { LEAP_SECONDS_VALID_UNTIL, hasLeapSeconds, taiMinusUtc } from '../../../web/science/time/leap-seconds'
import {
  barycentricLightTime,
  heliocentricLightTime,
  toBjdTdb,
} from '../../../web/science/time/light-travel-time'
import { addSeconds, midExposure, tdbMinusTt, ttToUtc, utcToTt } from '../../../web/science/time/time-scales'

interface Golden {
  leap_seconds: [number, number][]
  leap_seconds_expire: string
  leap: { iso: string; jd_utc: number; tt_jd: number }[]
  cases: {
    iso: string
    jd_utc: number
    ra: number
    dec: number
    latitude: number
    longitude: number
    elevation: number
    tt_jd: number
    tdb_minus_tt_s: number
    barycentric_light_s: number
    heliocentric_light_s: number
    bjd_tdb: number
    altitude: number
    azimuth: number
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/time/time_golden.json', import.meta.url), 'utf8'),
) as Golden

const observationOf = (entry: Golden['cases'][number]) => ({
  time: jdUtc(entry.jd_utc),
  direction: { rightAscension: degrees(entry.ra), declination: degrees(entry.dec) },
  site: {
    latitude: degrees(entry.latitude),
    longitude: degrees(entry.longitude),
    elevation: entry.elevation,
    name: null,
  },
})

/** Two spacings of a double at a present-day Julian date, in days. */
const TWO_STEPS = 1e-9

describe('leap seconds', () => {
  it('has every step of the IERS list and the same expiry', () => {
    for (const [jd, seconds] of golden.leap_seconds) {
      expect(taiMinusUtc(jd)).toBe(seconds)
      if (jd > 2441317.5) expect(taiMinusUtc(jd - 1)).toBe(seconds - 1)
    }
    expect(golden.leap_seconds.length).toBe(28)
    expect(LEAP_SECONDS_VALID_UNTIL).toBe(golden.leap_seconds_expire)
    expect(parseIsoUtc(LEAP_SECONDS_VALID_UNTIL)).toBe(2461584.5)
  })

  it('says when it does not know', () => {
    expect(hasLeapSeconds(jdUtc(2441317.4))).toBe(false)
    expect(hasLeapSeconds(jdUtc(2458107))).toBe(true)
    expect(hasLeapSeconds(parseIsoUtc(LEAP_SECONDS_VALID_UNTIL) ?? jdUtc(0))).toBe(false)
    expect(utcToTt(jdUtc(2441317.4))).toBeNaN()
  })

  it('agrees with astropy around leap seconds', () => {
    for (const entry of golden.leap) {
      const parsed = parseIsoUtc(entry.iso)
      expect(Math.abs((parsed ?? Number.NaN) - entry.jd_utc), entry.iso).toBeLessThan(TWO_STEPS)
      expect(Math.abs(utcToTt(jdUtc(entry.jd_utc)) - entry.tt_jd), entry.iso).toBeLessThan(TWO_STEPS)
      expect(formatIsoUtc(jdUtc(entry.jd_utc)), entry.iso).toBe(`${entry.iso}Z`)
    }
  })

  it('takes the middle of an exposure across a leap second', () => {
    const start = parseIsoUtc('2016-12-31T23:59:50') ?? jdUtc(0)
    expect(formatIsoUtc(midExposure(start, 20))).toBe('2016-12-31T23:59:60.000Z')
    expect(formatIsoUtc(addSeconds(start, 12))).toBe('2017-01-01T00:00:01.000Z')
    expect(formatIsoUtc(addSeconds(parseIsoUtc('2017-01-01T00:00:01') ?? jdUtc(0), -12))).toBe(
      '2016-12-31T23:59:50.000Z',
    )
  })
})

describe('parseIsoUtc', () => {
  it('reads the forms that headers hold', () => {
    const expected = 2458107.5 + (3600 + 33 * 60 + 43.317) / 86400
    for (const text of [
      '2017-12-20T01:33:43.317',
      '2017-12-20T01:33:43.317Z',
      ' 2017-12-20 01:33:43.317 ',
      '2017-12-20T01:33:43.317-0000',
      '2017-12-19T18:33:43.317-0700',
      '2017-12-20T07:03:43.317+05:30',
    ]) {
      expect(Math.abs((parseIsoUtc(text) ?? 0) - expected), text).toBeLessThan(TWO_STEPS)
    }
    expect(parseIsoUtc('2000-01-01T12:00')).toBe(2451545)
    expect(parseIsoUtc('2000-01-01')).toBe(2451544.5)
    expect(parseIsoUtc('1858-11-17')).toBe(2400000.5)
  })

  it('refuses what is not a time', () => {
    for (const text of [
      '',
      'today',
      '20/12/17',
      '2017-02-29',
      '2017-13-01',
      '2017-00-10',
      '2017-04-31',
      '2017-12-20T24:00:00',
      '2017-12-20T12:60:00',
      '2017-12-20T12:00:60',
      '2015-12-31T23:59:60',
      '2016-12-31T23:59:61',
      '2017-12-20T',
      '2017-12-20T1:2:3',
    ]) {
      expect(parseIsoUtc(text), text).toBeNull()
    }
  })

  it('and formatIsoUtc are inverse, seed 7', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('1900-01-01T00:00:00Z'),
          max: new Date('2090-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        (date) => {
          const iso = date.toISOString()
          const parsed = parseIsoUtc(iso)
          if (parsed === null) throw new Error(iso)
          expect(formatIsoUtc(parsed)).toBe(iso)
        },
      ),
      { seed: 7, numRuns: 500 },
    )
  })

  it('is the Unix clock on days without a leap second', () => {
    expect(parseIsoUtc('2017-12-20T06:00:00')).toBe(Date.UTC(2017, 11, 20, 6) / 86_400_000 + 2440587.5)
  })
})

describe('time scales against astropy, 200 cases, seed 20171220', () => {
  it('TT to the last digits, and back', () => {
    for (const entry of golden.cases) {
      const tt = utcToTt(jdUtc(entry.jd_utc))
      expect(Math.abs(tt - entry.tt_jd)).toBeLessThan(TWO_STEPS)
      expect(Math.abs(ttToUtc(tt) - entry.jd_utc)).toBeLessThan(TWO_STEPS)
    }
  })

  it('TDB - TT to 15 microseconds', () => {
    const errors = golden.cases.map((entry) =>
      Math.abs(tdbMinusTt(entry.tt_jd as JdTt) - entry.tdb_minus_tt_s),
    )
    expect(Math.max(...errors)).toBeLessThan(15e-6)
  })
})

describe('light travel time against astropy, 200 cases, seed 20171220', () => {
  it('barycentric to 13 ms, BJD_TDB to 0.05 s', () => {
    const light = golden.cases.map(
      (entry) => barycentricLightTime(observationOf(entry)) - entry.barycentric_light_s,
    )
    const bjd = golden.cases.map((entry) => (toBjdTdb(observationOf(entry)) - entry.bjd_tdb) * 86400)
    expect(Math.max(...light.map(Math.abs))).toBeLessThan(0.013)
    expect(Math.max(...bjd.map(Math.abs))).toBeLessThan(0.013)
  })

  it('heliocentric to 7 ms', () => {
    const errors = golden.cases.map(
      (entry) => heliocentricLightTime(observationOf(entry)) - entry.heliocentric_light_s,
    )
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.007)
  })

  it('the site matters by up to 21 ms, and opposite stars see opposite delays', () => {
    for (const entry of golden.cases.slice(0, 40)) {
      const observation = observationOf(entry)
      const here = barycentricLightTime(observation)
      expect(Math.abs(here - barycentricLightTime({ ...observation, site: null }))).toBeLessThan(0.0213)
      const opposite = {
        rightAscension: degrees((entry.ra + 180) % 360),
        declination: degrees(-entry.dec),
      }
      expect(here + barycentricLightTime({ ...observation, direction: opposite })).toBeCloseTo(0, 9)
    }
  })
})

describe('the horizon against astropy, 200 cases, seed 20171220', () => {
  it('altitude and azimuth to 20 arcseconds (UTC stands for UT1)', () => {
    const separations = golden.cases.map((entry) => {
      const { time, direction, site } = observationOf(entry)
      const seen = toHorizontal(time, direction, site)
      const dAltitude = (seen.altitude - entry.altitude) * 3600
      const turn = ((seen.azimuth - entry.azimuth + 540) % 360) - 180
      return Math.hypot(dAltitude, turn * 3600 * Math.cos((entry.altitude * Math.PI) / 180))
    })
    expect(Math.max(...separations)).toBeLessThan(20)
  })

  it('air mass to 0.001 below 3', () => {
    const errors = golden.cases
      .filter((entry) => entry.altitude > 0 && airmass(degrees(entry.altitude)) < 3)
      .map((entry) => {
        const { time, direction, site } = observationOf(entry)
        return Math.abs(airmassAt(time, direction, site) - airmass(degrees(entry.altitude)))
      })
    expect(errors.length).toBeGreaterThan(50)
    expect(Math.max(...errors)).toBeLessThan(0.001)
  })
})

describe('airmass', () => {
  /** Kasten & Young 1989, Applied Optics 28, 4735, which asks for the refracted altitude (Saemundsson 1986). */
  const kastenYoung = (altitude: number): number => {
    const refraction = 1.02 / Math.tan(((altitude + 10.3 / (altitude + 5.11)) * Math.PI) / 180) / 60
    const seen = altitude + Math.max(0, refraction)
    return 1 / (Math.sin((seen * Math.PI) / 180) + 0.50572 * (seen + 6.07995) ** -1.6364)
  }

  it('is Kasten & Young at the refracted altitude to 0.002 below 3 and 3 % at the horizon', () => {
    for (let altitude = 19.3; altitude <= 90; altitude += 0.1) {
      expect(Math.abs(airmass(degrees(altitude)) - kastenYoung(altitude)), String(altitude)).toBeLessThan(
        0.002,
      )
    }
    expect(Math.abs(airmass(degrees(0.5)) / kastenYoung(0.5) - 1)).toBeLessThan(0.03)
  })

  it('is 1 at the zenith, grows downwards, stays below sec z, and has no value below the horizon', () => {
    expect(airmass(degrees(90))).toBeCloseTo(1, 5)
    let last = 0
    for (let altitude = 90; altitude >= 0; altitude -= 1) {
      const value = airmass(degrees(altitude))
      expect(value).toBeGreaterThan(last)
      last = value
      if (altitude > 1 && altitude < 89) expect(value).toBeLessThan(1 / Math.sin((altitude * Math.PI) / 180))
    }
    expect(airmass(degrees(-0.1))).toBeNaN()
    expect(airmass(degrees(Number.NaN))).toBeNaN()
  })
})
