import type { Point } from '../../core/image'
import { degrees, type Degrees } from '../../core/units'
import { RADIAN, type Polynomial, type SkyPosition, type SkyWcs } from './sky-wcs'

const evaluate = (polynomial: Polynomial, u: number, v: number): number =>
  polynomial.reduce((sum, { p, q, coefficient }) => sum + coefficient * u ** p * v ** q, 0)

/** Position on the sky of a pixel position (0-based), in the header's own frame. */
export const pixelToSky = (wcs: SkyWcs, point: Point): SkyPosition => {
  const u = point.x - wcs.reference.x
  const v = point.y - wcs.reference.y
  const [du, dv] =
    wcs.distortion === null ? [0, 0] : [evaluate(wcs.distortion.a, u, v), evaluate(wcs.distortion.b, u, v)]
  const [m0, m1, m2, m3] = wcs.matrix
  const xi = (m0 * (u + du) + m1 * (v + dv)) * RADIAN
  const eta = (m2 * (u + du) + m3 * (v + dv)) * RADIAN
  return fromNative(wcs, Math.atan2(xi, -eta), Math.atan2(1, Math.hypot(xi, eta)))
}

/** Calabretta & Greisen eq. 2, with the native pole at the reference point, as for every zenithal projection. */
const fromNative = (wcs: SkyWcs, phi: number, theta: number): SkyPosition => {
  const turn = phi - wcs.poleLongitude * RADIAN
  const pole = wcs.center.declination * RADIAN
  const x = Math.sin(theta) * Math.cos(pole) - Math.cos(theta) * Math.sin(pole) * Math.cos(turn)
  const y = -Math.cos(theta) * Math.sin(turn)
  const z = Math.sin(theta) * Math.sin(pole) + Math.cos(theta) * Math.cos(pole) * Math.cos(turn)
  const ra = wcs.center.rightAscension + Math.atan2(y, x) / RADIAN
  return {
    rightAscension: degrees(((ra % 360) + 360) % 360),
    declination: degrees(Math.atan2(z, Math.hypot(x, y)) / RADIAN),
  }
}

const MOST_STEPS = 30
/** Pixels. */
const CONVERGED = 1e-9

/** Pixel position (0-based) of a position in the header's own frame; null on the far side of the sky or where the distortion has no inverse. */
export const skyToPixel = (wcs: SkyWcs, position: SkyPosition): Point | null => {
  const away = (position.rightAscension - wcs.center.rightAscension) * RADIAN
  const dec = position.declination * RADIAN
  const pole = wcs.center.declination * RADIAN
  const up = Math.sin(dec) * Math.sin(pole) + Math.cos(dec) * Math.cos(pole) * Math.cos(away)
  if (!(up > 1e-9)) return null
  const north = Math.sin(dec) * Math.cos(pole) - Math.cos(dec) * Math.sin(pole) * Math.cos(away)
  const east = Math.cos(dec) * Math.sin(away)
  // North and east are what LONPOLE = 180 gives; any other value turns the plane.
  const turn = (wcs.poleLongitude - 180) * RADIAN
  const xi = (east * Math.cos(turn) - north * Math.sin(turn)) / up / RADIAN
  const eta = (east * Math.sin(turn) + north * Math.cos(turn)) / up / RADIAN
  const [m0, m1, m2, m3] = wcs.matrix
  const determinant = m0 * m3 - m1 * m2
  const wanted = { u: (m3 * xi - m1 * eta) / determinant, v: (m0 * eta - m2 * xi) / determinant }
  const found = wcs.distortion === null ? wanted : undistort(wcs.distortion, wanted)
  return found === null ? null : { x: found.u + wcs.reference.x, y: found.v + wcs.reference.y }
}

/** Newton's method on the forward polynomial: the inverse coefficients of headers (AP, BP) are approximate and often missing. */
const undistort = (
  { a, b }: NonNullable<SkyWcs['distortion']>,
  wanted: { u: number; v: number },
): { u: number; v: number } | null => {
  let { u, v } = wanted
  for (let step = 0; step < MOST_STEPS; step++) {
    const missU = u + evaluate(a, u, v) - wanted.u
    const missV = v + evaluate(b, u, v) - wanted.v
    const [uu, uv] = [1 + slope(a, u, v, 'u'), slope(a, u, v, 'v')]
    const [vu, vv] = [slope(b, u, v, 'u'), 1 + slope(b, u, v, 'v')]
    const determinant = uu * vv - uv * vu
    const [du, dv] = [(vv * missU - uv * missV) / determinant, (uu * missV - vu * missU) / determinant]
    if (!Number.isFinite(du) || !Number.isFinite(dv)) return null
    u -= du
    v -= dv
    if (Math.hypot(du, dv) < CONVERGED) return { u, v }
  }
  return null
}

const slope = (polynomial: Polynomial, u: number, v: number, by: 'u' | 'v'): number =>
  polynomial.reduce((sum, { p, q, coefficient }) => {
    const power = by === 'u' ? p : q
    if (power === 0) return sum
    const monomial = by === 'u' ? u ** (p - 1) * v ** q : u ** p * v ** (q - 1)
    return sum + coefficient * power * monomial
  }, 0)

/** Arcseconds per pixel, geometric mean of both axes, and how the image lies at the reference pixel. */
export const describeSkyWcs = (wcs: SkyWcs): { scale: number; north: Degrees; flipped: boolean } => {
  const [m0, m1, m2, m3] = wcs.matrix
  const determinant = m0 * m3 - m1 * m2
  // The pixel direction in which declination grows: matrix^-1 (0, 1).
  const north = Math.atan2(m0 / determinant, -m1 / determinant) / RADIAN
  return {
    scale: Math.sqrt(Math.abs(determinant)) * 3600,
    /** From +x towards +y. */
    north: degrees((north + 360) % 360),
    /** Seen with +y up: east is to the right of north, as in a mirror. */
    flipped: determinant > 0,
  }
}
