/**
 * The six faces of a cube around the sphere (Calabretta & Greisen 2002, section 5.6, table 11). On a face, zeta points out of it, xi to the
 * right and eta upwards; 0 is around the north pole, 1 to 4 around the equator towards the east, 5 around the south pole.
 */
const QUARTER = Math.PI / 4

/** Where the middle of each face lies in the plane, radians. */
const CENTRE_X = [0, 0, 2 * QUARTER, 4 * QUARTER, 6 * QUARTER, 0]
const CENTRE_Y = [2 * QUARTER, 0, 0, 0, 0, -2 * QUARTER]

/** Number of the face that a direction falls on; writes its xi, eta, zeta there into `out`. */
export const findFace = (phi: number, theta: number, out: Float64Array): number => {
  const l = Math.cos(theta) * Math.cos(phi)
  const m = Math.cos(theta) * Math.sin(phi)
  const n = Math.sin(theta)
  let [face, zeta] = [0, n]
  if (l > zeta) [face, zeta] = [1, l]
  if (m > zeta) [face, zeta] = [2, m]
  if (-l > zeta) [face, zeta] = [3, -l]
  if (-m > zeta) [face, zeta] = [4, -m]
  if (-n > zeta) [face, zeta] = [5, -n]
  out[2] = zeta
  switch (face) {
    case 0:
      out[0] = m
      out[1] = -l
      break
    case 1:
      out[0] = m
      out[1] = n
      break
    case 2:
      out[0] = -l
      out[1] = n
      break
    case 3:
      out[0] = -m
      out[1] = n
      break
    case 4:
      out[0] = l
      out[1] = n
      break
    default:
      out[0] = m
      out[1] = l
  }
  return face
}

/** Native place of xi, eta, zeta on a face; they need not be of length 1. */
export const leaveFace = (face: number, [xi, eta, zeta]: Float64Array, out: Float64Array): void => {
  let [l, m, n] = [zeta!, xi!, eta!]
  if (face === 0) [l, m, n] = [-eta!, xi!, zeta!]
  else if (face === 2) [l, m, n] = [-xi!, zeta!, eta!]
  else if (face === 3) [l, m, n] = [-zeta!, -xi!, eta!]
  else if (face === 4) [l, m, n] = [xi!, -zeta!, eta!]
  else if (face === 5) [l, m, n] = [eta!, xi!, -zeta!]
  out[0] = l === 0 && m === 0 ? 0 : Math.atan2(m, l)
  out[1] = Math.atan2(n, Math.hypot(l, m))
}

/** Puts a place on a face, both coordinates in units of half a face, into the plane. */
export const placeOnCross = (face: number, right: number, up: number, out: Float64Array): void => {
  out[0] = CENTRE_X[face]! + QUARTER * right
  out[1] = CENTRE_Y[face]! + QUARTER * up
}

/** A rounding error, in halves of a face. */
const EDGE = 1 + 1e-12

/** Number of the face that a place of the plane is on, its coordinates there in `out` (-1 to 1); -1 outside the cross. */
export const findOnCross = (x: number, y: number, out: Float64Array): number => {
  let right = x / QUARTER
  const up = y / QUARTER
  // The three faces left of the first may be drawn on either side.
  if (right < -EDGE) right += 8
  if (!(right <= 7 * EDGE && right >= -EDGE) || !(Math.abs(up) <= 3 * EDGE)) return -1
  if (Math.abs(up) > EDGE) {
    out[0] = right
    out[1] = up > 0 ? up - 2 : up + 2
    return right <= EDGE ? (up > 0 ? 0 : 5) : -1
  }
  const turn = right > 5 ? 3 : right > 3 ? 2 : right > 1 ? 1 : 0
  out[0] = right - 2 * turn
  out[1] = up
  return 1 + turn
}
