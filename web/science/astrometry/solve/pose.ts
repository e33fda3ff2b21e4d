import { liftPoint, projectVector, touchAt, type SkyVectors, type TangentPlane, type Vector } from './sphere'
import type { Parity } from './solve-types'

/**
 * A camera without distortion: the plane that touches the sky at the middle of the frame, and the turn and scale by which
 * xi + i eta = (turnReal + i turnImaginary) (u + i parity v), radians, where u and v are pixels from the middle.
 */
export interface Pose {
  readonly plane: TangentPlane
  readonly turnReal: number
  readonly turnImaginary: number
  readonly parity: Parity
}

/** Radians a pixel. */
export const poseScale = (pose: Pose): number => Math.hypot(pose.turnReal, pose.turnImaginary)

/** Radians from north through east: where the frame's y axis points. */
export const poseRotation = ({ turnReal, turnImaginary, parity }: Pose): number =>
  Math.atan2(-parity * turnImaginary, parity * turnReal)

/** Stars of the frame and of the sky in pairs; u and v are pixels from the middle of the frame. */
export interface PosePairs {
  readonly u: ArrayLike<number>
  readonly v: ArrayLike<number>
  /** Places in `vectors`. */
  readonly references: ArrayLike<number>
  readonly vectors: SkyVectors
  readonly count: number
  /** One for all where it is absent. */
  readonly weights?: ArrayLike<number>
}

interface Similarity {
  readonly real: number
  readonly imaginary: number
  readonly xi: number
  readonly eta: number
}

/** Least squares of z = offset + turn w over complex numbers; null where all w are one. */
const fitSimilarity = (pairs: PosePairs, plane: TangentPlane, parity: Parity): Similarity | null => {
  const { vectors, weights } = pairs
  let [sum, sumU, sumV, sumXi, sumEta] = [0, 0, 0, 0, 0]
  let [square, real, imaginary] = [0, 0, 0]
  for (let i = 0; i < pairs.count; i++) {
    const star = pairs.references[i]!
    const [xi, eta] = projectVector(plane, vectors.x[star]!, vectors.y[star]!, vectors.z[star]!)
    if (Number.isNaN(xi)) return null
    const weight = weights === undefined ? 1 : weights[i]!
    const u = pairs.u[i]!
    const v = parity * pairs.v[i]!
    sum += weight
    sumU += weight * u
    sumV += weight * v
    sumXi += weight * xi
    sumEta += weight * eta
    square += weight * (u * u + v * v)
    real += weight * (u * xi + v * eta)
    imaginary += weight * (u * eta - v * xi)
  }
  const spread = square - (sumU * sumU + sumV * sumV) / sum
  if (!(spread > 1e-9 * square)) return null
  const turnReal = (real - (sumU * sumXi + sumV * sumEta) / sum) / spread
  const turnImaginary = (imaginary - (sumU * sumEta - sumV * sumXi) / sum) / spread
  return {
    real: turnReal,
    imaginary: turnImaginary,
    xi: (sumXi - turnReal * sumU + turnImaginary * sumV) / sum,
    eta: (sumEta - turnReal * sumV - turnImaginary * sumU) / sum,
  }
}

/** Radians: the middle has been found when it moves by less. */
const SETTLED = 1e-9

/**
 * The pose by least squares. A similarity holds only in the plane that touches the sky at the middle of the frame, which is not known
 * at first: the plane is moved to where the similarity puts the middle, until it stays. Null where the stars do not settle it.
 */
export const fitPose = (pairs: PosePairs, start: Vector, parity: Parity, rounds = 4): Pose | null => {
  let plane = touchAt(start)
  for (let round = 0; ; round++) {
    const fit = fitSimilarity(pairs, plane, parity)
    if (fit === null || !(Math.hypot(fit.real, fit.imaginary) > 0)) return null
    const off = Math.hypot(fit.xi, fit.eta)
    if (off > 3) return null
    if (off < SETTLED || round === rounds)
      return { plane, turnReal: fit.real, turnImaginary: fit.imaginary, parity }
    plane = touchAt(liftPoint(plane, fit.xi, fit.eta))
  }
}
