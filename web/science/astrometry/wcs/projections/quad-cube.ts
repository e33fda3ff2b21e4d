import { findFace, findOnCross, leaveFace, placeOnCross } from './cube-face'
import { giveNative, type Projection } from './projection'

/**
 * A projection on a cube from what happens on one face: xi, eta, zeta in `face` to coordinates from -1 to 1 in the same place and back. False
 * where there is no answer.
 */
const makeCube = (flatten: (face: Float64Array) => void, raise: (face: Float64Array) => void): Projection => {
  const face = new Float64Array(3)
  return {
    theta0: 0,
    project: (phi, theta, out) => {
      const number = findFace(phi, theta, face)
      flatten(face)
      placeOnCross(number, face[0]!, face[1]!, out)
      return true
    },
    deproject: (x, y, out) => {
      const number = findOnCross(x, y, face)
      if (number < 0) return false
      raise(face)
      leaveFace(number, face, out)
      return giveNative(out[0]!, out[1]!, out)
    },
  }
}

/** TSC, tangential spherical cube (Calabretta & Greisen 2002, eqs. 157 to 162). */
export const makeTsc = (): Projection =>
  makeCube(
    (face) => {
      face[0] = face[0]! / face[2]!
      face[1] = face[1]! / face[2]!
    },
    (face) => {
      face[2] = 1
    },
  )

/** F of Calabretta & Greisen 2002, eq. 174, a rational form of the COBE project (O'Neill & Laubscher 1976). */
const bend = (chi: number, psi: number): number => {
  const [c, p] = [chi * chi, psi * psi]
  const mixed =
    0.141189631152 +
    c * (0.0809701286525 + c * -0.178251207466) +
    p * (-0.281528535557 + p * 0.106959469314) +
    c * p * 0.15384112876
  const gamma = -0.13161671474
  return (
    chi *
    (1.37484847732 +
      c * (1 - 1.37484847732) +
      p * (1 - c) * (gamma + (0.004869491981 - gamma) * c + (1 - p) * mixed) +
      c * (1 - c) * (-0.159596235474 - (1 - c) * (0.0759196200467 + c * -0.0217762490699)))
  )
}

/** P_ij of Calabretta & Greisen 2002, table 13: rows by i, the power of X^2, columns by j, that of Y^2. */
const UNBENDING = [
  [-0.27292696, -0.02819452, 0.2705816, -0.6044156, 0.93412077, -0.63915306, 0.14381585],
  [-0.07629969, -0.01471565, -0.56800938, 1.50880086, -1.4160192, 0.52032238],
  [-0.22797056, 0.48051509, 0.30803317, -0.93678576, 0.33887446],
  [0.54852384, -1.74114454, 0.98938102, 0.08693841],
  [-0.62930065, 1.71547508, -0.83180469],
  [0.25795794, -0.53022337],
  [0.02584375],
] as const

/** f of Calabretta & Greisen 2002, eq. 175. */
const unbend = (x: number, y: number): number => {
  const [a, b] = [x * x, y * y]
  let sum = 0
  for (let i = UNBENDING.length - 1; i >= 0; i--) {
    const row = UNBENDING[i]!
    let inner = 0
    for (let j = row.length - 1; j >= 0; j--) inner = inner * b + row[j]!
    sum = sum * a + inner
  }
  return x + x * (1 - a) * sum
}

/**
 * CSC, the COBE quadrilateralized spherical cube (Calabretta & Greisen 2002, eqs. 171 to 177). Both directions are approximations by
 * definition, and undo each other to some 40 arcseconds at worst: a pixel's place is what the standard's polynomial says.
 */
export const makeCsc = (): Projection =>
  makeCube(
    (face) => {
      const [chi, psi] = [face[0]! / face[2]!, face[1]! / face[2]!]
      face[0] = bend(chi, psi)
      face[1] = bend(psi, chi)
    },
    (face) => {
      const [x, y] = [face[0]!, face[1]!]
      face[0] = unbend(x, y)
      face[1] = unbend(y, x)
      face[2] = 1
    },
  )

/** 12/pi, the 1/15 degrees of the paper in radians. */
const FIFTEEN = 12 / Math.PI

/** QSC, quadrilateralized spherical cube, equal-area (Calabretta & Greisen 2002, eqs. 178 to 187). */
export const makeQsc = (): Projection =>
  makeCube(
    (face) => {
      const [xi, eta, zeta] = [face[0]!, face[1]!, face[2]!]
      const steep = Math.abs(xi) < Math.abs(eta)
      const [large, small] = steep ? [eta, xi] : [xi, eta]
      if (large === 0) {
        face[0] = 0
        face[1] = 0
        return
      }
      const omega = small / large
      const square = omega * omega
      // 1 - zeta without loss at the middle of the face.
      const beyond = (xi * xi + eta * eta) / (1 + zeta)
      const along = Math.sign(large) * Math.sqrt(beyond / (1 - 1 / Math.sqrt(2 + square)))
      const across = FIFTEEN * along * (Math.atan(omega) - Math.asin(omega / Math.sqrt(2 * (1 + square))))
      face[0] = steep ? across : along
      face[1] = steep ? along : across
    },
    (face) => {
      const [x, y] = [face[0]!, face[1]!]
      const steep = Math.abs(x) < Math.abs(y)
      const [large, small] = steep ? [y, x] : [x, y]
      const angle = large === 0 ? 0 : small / large / FIFTEEN
      const omega = Math.sin(angle) / (Math.cos(angle) - Math.SQRT1_2)
      const square = omega * omega
      const beyond = large * large * (1 - 1 / Math.sqrt(2 + square))
      const along = Math.sign(large) * Math.sqrt((beyond * (2 - beyond)) / (1 + square))
      face[0] = steep ? omega * along : along
      face[1] = steep ? along : omega * along
      face[2] = 1 - beyond
    },
  )
