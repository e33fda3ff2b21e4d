import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import { solveLeastSquares } from '../math/least-squares'

/** Points of the reference and where they are on the frame, in the same order. */
export interface PointPairs {
  readonly from: readonly Point[]
  readonly to: readonly Point[]
}

const meanPoint = (points: readonly Point[]): Point => {
  let x = 0
  let y = 0
  for (const point of points) {
    x += point.x
    y += point.y
  }
  return { x: x / points.length, y: y / points.length }
}

/**
 * Least-squares similarity (rotation, one scale, shift), mirrored in y first when `flipped`: the closed form in which both
 * sides are taken about their means (Umeyama 1991, IEEE PAMI 13, 376, for two dimensions). At least two pairs; else null.
 */
export const fitSimilarity = (pairs: PointPairs, flipped: boolean): Transform | null => {
  if (pairs.from.length < 2) return null
  const sign = flipped ? -1 : 1
  const start = meanPoint(pairs.from)
  const end = meanPoint(pairs.to)
  let cosine = 0
  let sine = 0
  let size = 0
  pairs.from.forEach((point, i) => {
    const target = pairs.to[i]!
    const x = point.x - start.x
    const y = sign * (point.y - start.y)
    const u = target.x - end.x
    const v = target.y - end.y
    cosine += x * u + y * v
    sine += x * v - y * u
    size += x * x + y * y
  })
  if (!(size > 0)) return null
  const p = cosine / size
  const q = sine / size
  const [a, b, d, e] = [p, -q * sign, q, p * sign]
  return { a, b, c: end.x - a * start.x - b * start.y, d, e, f: end.y - d * start.x - e * start.y }
}

/** Least-squares affine map; null when the points lie on a line or there are fewer than three. */
export const fitAffine = (pairs: PointPairs): Transform | null => {
  const count = pairs.from.length
  const start = meanPoint(pairs.from)
  const design = new Float64Array(count * 3)
  pairs.from.forEach((point, i) => {
    design[3 * i] = point.x - start.x
    design[3 * i + 1] = point.y - start.y
    design[3 * i + 2] = 1
  })
  const alongX = solveLeastSquares(
    design,
    count,
    3,
    pairs.to.map((point) => point.x),
  )
  const alongY = solveLeastSquares(
    design,
    count,
    3,
    pairs.to.map((point) => point.y),
  )
  if (!alongX.determined || !alongY.determined) return null
  const [a, b, c] = [alongX.solution[0]!, alongX.solution[1]!, alongX.solution[2]!]
  const [d, e, f] = [alongY.solution[0]!, alongY.solution[1]!, alongY.solution[2]!]
  return { a, b, c: c - a * start.x - b * start.y, d, e, f: f - d * start.x - e * start.y }
}

/** Distances between where the transform puts each point and where it is, pixels. */
export const measureResiduals = (pairs: PointPairs, transform: Transform): Float64Array =>
  Float64Array.from(pairs.from, (point, i) => {
    const target = pairs.to[i]!
    const x = transform.a * point.x + transform.b * point.y + transform.c
    const y = transform.d * point.x + transform.e * point.y + transform.f
    return Math.hypot(x - target.x, y - target.y)
  })
