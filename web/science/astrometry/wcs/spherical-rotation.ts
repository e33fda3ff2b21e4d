import { AsterismError } from '../../../core/errors'
import { cosDegrees, RADIAN, sinDegrees } from '../angles'
import type { Wcs } from './wcs'

/** Celestial coordinates of the native pole and native longitude of the celestial pole, degrees: the three angles of Calabretta & Greisen 2002, eq. 2. */
export interface SphericalRotation {
  readonly poleLongitude: number
  readonly poleLatitude: number
  /** phi_p, LONPOLE. */
  readonly nativeLongitude: number
}

const TOLERANCE = 1e-10

const wrapHalf = (angle: number): number => {
  const turn = ((angle % 360) + 360) % 360
  return turn > 180 ? turn - 360 : turn
}

/**
 * Where the native pole lies on the sky (Calabretta & Greisen 2002, section 2.4, eqs. 8 to 10). `phi0` and `theta0` are the native coordinates
 * of the reference point, degrees. LONPOLE is by default phi0, and 180 more where the reference point lies south of theta0; of two
 * solutions the one nearer to LATPOLE (by default 90) is taken.
 */
export const findRotation = (
  { center, pole }: Pick<Wcs, 'center' | 'pole'>,
  phi0: number,
  theta0: number,
): SphericalRotation => {
  const native = pole.longitude ?? phi0 + (center.latitude < theta0 ? 180 : 0)
  if (theta0 === 90)
    return { poleLongitude: center.longitude, poleLatitude: center.latitude, nativeLongitude: native }
  const poleLatitude = findPoleLatitude(center.latitude, theta0, native - phi0, pole.latitude ?? 90)
  return {
    poleLongitude: findPoleLongitude(center, theta0, native - phi0, poleLatitude),
    poleLatitude,
    nativeLongitude: native,
  }
}

/** Calabretta & Greisen 2002, eq. 8. */
const findPoleLatitude = (delta0: number, theta0: number, turn: number, wanted: number): number => {
  const x = cosDegrees(theta0) * cosDegrees(turn)
  const z = Math.hypot(x, sinDegrees(theta0))
  if (z < TOLERANCE) {
    // Any latitude of the pole would do; then LATPOLE decides.
    if (Math.abs(delta0) > TOLERANCE) throw noPole()
    return Math.max(-90, Math.min(90, wanted))
  }
  const ratio = sinDegrees(delta0) / z
  if (Math.abs(ratio) > 1 + TOLERANCE) throw noPole()
  const base = turn === 0 ? theta0 : Math.atan2(sinDegrees(theta0), x) / RADIAN
  // The arc cosine of eq. 8 loses half of its digits at a pole; its tangent does not: z^2 - sin^2(delta0) is a difference of squares.
  const [far, near] = [cosDegrees(delta0), Math.abs(cosDegrees(theta0) * sinDegrees(turn))]
  const arc =
    turn === 0
      ? 90 - delta0
      : Math.atan2(Math.sqrt(Math.max(0, (far - near) * (far + near))), sinDegrees(delta0)) / RADIAN
  const both = [wrapHalf(base + arc), wrapHalf(base - arc)]
  const valid = both.filter((latitude) => Math.abs(latitude) < 90 + TOLERANCE)
  if (valid.length === 0) throw noPole()
  const [first, second] = valid
  const nearest =
    second !== undefined && Math.abs(wanted - second) <= Math.abs(wanted - first!) ? second : first!
  return Math.max(-90, Math.min(90, nearest))
}

/** Calabretta & Greisen 2002, eqs. 9 and 10, with the special cases listed below them. */
const findPoleLongitude = (
  center: Wcs['center'],
  theta0: number,
  turn: number,
  poleLatitude: number,
): number => {
  const cosine = cosDegrees(center.latitude)
  const z = cosDegrees(poleLatitude) * cosine
  if (Math.abs(z) < TOLERANCE) {
    if (Math.abs(cosine) < TOLERANCE) return center.longitude
    return poleLatitude > 0 ? center.longitude + turn - 180 : center.longitude - turn
  }
  const x = (sinDegrees(theta0) - sinDegrees(poleLatitude) * sinDegrees(center.latitude)) / z
  const y = (sinDegrees(turn) * cosDegrees(theta0)) / cosine
  return center.longitude - Math.atan2(y, x) / RADIAN
}

const noPole = (): AsterismError =>
  new AsterismError(
    'bad-header',
    "The header's world coordinates contradict themselves: no position of the celestial pole fits its CRVAL, LONPOLE and LATPOLE. Have the plate solved anew.",
  )
