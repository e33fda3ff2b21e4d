import { RADIAN } from '../angles'
import { turnToFk5 } from './fk5'
import { multiply, turnAxes, type Matrix3 } from './rotate'

/** Pole of one system in another, and the longitude that its own origin is turned by, degrees. */
const turnToPole = (longitude: number, latitude: number, origin: number): Matrix3 =>
  multiply(
    turnAxes(2, (180 - origin) * RADIAN),
    turnAxes(1, (90 - latitude) * RADIAN),
    turnAxes(2, longitude * RADIAN),
  )

/**
 * ICRS to galactic. The system is defined in FK4 at B1950 (Blaauw et al. 1960, MNRAS 121, 123: pole 192.25, 27.4, origin 123); these are the
 * same three angles in FK5 at J2000, by the transformation of `fk4`.
 */
export const turnToGalactic = (): Matrix3 =>
  multiply(turnToPole(192.8594812065348, 27.12825118085622, 122.9319185680026), turnToFk5(2000))

/** ICRS to supergalactic: the pole is at l = 47.37, b = 6.32, the origin in the galactic plane (de Vaucouleurs et al. 1991, RC3). */
export const turnToSupergalactic = (): Matrix3 => multiply(turnToPole(47.37, 6.32, 90), turnToGalactic())
