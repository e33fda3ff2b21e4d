import type { Degrees } from '../../core/units'

/**
 * Relative optical air mass for a geometric altitude (no refraction added) in degrees.
 * Source: Young 1994, Applied Optics 33, 1108, eq. 5; written for the true zenith distance, unlike Kasten & Young 1989 and
 * Pickering 2002, which ask for the refracted altitude and are 0.007 too large at air mass 3 when given the true one.
 * Its error is at most 0.0037, at the horizon. NaN below the horizon.
 */
export const airmass = (altitude: Degrees): number => {
  if (!(altitude >= 0)) return Number.NaN
  const c = Math.sin((Math.min(altitude, 90) * Math.PI) / 180)
  return (
    (1.002432 * c * c + 0.148386 * c + 0.0096467) /
    (c * c * c + 0.149864 * c * c + 0.0102963 * c + 0.000303978)
  )
}
