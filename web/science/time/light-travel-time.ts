import type { Site } from '../../core/frame'
import { SECONDS_PER_DAY, type BjdTdb, type Degrees, type JdUtc } from '../../core/units'
import {
  ASTRONOMICAL_UNIT_METRES,
  earthFromBarycentre,
  earthFromSun,
  observerFromGeocentre,
  type Vector3,
} from './earth-position'
import { ttToTdb, utcToTt } from './time-scales'

/** ICRS, at the epoch of the observation: 1 arcsecond of proper motion left out is at most 2.4 ms. */
export interface SkyDirection {
  readonly rightAscension: Degrees
  readonly declination: Degrees
}

export interface Observation {
  readonly time: JdUtc
  readonly direction: SkyDirection
  /** Null: seen from the Earth's centre, at most 21 ms from the truth. */
  readonly site: Site | null
}

const SECONDS_PER_AU = ASTRONOMICAL_UNIT_METRES / 299_792_458

export const unitVector = (direction: SkyDirection): Vector3 => {
  const ra = (direction.rightAscension * Math.PI) / 180
  const dec = (direction.declination * Math.PI) / 180
  return { x: Math.cos(dec) * Math.cos(ra), y: Math.cos(dec) * Math.sin(ra), z: Math.sin(dec) }
}

const dot = (a: Vector3, b: Vector3): number => a.x * b.x + a.y * b.y + a.z * b.z

const secondsAlong = (observation: Observation, earth: Vector3): number => {
  const { time, direction, site } = observation
  const star = unitVector(direction)
  const fromCentre = site === null ? 0 : dot(observerFromGeocentre(time, utcToTt(time), site), star)
  return (dot(earth, star) + fromCentre) * SECONDS_PER_AU
}

/**
 * Seconds by which light from the star reaches the observer before the barycentre (negative: after); within +-510 s.
 * The plane-wave (Roemer) delay of Eastman, Siverd & Gaudi 2010, PASP 122, 935, eq. 4; within 12 ms, the error of the Earth's position.
 * Left out, all smaller: Shapiro delay in the Sun's field (0.1 ms), curvature of the wave (1 ms for a star at one parsec).
 */
export const barycentricLightTime = (observation: Observation): number =>
  secondsAlong(observation, earthFromBarycentre(utcToTt(observation.time)).position)

/** As `barycentricLightTime`, to the centre of the Sun; within 7 ms. */
export const heliocentricLightTime = (observation: Observation): number =>
  secondsAlong(observation, earthFromSun(utcToTt(observation.time)))

/** BJD_TDB: TDB of the observation (which holds the Einstein delay) plus the light travel time to the barycentre. NaN before 1972. */
export const toBjdTdb = (observation: Observation): BjdTdb =>
  (ttToTdb(utcToTt(observation.time)) + barycentricLightTime(observation) / SECONDS_PER_DAY) as BjdTdb
