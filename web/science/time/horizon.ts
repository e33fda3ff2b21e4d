import type { Site } from '../../core/frame'
import { degrees, type Degrees, type JdUtc } from '../../core/units'
import { airmass } from './airmass'
import { apparentSiderealTime, earthFromBarycentre, toEquatorOfDate } from './earth-position'
import { unitVector, type SkyDirection } from './light-travel-time'
import { utcToTt } from './time-scales'

export interface HorizontalPosition {
  /** Geometric: refraction is not added. */
  readonly altitude: Degrees
  /** From north through east, 0 to 360. */
  readonly azimuth: Degrees
  /** West positive, -180 to 180. */
  readonly hourAngle: Degrees
}

const AU_PER_DAY_OF_LIGHT = 173.144632674

/**
 * Where a star (ICRS) stands above a site at an instant: annual aberration, precession, nutation and the Earth's rotation.
 * Good to 15 arcseconds, nearly all of it UT1 - UTC; azimuth is undefined at the zenith.
 */
export const toHorizontal = (time: JdUtc, direction: SkyDirection, site: Site): HorizontalPosition => {
  const timeTt = utcToTt(time)
  const star = unitVector(direction)
  const { velocity } = earthFromBarycentre(timeTt)
  const seen = toEquatorOfDate(
    {
      x: star.x + velocity.x / AU_PER_DAY_OF_LIGHT,
      y: star.y + velocity.y / AU_PER_DAY_OF_LIGHT,
      z: star.z + velocity.z / AU_PER_DAY_OF_LIGHT,
    },
    timeTt,
  )
  const length = Math.hypot(seen.x, seen.y, seen.z)
  const localSidereal = apparentSiderealTime(time, timeTt) + (site.longitude * Math.PI) / 180
  const hourAngle = localSidereal - Math.atan2(seen.y, seen.x)
  const sinDec = seen.z / length
  const cosDec = Math.hypot(seen.x, seen.y) / length
  const latitude = (site.latitude * Math.PI) / 180
  const north = Math.cos(latitude) * sinDec - Math.sin(latitude) * cosDec * Math.cos(hourAngle)
  const east = -cosDec * Math.sin(hourAngle)
  const up = Math.sin(latitude) * sinDec + Math.cos(latitude) * cosDec * Math.cos(hourAngle)
  const toDegrees = 180 / Math.PI
  return {
    altitude: degrees(Math.atan2(up, Math.hypot(north, east)) * toDegrees),
    azimuth: degrees((Math.atan2(east, north) * toDegrees + 360) % 360),
    hourAngle: degrees(Math.atan2(Math.sin(hourAngle), Math.cos(hourAngle)) * toDegrees),
  }
}

/** Air mass of a star at a site and an instant; NaN when it is below the horizon. */
export const airmassAt = (time: JdUtc, direction: SkyDirection, site: Site): number =>
  airmass(toHorizontal(time, direction, site).altitude)
