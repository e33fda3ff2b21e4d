import { AsterismError } from '../../core/errors'
import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import { describeTransform } from './describe-transform'
import { type Judgement, type SearchOptions, findTransform } from './find-transform'
import { refineTransform } from './refine-transform'
import { createStarIndex, findNearest } from './star-index'

export interface MatchOptions {
  /** Pixels by which a star may be off before the fit; 1.5, or 0.15 % of the field's diagonal when that is more. */
  readonly tolerance?: number
  /** Largest change of scale, as a fraction; 0.06. */
  readonly scaleRange?: number
  /** Whether a mirrored frame is thought of; true. */
  readonly flips?: boolean
  /** Brightest stars from which patterns are made; 50. */
  readonly patternStars?: number
  /** Brightest stars of either list that take part in the fit; 300. */
  readonly maximumStars?: number
  /** The point whose shift is given as dx and dy; the middle of the reference stars unless said. */
  readonly center?: Point
}

export interface StarMatch {
  /** Maps positions on the reference frame to positions on the frame. */
  readonly transform: Transform
  readonly matched: number
  /** Root mean square distance of the matched stars, pixels. */
  readonly rms: number
  /** Indices into the reference and the frame list. */
  readonly pairs: readonly (readonly [number, number])[]
  readonly dx: number
  readonly dy: number
  /** Degrees, as x turns towards y. */
  readonly rotation: number
  readonly scale: number
  readonly flipped: boolean
  /** True when six numbers were fitted, false for rotation, scale and shift. */
  readonly affine: boolean
  /** log10 of how many matches this good are to be expected between unrelated fields. */
  readonly logChance: number
}

/** One match in a hundred thousand frames may be chance. */
const BELIEVED = -5

/** Two positions this close, in pixels, on frames that did not move are the same pixel of the sensor. */
const SAME_PIXEL = 0.25

const extentOf = (points: readonly Point[]): { diagonal: number; middle: Point } => {
  const index = createStarIndex(points, 1)
  return {
    diagonal: Math.hypot(index.maxX - index.minX, index.maxY - index.minY),
    middle: { x: (index.minX + index.maxX) / 2, y: (index.minY + index.maxY) / 2 },
  }
}

/** Largest distance in pixels that the transform moves a point of the field. */
const largestMove = (transform: Transform, points: readonly Point[]): number => {
  let largest = 0
  for (const point of points) {
    const x = transform.a * point.x + transform.b * point.y + transform.c
    const y = transform.d * point.x + transform.e * point.y + transform.f
    largest = Math.max(largest, Math.hypot(x - point.x, y - point.y))
  }
  return largest
}

/** Indices of the points that have no twin at the very same place in the other list. */
const withoutTwins = (points: readonly Point[], others: readonly Point[]): number[] => {
  const index = createStarIndex(others, 2 * SAME_PIXEL)
  return points.flatMap((point, i) => (findNearest(index, point.x, point.y, SAME_PIXEL) < 0 ? [i] : []))
}

interface Lists {
  readonly reference: readonly Point[]
  readonly stars: readonly Point[]
  /** Indices into the lists as they were given. */
  readonly referenceAt: readonly number[]
  readonly starsAt: readonly number[]
}

/**
 * Hot pixels stay where they are while the sky moves on, and agree with each other better than stars do: a match
 * that moves nothing is looked at twice. What sits at the very same place on both frames is taken out; if the rest still
 * makes a match elsewhere, then that one is the sky.
 */
const lookBehindFixedPixels = (
  lists: Lists,
  first: Judgement,
  options: SearchOptions,
): { lists: Lists; found: Judgement } => {
  if (largestMove(first.transform, lists.reference) > 1.5) return { lists, found: first }
  const keptReference = withoutTwins(lists.reference, lists.stars)
  const keptStars = withoutTwins(lists.stars, lists.reference)
  if (keptReference.length < 3 || keptStars.length < 3) return { lists, found: first }
  const rest: Lists = {
    reference: keptReference.map((i) => lists.reference[i]!),
    stars: keptStars.map((i) => lists.stars[i]!),
    referenceAt: keptReference.map((i) => lists.referenceAt[i]!),
    starsAt: keptStars.map((i) => lists.starsAt[i]!),
  }
  const second = findTransform(rest.reference, rest.stars, options)
  if (second === null || second.logChance > BELIEVED) return { lists, found: first }
  return largestMove(second.transform, rest.reference) > SAME_PIXEL
    ? { lists: rest, found: second }
    : { lists, found: first }
}

const refuse = (reference: number, stars: number, best: Judgement | null): AsterismError => {
  const context = {
    referenceStars: reference,
    frameStars: stars,
    matched: best?.hits ?? 0,
    expected: best?.expected ?? 0,
    logChance: best === null || !Number.isFinite(best.logChance) ? null : Number(best.logChance.toFixed(1)),
  }
  if (reference < 3 || stars < 3) {
    return new AsterismError(
      'no-match',
      `A pattern needs three stars; the reference has ${reference} and this frame ${stars}.`,
      context,
    )
  }
  if (best === null) {
    return new AsterismError(
      'no-match',
      `No triangle among the brightest of ${stars} stars has its like among ${reference} of the reference.`,
      context,
    )
  }
  return new AsterismError(
    'no-match',
    `The best fit puts ${best.hits} of ${best.expected} reference stars on stars of this frame, which is what unrelated fields would give.`,
    context,
  )
}

/**
 * Finds how a frame lies to the reference from star patterns alone: triangles of the brightest stars (any rotation,
 * shift and mirror image), votes, a test that the agreement is not by chance, and a robust fit to all stars that agree.
 * Both lists brightest first. Rejects with `no-match` rather than guess.
 */
export const matchStars = (
  reference: readonly Point[],
  stars: readonly Point[],
  options: MatchOptions = {},
): StarMatch => {
  if (reference.length < 3 || stars.length < 3) throw refuse(reference.length, stars.length, null)
  const maximum = options.maximumStars ?? 300
  const field = extentOf(reference)
  const search: SearchOptions = {
    patternStars: options.patternStars ?? 50,
    judgeStars: Math.min(maximum, 200),
    tolerance: options.tolerance ?? Math.max(1.5, 0.0015 * field.diagonal),
    scaleRange: options.scaleRange ?? 0.06,
    flips: options.flips ?? true,
  }
  const given: Lists = {
    reference: reference.slice(0, maximum),
    // Deeper, because a star that is bright here may be faint there.
    stars: stars.slice(0, 2 * maximum),
    referenceAt: reference.slice(0, maximum).map((_, i) => i),
    starsAt: stars.slice(0, 2 * maximum).map((_, i) => i),
  }
  const best = findTransform(given.reference, given.stars, search)
  if (best === null || best.logChance > BELIEVED) throw refuse(reference.length, stars.length, best)
  const { lists, found } = lookBehindFixedPixels(given, best, search)
  const refined = refineTransform(lists.reference, lists.stars, found, search.tolerance)
  if (refined === null) throw refuse(reference.length, stars.length, found)
  return {
    transform: refined.transform,
    matched: refined.pairs.length,
    rms: refined.rms,
    pairs: refined.pairs.map(([i, j]): [number, number] => [lists.referenceAt[i]!, lists.starsAt[j]!]),
    ...describeTransform(refined.transform, options.center ?? field.middle),
    affine: refined.affine,
    logChance: found.logChance,
  }
}
