const RADIAN = Math.PI / 180
const J2000 = 2_451_545

export interface Direction {
  /** Degrees. */
  readonly ra: number
  readonly dec: number
}

/** Julian date (UTC) of an ISO 8601 text. */
export const julianDate = (iso: string): number => Date.parse(iso) / 86_400_000 + 2_440_587.5

/** ISO 8601 UTC with milliseconds and no zone letter, as DATE-OBS wants it. */
export const isoFromJulian = (jd: number): string =>
  new Date(Math.round((jd - 2_440_587.5) * 86_400_000)).toISOString().slice(0, 23)

/** Mean places of J2000 moved to the equinox of a date: rigorous precession with the angles of Lieske (1979). */
const precess = (from: Direction, jd: number): Direction => {
  const t = (jd - J2000) / 36_525
  const zeta = ((2306.2181 + (0.301_88 + 0.017_998 * t) * t) * t * RADIAN) / 3600
  const turn = ((2306.2181 + (1.094_68 + 0.018_203 * t) * t) * t * RADIAN) / 3600
  const theta = ((2004.3109 - (0.426_65 + 0.041_833 * t) * t) * t * RADIAN) / 3600
  const ra = from.ra * RADIAN + zeta
  const dec = from.dec * RADIAN
  const a = Math.cos(dec) * Math.sin(ra)
  const b = Math.cos(theta) * Math.cos(dec) * Math.cos(ra) - Math.sin(theta) * Math.sin(dec)
  const c = Math.sin(theta) * Math.cos(dec) * Math.cos(ra) + Math.cos(theta) * Math.sin(dec)
  return { ra: ((((Math.atan2(a, b) + turn) / RADIAN) % 360) + 360) % 360, dec: Math.asin(c) / RADIAN }
}

/** Degrees; IAU 1982, with UTC for UT1 (within 0.9 s, 14 arcseconds). */
export const greenwichSiderealTime = (jd: number): number => {
  const t = (jd - J2000) / 36_525
  const angle =
    280.460_618_37 + 360.985_647_366_29 * (jd - J2000) + 0.000_387_933 * t * t - (t * t * t) / 38_710_000
  return ((angle % 360) + 360) % 360
}

export interface Place {
  /** Degrees, east positive. */
  readonly latitude: number
  readonly longitude: number
}

/** Geometric altitude in degrees of a place on the sky given for J2000. */
export const altitudeOf = (star: Direction, place: Place, jd: number): number => {
  const { ra, dec } = precess(star, jd)
  const hourAngle = (greenwichSiderealTime(jd) + place.longitude - ra) * RADIAN
  const latitude = place.latitude * RADIAN
  const sine =
    Math.sin(latitude) * Math.sin(dec * RADIAN) +
    Math.cos(latitude) * Math.cos(dec * RADIAN) * Math.cos(hourAngle)
  return Math.asin(Math.min(1, Math.max(-1, sine))) / RADIAN
}

/** Air masses at an altitude in degrees: Pickering (2002, DIO 12, p. 20, note 39); 1.00 at the zenith, 38 at the horizon. */
export const airmassAt = (altitude: number): number => {
  const h = Math.max(altitude, 0)
  return 1 / Math.sin((h + 244 / (165 + 47 * h ** 1.1)) * RADIAN)
}

/** The Sun's altitude in degrees, to 0.02: the low-precision formulae of the Astronomical Almanac, section C. */
export const sunAltitude = (place: Place, jd: number): number => {
  const days = jd - J2000
  const anomaly = (357.528 + 0.985_600_3 * days) * RADIAN
  const longitude =
    (280.46 + 0.985_647_4 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIAN
  const obliquity = (23.439 - 0.000_000_4 * days) * RADIAN
  const ra = Math.atan2(Math.cos(obliquity) * Math.sin(longitude), Math.cos(longitude))
  const dec = Math.asin(Math.sin(obliquity) * Math.sin(longitude))
  const hourAngle = (greenwichSiderealTime(jd) + place.longitude) * RADIAN - ra
  const latitude = place.latitude * RADIAN
  const sine = Math.sin(latitude) * Math.sin(dec) + Math.cos(latitude) * Math.cos(dec) * Math.cos(hourAngle)
  return Math.asin(Math.min(1, Math.max(-1, sine))) / RADIAN
}

/** Standard coordinates on the tangent plane, arcseconds, xi to the east and eta to the north; null beyond the horizon of it. */
export const projectGnomonic = (star: Direction, centre: Direction): { xi: number; eta: number } | null => {
  const difference = (star.ra - centre.ra) * RADIAN
  const dec = star.dec * RADIAN
  const dec0 = centre.dec * RADIAN
  const depth = Math.sin(dec) * Math.sin(dec0) + Math.cos(dec) * Math.cos(dec0) * Math.cos(difference)
  if (depth <= 0.01) return null
  const arcseconds = 3600 / RADIAN / depth
  return {
    xi: Math.cos(dec) * Math.sin(difference) * arcseconds,
    eta:
      (Math.sin(dec) * Math.cos(dec0) - Math.cos(dec) * Math.sin(dec0) * Math.cos(difference)) * arcseconds,
  }
}
