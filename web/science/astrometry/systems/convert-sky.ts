import type { CoordinateStep } from '../map-coordinates'
import { RADIAN, wrapDegrees } from '../angles'
import { findEllipticTerms, turnToFk4 } from './fk4'
import { turnToFk5 } from './fk5'
import { turnToGalactic, turnToSupergalactic } from './galactic'
import { turnToEcliptic } from './precession'
import { multiply, transpose, type Matrix3 } from './rotate'
import type { SkySystem } from './sky-system'

/** From ICRS; null for a system that only its header knows. */
const findMatrix = (system: SkySystem): Matrix3 | null => {
  switch (system.name) {
    case 'icrs':
      return [1, 0, 0, 0, 1, 0, 0, 0, 1]
    case 'fk5':
      return turnToFk5(system.equinox)
    case 'fk4':
    case 'fk4-no-e':
      return turnToFk4(system.equinox, system.epoch)
    case 'galactic':
      return turnToGalactic()
    case 'supergalactic':
      return turnToSupergalactic()
    case 'ecliptic':
      return turnToEcliptic(system.equinox)
    default:
      return null
  }
}

/** Aberration is 1e-6 radians here and enters to second order: three rounds leave 1e-24. */
const ROUNDS = 3

const isSame = (a: SkySystem, b: SkySystem): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Longitude and latitude in degrees from one system to another, null where one of them is none that is known. Matrices go through ICRS; for
 * FK4 the E-terms of its equinox are taken off before, and put on after. Proper motions are none.
 */
export const createSkyConversion = (from: SkySystem, to: SkySystem): CoordinateStep | null => {
  if (isSame(from, to)) return give
  const [backwards, forwards] = [findMatrix(from), findMatrix(to)]
  if (backwards === null || forwards === null) return null
  const [xx, xy, xz, yx, yy, yz, zx, zy, zz] = multiply(forwards, transpose(backwards)) as [
    ...[number, number, number],
    ...[number, number, number],
    ...[number, number, number],
  ]
  const [offX, offY, offZ] = from.name === 'fk4' ? findEllipticTerms(from.equinox) : [0, 0, 0]
  const [onX, onY, onZ] = to.name === 'fk4' ? findEllipticTerms(to.equinox) : [0, 0, 0]
  return (longitude, latitude, out) => {
    if (!Number.isFinite(longitude) || !(Math.abs(latitude) <= 90)) return false
    const [alpha, delta] = [longitude * RADIAN, latitude * RADIAN]
    let x = Math.cos(delta) * Math.cos(alpha)
    let y = Math.cos(delta) * Math.sin(alpha)
    let z = Math.sin(delta)
    const along = 1 + offX * x + offY * y + offZ * z
    x = x * along - offX
    y = y * along - offY
    z = z * along - offZ
    const length = Math.hypot(x, y, z)
    const [u, v, w] = [x / length, y / length, z / length]
    const [p, q, r] = [xx * u + xy * v + xz * w, yx * u + yy * v + yz * w, zx * u + zy * v + zz * w]
    x = p
    y = q
    z = r
    for (let round = 0; round < ROUNDS; round++) {
      const stretch = 1 + onX * x + onY * y + onZ * z
      x = (p + onX) / stretch
      y = (q + onY) / stretch
      z = (r + onZ) / stretch
    }
    out[0] = x === 0 && y === 0 ? 0 : wrapDegrees(Math.atan2(y, x) / RADIAN)
    out[1] = Math.atan2(z, Math.hypot(x, y)) / RADIAN
    return true
  }
}

const give: CoordinateStep = (longitude, latitude, out) => {
  out[0] = longitude
  out[1] = latitude
  return Number.isFinite(longitude + latitude)
}
