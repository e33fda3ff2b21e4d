import { RADIAN } from '../angles'
import { evaluateArcseconds, multiply, transpose, turnAxes, type Matrix3 } from './rotate'
import { turnToFk5 } from './fk5'

/** Julian date of B1950.0 and days of the tropical year that Besselian years count (Lieske 1979, A&A 73, 282). */
const JD_B1950 = 2_433_282.423_459_05
const TROPICAL_YEAR = 365.242_198_781
const JD_J2000 = 2_451_545

const toJulianDate = (besselian: number): number => JD_B1950 + (besselian - 1950) * TROPICAL_YEAR

/** FK4 without E-terms at B1950.0 to FK5 at J2000.0, and its change by Julian century of epoch since 1950: the FK4 system rotates (Murray 1989, A&A 218, 325, eqs. 28 and 29). */
const TO_FK5: Matrix3 = [
  0.9999256794956877, -0.0111814832204662, -0.0048590038153592, 0.0111814832391717, 0.9999374848933135,
  -0.0000271625947142, 0.0048590037723143, -0.000027170293744, 0.9999881946023742,
]
const TO_FK5_RATE: Matrix3 = [
  -0.0026455262, -1.1539918689, 2.111134619, 1.1540628161, -0.0129042997, 0.0236021478, -2.1112979048,
  -0.0056024448, 0.0102587734,
]

/** Newcomb's precession from one Besselian year to another (Explanatory Supplement 1992, section 3.214), arcseconds by thousands of tropical years. */
const precessBesselian = (from: number, to: number): Matrix3 => {
  const t = (from - 1850) / 1000
  const dt = (to - from) / 1000
  const first = 23035.545 + t * (139.72 + 0.06 * t)
  const zeta = [0, first, 30.24 - 0.27 * t, 17.995]
  const z = [0, first, 109.48 + 0.39 * t, 18.325]
  const theta = [0, 20051.12 + t * (-85.29 - 0.37 * t), -42.65 - 0.37 * t, -41.8]
  return multiply(
    turnAxes(2, -evaluateArcseconds(z, dt)),
    turnAxes(1, evaluateArcseconds(theta, dt)),
    turnAxes(2, -evaluateArcseconds(zeta, dt)),
  )
}

/** ICRS to FK4 without E-terms, of an equinox (Besselian year) at an epoch (Julian year). */
export const turnToFk4 = (equinox: number, epoch: number): Matrix3 => {
  const t = (epoch - 1950) / 100
  const toFk5 = TO_FK5.map((value, k) => value + TO_FK5_RATE[k]! * 1e-6 * t)
  return multiply(precessBesselian(1950, equinox), transpose(toFk5), turnToFk5(2000))
}

/**
 * The elliptic terms of aberration, which FK4 leaves in its positions (FITS standard 4.0, section 8.3: FK4-NO-E is without them), as a
 * vector in units of the sphere (Explanatory Supplement 1992, section 3.53; obliquity of the IAU 1980).
 */
export const findEllipticTerms = (equinox: number): readonly [number, number, number] => {
  const jd = toJulianDate(equinox)
  const t = (jd - JD_B1950) / 36_525
  const eccentricity = 0.01673011 + t * (-0.00004193 - 0.000000126 * t)
  const amplitude = 0.0056932 * RADIAN * eccentricity
  const perigee = evaluateArcseconds([1_015_489.951, 6190.67, 1.65, 0.012], t)
  const obliquity = evaluateArcseconds([84381.448, -46.815, -0.00059, 0.001813], (jd - JD_J2000) / 36_525)
  return [
    amplitude * Math.sin(perigee),
    -amplitude * Math.cos(perigee) * Math.cos(obliquity),
    -amplitude * Math.cos(perigee) * Math.sin(obliquity),
  ]
}
