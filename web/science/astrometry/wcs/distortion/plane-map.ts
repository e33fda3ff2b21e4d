/** A map of a plane into itself. It writes the two values and, after them, the four derivatives: [x', y', dx'/dx, dx'/dy, dy'/dx, dy'/dy]. */
export interface PlaneMap {
  readonly apply: (x: number, y: number, out: Float64Array) => void
  /** Where the search for an inverse begins; without it at the place itself, as distortions are small. */
  readonly guess?: (x: number, y: number, out: Float64Array) => void
  /** A step of the inverse below which it ends, in the units of the plane. */
  readonly tolerance: number
}

const MOST_NEWTON = 30
const MOST_FIXED = 200

/**
 * Solves map(p) = (x, y) and writes p into the first two places of `out` (of length 6). Newton's method with the map's own derivatives, which
 * doubles the digits with each step and ends when a step is below the map's tolerance; where the map has edges (cells of a table) that
 * Newton's method may jump to and fro between, the plain iteration p + (target - map(p)) takes over, which a small distortion always lets
 * converge. False where neither ends: there the distortion has no inverse.
 */
export const invertMap = (map: PlaneMap, x: number, y: number, out: Float64Array): boolean => {
  if (!Number.isFinite(x + y)) return false
  out[0] = x
  out[1] = y
  map.guess?.(x, y, out)
  return (
    searchNewton(map, x, y, out) ||
    // From the target itself: where Newton's method went is no start.
    searchFixed(map, x, y, out)
  )
}

const searchNewton = (map: PlaneMap, x: number, y: number, out: Float64Array): boolean => {
  let [p, q] = [out[0]!, out[1]!]
  for (let step = 0; step < MOST_NEWTON; step++) {
    map.apply(p, q, out)
    const [missX, missY] = [x - out[0]!, y - out[1]!]
    const determinant = out[2]! * out[5]! - out[3]! * out[4]!
    const dp = (out[5]! * missX - out[3]! * missY) / determinant
    const dq = (out[2]! * missY - out[4]! * missX) / determinant
    p += dp
    q += dq
    if (!Number.isFinite(p + q)) return false
    if (Math.abs(dp) + Math.abs(dq) <= map.tolerance + 4e-16 * (Math.abs(p) + Math.abs(q))) {
      out[0] = p
      out[1] = q
      return true
    }
  }
  return false
}

const searchFixed = (map: PlaneMap, x: number, y: number, out: Float64Array): boolean => {
  let [p, q] = [x, y]
  for (let step = 0; step < MOST_FIXED; step++) {
    map.apply(p, q, out)
    const [dp, dq] = [x - out[0]!, y - out[1]!]
    p += dp
    q += dq
    if (!Number.isFinite(p + q)) return false
    if (Math.abs(dp) + Math.abs(dq) <= map.tolerance + 4e-16 * (Math.abs(p) + Math.abs(q))) {
      out[0] = p
      out[1] = q
      return true
    }
  }
  return false
}
