/**
 * A projection between the native sphere and the plane, both in radians (a plane in degrees divided by 180/pi, so that r0 of Calabretta &
 * Greisen 2002 is 1). Both functions write two values into `out` and return true, or return false where there is no answer: no image of the
 * place, or a place of the plane that no point of the sphere falls on. They allocate nothing.
 */
export interface Projection {
  /** Native latitude of the reference point; its longitude is 0 in all of them. */
  readonly theta0: number
  /** (phi, theta) to (x, y); phi from -pi to pi. */
  readonly project: (phi: number, theta: number, out: Float64Array) => boolean
  /** (x, y) to (phi, theta). */
  readonly deproject: (x: number, y: number, out: Float64Array) => boolean
}

/** A projection of which the header's PV keywords are the parameters, from m = 0, angles in degrees as they stand there. */
export type ProjectionMaker = (parameters: readonly (number | undefined)[]) => Projection

/** Native longitudes beyond 180 degrees are places outside the map; a rounding error is none. */
const EDGE = Math.PI * (1 + 1e-12)

/** Writes a native place, clipped at the edges of the map; false beyond them. */
export const giveNative = (phi: number, theta: number, out: Float64Array): boolean => {
  if (!(Math.abs(phi) <= EDGE && Math.abs(theta) <= EDGE / 2)) return false
  out[0] = Math.max(-Math.PI, Math.min(Math.PI, phi))
  out[1] = Math.max(-Math.PI / 2, Math.min(Math.PI / 2, theta))
  return true
}

/** Writes a place of the plane; false where it is infinitely far away. */
export const givePlane = (x: number, y: number, out: Float64Array): boolean => {
  out[0] = x
  out[1] = y
  return Number.isFinite(x) && Number.isFinite(y)
}
