import { solveLeastSquares } from '../../math/least-squares'
import { fitPose } from './pose'
import {
  ARCSECOND,
  liftPoint,
  projectVector,
  RADIAN,
  toSky,
  touchAt,
  type SkyVectors,
  type Vector,
} from './sphere'
import type { Parity } from './solve-types'
import type { SipTerm, TanSip } from '../../../core/tan-sip'

/** Stars of the frame (pixels from the reference pixel) and of the sky, in pairs. */
export interface FitPairs {
  readonly u: Float64Array
  readonly v: Float64Array
  readonly references: Int32Array
  readonly vectors: SkyVectors
}

export interface TanSipFit {
  readonly wcs: TanSip
  /** Numbers that were fitted. */
  readonly parameters: number
}

const listPowers = (order: number): { p: number; q: number }[] => {
  const powers: { p: number; q: number }[] = []
  for (let degree = 0; degree <= order; degree++)
    for (let q = 0; q <= degree; q++) powers.push({ p: degree - q, q })
  return powers
}

/** The reference point has been found when it moves by less: radians. */
const SETTLED = 1e-6 * ARCSECOND

/**
 * Four numbers, without shear: what few stars support.
 */
export const fitSimilarity = (
  pairs: FitPairs,
  crpix: readonly [number, number],
  start: Vector,
  parity: Parity,
): TanSipFit | null => {
  const pose = fitPose({ ...pairs, count: pairs.u.length }, start, parity, 10)
  if (pose === null) return null
  const { turnReal, turnImaginary } = pose
  return {
    wcs: {
      crpix,
      crval: toSky(pose.plane.center),
      cd: [
        turnReal / RADIAN,
        (-parity * turnImaginary) / RADIAN,
        turnImaginary / RADIAN,
        (parity * turnReal) / RADIAN,
      ],
      order: 1,
      a: [],
      b: [],
    },
    parameters: 4,
  }
}

/**
 * TAN (order 1) or TAN-SIP by linear least squares: the plane's coordinates as polynomials of the pixel's. Their linear part is CD, the
 * higher terms taken through CD's inverse are A and B, and where the constants are not zero the reference point is moved until they are,
 * so that the reference pixel stays where it was put (Shupe et al. 2005, ASP 347, 491, eq. 1 to 3). Null where the stars do not determine it.
 */
export const fitTanSip = (
  pairs: FitPairs,
  crpix: readonly [number, number],
  start: Vector,
  order: number,
): TanSipFit | null => {
  const { u, v, references, vectors } = pairs
  const count = u.length
  const powers = listPowers(order)
  let size = 1
  for (let i = 0; i < count; i++) size = Math.max(size, Math.abs(u[i]!), Math.abs(v[i]!))
  const design = new Float64Array(count * powers.length)
  for (let i = 0; i < count; i++)
    for (const [j, { p, q }] of powers.entries())
      design[i * powers.length + j] = (u[i]! / size) ** p * (v[i]! / size) ** q
  let plane = touchAt(start)
  const xi = new Float64Array(count)
  const eta = new Float64Array(count)
  for (let round = 0; ; round++) {
    for (let i = 0; i < count; i++) {
      const star = references[i]!
      const place = projectVector(plane, vectors.x[star]!, vectors.y[star]!, vectors.z[star]!)
      xi[i] = place[0]
      eta[i] = place[1]
      if (Number.isNaN(xi[i]!)) return null
    }
    const east = solveLeastSquares(design, count, powers.length, xi)
    const north = solveLeastSquares(design, count, powers.length, eta)
    if (!east.determined || !north.determined) return null
    const offset = Math.hypot(east.solution[0]!, north.solution[0]!)
    if (offset < SETTLED || round === 20)
      return {
        wcs: assemble({ powers, size, crpix, order, center: plane.center }, east.solution, north.solution),
        parameters: 2 * powers.length,
      }
    plane = touchAt(liftPoint(plane, east.solution[0]!, north.solution[0]!))
  }
}

interface Assembly {
  readonly powers: readonly { p: number; q: number }[]
  readonly size: number
  readonly crpix: readonly [number, number]
  readonly order: number
  readonly center: Vector
}

const assemble = (assembly: Assembly, east: Float64Array, north: Float64Array): TanSip => {
  const { powers, size, crpix, order, center } = assembly
  const at = (p: number, q: number): number => powers.findIndex((power) => power.p === p && power.q === q)
  const perDegree = (value: number): number => value / size / RADIAN
  const cd = [
    perDegree(east[at(1, 0)]!),
    perDegree(east[at(0, 1)]!),
    perDegree(north[at(1, 0)]!),
    perDegree(north[at(0, 1)]!),
  ] as const
  const determinant = cd[0] * cd[3] - cd[1] * cd[2]
  const a: SipTerm[] = []
  const b: SipTerm[] = []
  for (const [index, { p, q }] of powers.entries()) {
    if (p + q < 2) continue
    const unit = RADIAN * size ** (p + q)
    const [alongEast, alongNorth] = [east[index]! / unit, north[index]! / unit]
    a.push({ p, q, coefficient: (cd[3] * alongEast - cd[1] * alongNorth) / determinant })
    b.push({ p, q, coefficient: (cd[0] * alongNorth - cd[2] * alongEast) / determinant })
  }
  return { crpix, crval: toSky(center), cd, order, a, b }
}
