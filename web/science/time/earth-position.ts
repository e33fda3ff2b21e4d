import {
  AstroTime,
  BaryState,
  Body,
  HelioState,
  RotateVector,
  Rotation_EQD_EQJ,
  Rotation_EQJ_EQD,
  Vector,
  e_tilt,
} from 'astronomy-engine'
import type { Site } from '../../core/frame'
import type { JdTt, JdUtc } from '../../core/units'

/** Equatorial J2000 axes (ICRS but for 0.02 arcseconds). */
export interface Vector3 {
  readonly x: number
  readonly y: number
  readonly z: number
}

export const ASTRONOMICAL_UNIT_METRES = 149_597_870_700
const J2000 = 2451545
const RADIANS_PER_DEGREE = Math.PI / 180
const TURN = 2 * Math.PI

/** The library's own clock guesses TT - UT; given TT from the leap-second table it has nothing to guess. */
const engineTime = (time: JdTt): AstroTime => AstroTime.FromTerrestrialTime(time - J2000)

/** Position (au) and velocity (au per day) of the Earth's centre from the solar system's barycentre; good to 3400 km, 11 ms of light. */
export const earthFromBarycentre = (time: JdTt): { position: Vector3; velocity: Vector3 } => {
  const state = BaryState(Body.Earth, engineTime(time))
  return {
    position: { x: state.x, y: state.y, z: state.z },
    velocity: { x: state.vx, y: state.vy, z: state.vz },
  }
}

/** Position (au) of the Earth's centre from the centre of the Sun. */
export const earthFromSun = (time: JdTt): Vector3 => {
  const state = HelioState(Body.Earth, engineTime(time))
  return { x: state.x, y: state.y, z: state.z }
}

/**
 * Greenwich apparent sidereal time in radians, 0 to 2 pi.
 * Source: Earth rotation angle (Capitaine et al. 2000) plus the IAU 2006 polynomial (Capitaine, Wallace & Chapront 2003, eq. 42)
 * and the equation of the equinoxes. UTC stands for UT1: at most 0.9 s, which is 14 arcseconds of rotation.
 */
export const apparentSiderealTime = (time: JdUtc, timeTt: JdTt): number => {
  const days = time - J2000
  const rotation = TURN * (0.779057273264 + 0.00273781191135448 * days + (days % 1))
  const t = (timeTt - J2000) / 36525
  const arcseconds =
    0.014506 + t * (4612.156534 + t * (1.3915817 + t * (-0.00000044 + t * (-0.000029956 - 0.0000000368 * t))))
  const equinoxes = (e_tilt(engineTime(timeTt)).ee / 86_400) * TURN
  const angle = rotation + (arcseconds / 3600) * RADIANS_PER_DEGREE + equinoxes
  return ((angle % TURN) + TURN) % TURN
}

/** Metres from the Earth's centre, axes turning with the Earth; WGS 84. */
const siteFromGeocentre = (site: Site): Vector3 => {
  const latitude = site.latitude * RADIANS_PER_DEGREE
  const longitude = site.longitude * RADIANS_PER_DEGREE
  const squash = (1 - 1 / 298.257223563) ** 2
  const curvature = 6_378_137 / Math.hypot(Math.cos(latitude), Math.sqrt(squash) * Math.sin(latitude))
  const across = (curvature + site.elevation) * Math.cos(latitude)
  return {
    x: across * Math.cos(longitude),
    y: across * Math.sin(longitude),
    z: (curvature * squash + site.elevation) * Math.sin(latitude),
  }
}

const rotate = (rotation: ReturnType<typeof Rotation_EQD_EQJ>, vector: Vector3, time: AstroTime): Vector3 => {
  const turned = RotateVector(rotation, new Vector(vector.x, vector.y, vector.z, time))
  return { x: turned.x, y: turned.y, z: turned.z }
}

/** Observer's position from the Earth's centre in au on J2000 axes; polar motion (10 m) is left out. */
export const observerFromGeocentre = (time: JdUtc, timeTt: JdTt, site: Site): Vector3 => {
  const fixed = siteFromGeocentre(site)
  const sidereal = apparentSiderealTime(time, timeTt)
  const ofDate = {
    x: (fixed.x * Math.cos(sidereal) - fixed.y * Math.sin(sidereal)) / ASTRONOMICAL_UNIT_METRES,
    y: (fixed.x * Math.sin(sidereal) + fixed.y * Math.cos(sidereal)) / ASTRONOMICAL_UNIT_METRES,
    z: fixed.z / ASTRONOMICAL_UNIT_METRES,
  }
  const engine = engineTime(timeTt)
  return rotate(Rotation_EQD_EQJ(engine), ofDate, engine)
}

/** From J2000 axes to the true equator and equinox of date (precession IAU 2006, nutation of the engine's short series). */
export const toEquatorOfDate = (vector: Vector3, timeTt: JdTt): Vector3 => {
  const engine = engineTime(timeTt)
  return rotate(Rotation_EQJ_EQD(engine), vector, engine)
}
