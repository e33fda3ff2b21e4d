import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import { median } from '../math/median'
import { fitAffine, fitSimilarity, measureResiduals } from './fit-transform'
import { createStarIndex, findNearest } from './star-index'

export interface Refined {
  readonly transform: Transform
  /** Indices into the reference and the frame list. */
  readonly pairs: readonly (readonly [number, number])[]
  /** Root mean square distance of the pairs, pixels. */
  readonly rms: number
  readonly affine: boolean
}

/** Stars that must agree before six numbers are fitted in place of four. */
const LEAST_FOR_AFFINE = 12

/** F value at which two more numbers are worth it: one in a thousand by chance for many stars. */
const AFFINE_GAIN = 7

/** Median length of a 2-D Gaussian residual over its one-dimensional sigma: sqrt(2 ln 2). */
const MEDIAN_PER_SIGMA = Math.sqrt(2 * Math.LN2)

const sumOfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0)

/** Pairs every reference star with the nearest frame star within reach; of two that want the same, the nearer gets it. */
const pairStars = (
  reference: readonly Point[],
  index: ReturnType<typeof createStarIndex>,
  transform: Transform,
  reach: number,
): [number, number][] => {
  const owner = new Map<number, { star: number; distance: number }>()
  reference.forEach((point, i) => {
    const x = transform.a * point.x + transform.b * point.y + transform.c
    const y = transform.d * point.x + transform.e * point.y + transform.f
    const nearest = findNearest(index, x, y, reach)
    if (nearest < 0) return
    const target = index.points[nearest]!
    const distance = Math.hypot(target.x - x, target.y - y)
    const held = owner.get(nearest)
    if (held === undefined || distance < held.distance) owner.set(nearest, { star: i, distance })
  })
  return [...owner].map(([frame, { star }]): [number, number] => [star, frame]).sort((a, b) => a[0] - b[0])
}

const fitBest = (
  from: readonly Point[],
  to: readonly Point[],
  flipped: boolean,
): { transform: Transform; affine: boolean } | null => {
  const similarity = fitSimilarity({ from, to }, flipped)
  if (similarity === null) return null
  if (from.length < LEAST_FOR_AFFINE) return { transform: similarity, affine: false }
  const affine = fitAffine({ from, to })
  if (affine === null) return { transform: similarity, affine: false }
  const four = sumOfSquares(measureResiduals({ from, to }, similarity))
  const six = sumOfSquares(measureResiduals({ from, to }, affine))
  const gain = (four - six) / 2 / (six / (2 * from.length - 6))
  return gain > AFFINE_GAIN || six === 0
    ? { transform: affine, affine: true }
    : { transform: similarity, affine: false }
}

/**
 * Fits the transform to all stars that agree: pair within reach, fit, throw out what lies beyond 3.5 sigma (from the
 * median distance, so that strays do not widen it), and again with a reach that follows the scatter, until nothing changes.
 * A similarity, or a full affine map where the stars show that they need it.
 */
export const refineTransform = (
  reference: readonly Point[],
  stars: readonly Point[],
  start: { readonly transform: Transform; readonly flipped: boolean },
  tolerance: number,
): Refined | null => {
  const index = createStarIndex(stars, tolerance)
  let transform = start.transform
  let reach = tolerance
  let result: Refined | null = null
  for (let round = 0; round < 12; round++) {
    let pairs = pairStars(reference, index, transform, reach)
    let fitted: ReturnType<typeof fitBest> = null
    let residuals = new Float64Array(0)
    for (let clip = 0; clip < 8; clip++) {
      const from = pairs.map(([i]) => reference[i]!)
      const to = pairs.map(([, j]) => stars[j]!)
      fitted = fitBest(from, to, start.flipped)
      if (fitted === null) return result
      residuals = new Float64Array(measureResiduals({ from, to }, fitted.transform))
      // The floor keeps exact matches of a handful of stars from clipping each other by rounding.
      const limit = Math.max((3.5 * median(residuals)) / MEDIAN_PER_SIGMA, 0.02)
      const kept = pairs.filter((_, i) => residuals[i]! <= limit)
      if (kept.length === pairs.length || kept.length < 3) break
      pairs = kept
    }
    if (fitted === null || pairs.length < 3) return result
    const rms = Math.sqrt(sumOfSquares(residuals) / residuals.length)
    const same =
      result !== null &&
      result.pairs.length === pairs.length &&
      result.pairs.every(([i, j], k) => pairs[k]![0] === i && pairs[k]![1] === j)
    result = { transform: fitted.transform, pairs, rms, affine: fitted.affine }
    if (same) break
    transform = fitted.transform
    reach = Math.min(tolerance, Math.max(0.3, 5 * rms))
  }
  return result
}
