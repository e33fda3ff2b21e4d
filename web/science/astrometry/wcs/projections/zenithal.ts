import { asinTolerant, HALF_PI, RADIAN } from '../../angles'
import { badParameter } from './bad-parameter'
import { invertRising } from './invert-rising'
import { giveNative, givePlane, type Projection, type ProjectionMaker } from './projection'

/** A zenithal projection from its radius by distance from the pole and back; NaN where there is none. */
const makeZenithal = (
  toRadius: (distance: number) => number,
  toDistance: (radius: number) => number,
): Projection => ({
  theta0: HALF_PI,
  project: (phi, theta, out) => {
    const radius = toRadius(HALF_PI - theta)
    return givePlane(radius * Math.sin(phi), -radius * Math.cos(phi), out)
  },
  deproject: (x, y, out) => giveNative(Math.atan2(x, -y), HALF_PI - toDistance(Math.hypot(x, y)), out),
})

/** ARC, zenithal equidistant (Calabretta & Greisen 2002, eqs. 67 and 68). */
export const makeArc = (): Projection =>
  makeZenithal(
    (distance) => distance,
    (radius) => radius,
  )

/** ZEA, zenithal equal-area (Calabretta & Greisen 2002, eqs. 69 and 70). */
export const makeZea = (): Projection =>
  makeZenithal(
    (distance) => 2 * Math.sin(distance / 2),
    (radius) => 2 * asinTolerant(radius / 2, 1e-12),
  )

/** Where a function that starts with a positive slope first stops rising on the way to `end`, or `end`. */
const findSummit = (slope: (at: number) => number, end: number): number => {
  const steps = 180
  let low = 0
  for (let step = 1; step <= steps; step++) {
    let high = (end * step) / steps
    if (!(slope(high) > 0)) {
      for (let halving = 0; halving < 60; halving++) {
        const middle = (low + high) / 2
        if (slope(middle) > 0) low = middle
        else high = middle
      }
      return low
    }
    low = high
  }
  return end
}

/** The same with a radius that is known only forwards, as far as it rises. */
const makeRising = (
  radius: (argument: number) => number,
  slope: (argument: number) => number,
  { end, factor }: { end: number; factor: number },
): Projection => {
  const summit = findSummit(slope, end)
  const range = [0, summit] as const
  const [least, most] = [radius(0), radius(summit)]
  const tolerance = 1e-12 * Math.max(1, Math.abs(most))
  return makeZenithal(
    (distance) => (distance / factor > summit * (1 + 1e-12) ? Number.NaN : radius(distance / factor)),
    (wanted) =>
      wanted < least - tolerance || !(wanted <= most + tolerance)
        ? Number.NaN
        : factor * invertRising(radius, slope, wanted, range),
  )
}

/**
 * ZPN, zenithal polynomial (Calabretta & Greisen 2002, eqs. 71 and 72): R = sum of PV2_m times the distance from the pole in radians to the
 * power m. It counts as far as R rises; what is further out, and a hole that PV2_0 leaves in the middle, is outside the map.
 */
export const makeZpn: ProjectionMaker = (parameters) => {
  const coefficients = Array.from(parameters, (value) => value ?? 0)
  while (coefficients.length > 0 && coefficients.at(-1) === 0) coefficients.pop()
  if (coefficients.length < 2) throw badParameter('ZPN', 'no coefficient PV2_1 or higher is given')
  const value = (at: number): number => coefficients.reduceRight((sum, one) => sum * at + one, 0)
  const slope = (at: number): number =>
    coefficients.reduceRight((sum, one, power) => (power === 0 ? sum : sum * at + power * one), 0)
  if (!(slope(1e-9) > 0)) throw badParameter('ZPN', 'the radius does not grow from the pole')
  return makeRising(value, slope, { end: Math.PI, factor: 1 })
}

/** AIR, Airy's projection (Calabretta & Greisen 2002, eqs. 73 to 76); PV2_1 = theta_b in degrees, the latitude that it is best within. */
export const makeAir: ProjectionMaker = ([, thetaB = 90]) => {
  if (!(thetaB > -90 && thetaB <= 90)) throw badParameter('AIR', 'PV2_1 is not a latitude above -90 degrees')
  const edge = ((90 - thetaB) / 2) * RADIAN
  const constant = edge < 1e-4 ? -0.5 : logCosine(edge) / Math.tan(edge) ** 2
  // With xi half the distance from the pole; ln(cos)/tan goes to -xi/2 there.
  const radius = (xi: number): number =>
    xi < 1e-4 ? xi * (1 - 2 * constant) : -2 * (logCosine(xi) / Math.tan(xi) + constant * Math.tan(xi))
  const slope = (xi: number): number =>
    xi < 1e-4
      ? 1 - 2 * constant
      : 2 + (2 * logCosine(xi)) / Math.sin(xi) ** 2 - (2 * constant) / Math.cos(xi) ** 2
  return makeRising(radius, slope, { end: HALF_PI * (1 - 1e-9), factor: 2 })
}

const logCosine = (angle: number): number => 0.5 * Math.log1p(-(Math.sin(angle) ** 2))
