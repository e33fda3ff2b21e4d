import type { CoordinateStep } from '../map-coordinates'
import { cosDegrees, RADIAN, sinDegrees, wrapDegrees } from '../angles'
import { makeIrafMap } from './distortion/iraf-surface'
import { makePixelMap, makeTableMap } from './distortion/pixel-map'
import { invertMap, type PlaneMap } from './distortion/plane-map'
import { makeTpvMap } from './distortion/tpv'
import { createProjection } from './projections/create-projection'
import type { Projection } from './projections/projection'
import { findRotation, type SphericalRotation } from './spherical-rotation'
import type { Wcs } from './wcs'

/** Pixels to sky and back. Pixels count from 0 at the centre of the first one, the sky is in degrees in the header's own system. */
export interface WcsTransform {
  /** Writes longitude (0 … 360) and latitude into `out`, which has at least 6 places; false where a pixel shows no sky. */
  readonly pixelToSky: CoordinateStep
  /** Writes x and y into `out`, likewise; false where the sky has no place in the map or a distortion no inverse. */
  readonly skyToPixel: CoordinateStep
}

/** Steps in the order in which a pixel goes through them. */
const listPixelMaps = ({ distortion, reference }: Wcs): PlaneMap[] => {
  const maps: PlaneMap[] = []
  if (distortion.detector !== null) maps.push(makeTableMap(distortion.detector))
  if (distortion.sip !== null || distortion.lookup !== null)
    maps.push(makePixelMap(distortion.sip, distortion.lookup, reference))
  return maps
}

/** The same between matrix and projection, in degrees. */
const listPlaneMaps = ({ distortion }: Wcs): PlaneMap[] => {
  const maps: PlaneMap[] = []
  if (distortion.sequent !== null)
    maps.push(scaleMap(makeTableMap(distortion.sequent), distortion.sequent.scale))
  if (distortion.tpv !== null) maps.push(makeTpvMap(distortion.tpv))
  if (distortion.iraf !== null) maps.push(makeIrafMap(distortion.iraf))
  return maps
}

/** CQDIS tables work before CDELT: their coordinates are degrees divided by it. */
const scaleMap = (map: PlaneMap, scale: { readonly x: number; readonly y: number }): PlaneMap => ({
  tolerance: map.tolerance * Math.min(Math.abs(scale.x), Math.abs(scale.y)),
  apply: (x, y, out) => {
    map.apply(x / scale.x, y / scale.y, out)
    out[0]! *= scale.x
    out[1]! *= scale.y
    out[3]! *= scale.x / scale.y
    out[4]! *= scale.y / scale.x
  },
})

/** Native to celestial coordinates and back, radians native and degrees celestial (Calabretta & Greisen 2002, eqs. 2 and 5, with atan2 throughout). */
const makeRotation = ({ poleLongitude, poleLatitude, nativeLongitude }: SphericalRotation) => {
  const sine = sinDegrees(poleLatitude)
  const cosine = cosDegrees(poleLatitude)
  const turnNative = nativeLongitude * RADIAN
  /** The rotation is its own inverse but for the longitudes that it counts from. */
  const rotate = (away: number, height: number, out: Float64Array): void => {
    const c = Math.sin(height)
    const a = Math.cos(height) * Math.cos(away)
    const b = Math.cos(height) * Math.sin(away)
    const x = c * cosine - a * sine
    out[0] = Math.atan2(-b, x)
    out[1] = Math.atan2(c * sine + a * cosine, Math.hypot(x, b))
  }
  return {
    toSky: (out: Float64Array): void => {
      rotate(out[0]! - turnNative, out[1]!, out)
      out[0] = wrapDegrees(poleLongitude + out[0]! / RADIAN)
      out[1]! /= RADIAN
    },
    toNative: (longitude: number, latitude: number, out: Float64Array): void => {
      rotate((longitude - poleLongitude) * RADIAN, latitude * RADIAN, out)
      let phi = out[0]! + turnNative
      if (phi > Math.PI || phi < -Math.PI) phi -= 2 * Math.PI * Math.round(phi / (2 * Math.PI))
      out[0] = phi
    },
  }
}

interface Sphere {
  /** Degrees of the plane to degrees of the sky; reads and writes `out`. */
  readonly toSky: (out: Float64Array) => boolean
  readonly toPlane: (longitude: number, latitude: number, out: Float64Array) => boolean
}

const makeLinear = ({ center }: Wcs): Sphere => ({
  toSky: (out) => {
    out[0] = wrapDegrees(center.longitude + out[0]!)
    out[1]! += center.latitude
    return Number.isFinite(out[0] + out[1]!)
  },
  toPlane: (longitude, latitude, out) => {
    const away = wrapDegrees(longitude - center.longitude + 180) - 180
    out[0] = away
    out[1] = latitude - center.latitude
    return Number.isFinite(out[0] + out[1])
  },
})

const makeSphere = (wcs: Wcs): Sphere => {
  if (wcs.projection === null) return makeLinear(wcs)
  const projection = createProjection(wcs.projection, wcs.parameters)
  const [phi0, theta0] =
    wcs.fiducial === null ? [0, projection.theta0 / RADIAN] : [wcs.fiducial.longitude, wcs.fiducial.latitude]
  const rotation = makeRotation(findRotation(wcs, phi0, theta0))
  const offset = findOffset(wcs, projection)
  return {
    toSky: (out) => {
      if (!Number.isFinite(out[0]! + out[1]!)) return false
      if (!projection.deproject(out[0]! * RADIAN + offset[0], out[1]! * RADIAN + offset[1], out)) return false
      rotation.toSky(out)
      return true
    },
    toPlane: (longitude, latitude, out) => {
      if (!Number.isFinite(longitude) || !(Math.abs(latitude) <= 90)) return false
      rotation.toNative(longitude, latitude, out)
      if (!projection.project(out[0]!, out[1]!, out)) return false
      out[0] = (out[0]! - offset[0]) / RADIAN
      out[1] = (out[1]! - offset[1]) / RADIAN
      return true
    },
  }
}

/** Plane coordinates of a reference point that the header moves (PVi_0 not zero), radians. */
const findOffset = ({ fiducial }: Wcs, projection: Projection): readonly [number, number] => {
  if (fiducial?.offset !== true) return [0, 0]
  const out = new Float64Array(2)
  return projection.project(fiducial.longitude * RADIAN, fiducial.latitude * RADIAN, out)
    ? [out[0]!, out[1]!]
    : [0, 0]
}

/** Everything that a header says once, worked out for being asked about many places (`mapCoordinates`). Throws in words where its numbers are no coordinates. */
export const createTransform = (wcs: Wcs): WcsTransform => {
  const sphere = makeSphere(wcs)
  const pixelMaps = listPixelMaps(wcs)
  const planeMaps = listPlaneMaps(wcs)
  const [back, planeBack] = [pixelMaps.toReversed(), planeMaps.toReversed()]
  const [m0, m1, m2, m3] = wcs.matrix
  const determinant = m0 * m3 - m1 * m2
  const [i0, i1, i2, i3] = [m3 / determinant, -m1 / determinant, -m2 / determinant, m0 / determinant]
  const { reference } = wcs
  return {
    pixelToSky: (x, y, out) => {
      out[0] = x
      out[1] = y
      for (const map of pixelMaps) map.apply(out[0], out[1], out)
      const u = out[0] - reference.x
      const v = out[1] - reference.y
      out[0] = m0 * u + m1 * v
      out[1] = m2 * u + m3 * v
      for (const map of planeMaps) map.apply(out[0], out[1], out)
      return sphere.toSky(out)
    },
    skyToPixel: (longitude, latitude, out) => {
      if (!sphere.toPlane(longitude, latitude, out)) return false
      for (const map of planeBack) if (!invertMap(map, out[0]!, out[1]!, out)) return false
      const [xi, eta] = [out[0]!, out[1]!]
      out[0] = i0 * xi + i1 * eta + reference.x
      out[1] = i2 * xi + i3 * eta + reference.y
      for (const map of back) if (!invertMap(map, out[0], out[1], out)) return false
      return true
    },
  }
}
