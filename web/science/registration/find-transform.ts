import type { Point } from '../../core/image'
import type { Transform } from '../../core/transform'
import { logFalseAlarms } from './chance'
import { fitSimilarity } from './fit-transform'
import { type StarIndex, createStarIndex, findNearest } from './star-index'
import { type TriangleMatches, type TriangleSet, buildTriangles, matchTriangles } from './triangles'

export interface SearchOptions {
  /** Brightest stars of either list from which triangles are made. */
  readonly patternStars: number
  /** Brightest stars of either list on which a transform is judged. */
  readonly judgeStars: number
  /** Pixels. */
  readonly tolerance: number
  /** Largest change of scale, as a fraction. */
  readonly scaleRange: number
  readonly flips: boolean
}

/** A transform and how much speaks for it. */
export interface Judgement {
  readonly transform: Transform
  readonly flipped: boolean
  /** Reference stars that should be on the frame, and those that are. */
  readonly expected: number
  readonly hits: number
  /** log10 of the number of transforms this good to be expected by chance. */
  readonly logChance: number
}

/** Hypotheses that are judged in full, and the log10 chance at which the search stops. */
const MOST_HYPOTHESES = 400
const BEYOND_DOUBT = -25

/** Votes of pairs (reference star, frame star) by the triangles that would map one on the other, mirrored ones apart. */
const countVotes = (
  matches: TriangleMatches,
  reference: TriangleSet,
  frame: TriangleSet,
  size: number,
): [Int32Array, Int32Array] => {
  const straight = new Int32Array(size * size)
  const mirrored = new Int32Array(size * size)
  for (let m = 0; m < matches.count; m++) {
    const t = matches.reference[m]!
    const u = matches.frame[m]!
    const votes = reference.turn[t] === frame.turn[u] ? straight : mirrored
    for (let k = 0; k < 3; k++)
      votes[reference.vertices[3 * t + k]! * size + frame.vertices[3 * u + k]!]! += 1
  }
  return [straight, mirrored]
}

/** Indices of the matches whose least-supported vertex has the most votes. */
const rankMatches = (
  matches: TriangleMatches,
  reference: TriangleSet,
  frame: TriangleSet,
  size: number,
): number[] => {
  const [straight, mirrored] = countVotes(matches, reference, frame, size)
  const support = new Int32Array(matches.count)
  let most = 0
  for (let m = 0; m < matches.count; m++) {
    const t = matches.reference[m]!
    const u = matches.frame[m]!
    const votes = reference.turn[t] === frame.turn[u] ? straight : mirrored
    let least = Infinity
    for (let k = 0; k < 3; k++) {
      least = Math.min(least, votes[reference.vertices[3 * t + k]! * size + frame.vertices[3 * u + k]!]!)
    }
    support[m] = least
    if (least > most) most = least
  }
  // Counting sort from the top: only the best are wanted.
  const histogram = new Int32Array(most + 2)
  for (let m = 0; m < matches.count; m++) histogram[support[m]!]! += 1
  let bar = most
  for (let seen = 0; bar > 0; bar--) {
    seen += histogram[bar]!
    if (seen >= MOST_HYPOTHESES) break
  }
  const best: number[] = []
  for (let m = 0; m < matches.count; m++) if (support[m]! >= bar) best.push(m)
  return best.sort((a, b) => support[b]! - support[a]! || a - b).slice(0, MOST_HYPOTHESES)
}

interface Field {
  readonly reference: readonly Point[]
  readonly index: StarIndex
  readonly density: number
  readonly patterns: readonly [number, number]
  readonly options: SearchOptions
}

const countHits = (field: Field, transform: Transform): { expected: number; from: Point[]; to: Point[] } => {
  const { index, options } = field
  const from: Point[] = []
  const to: Point[] = []
  const taken = new Set<number>()
  let expected = 0
  for (const point of field.reference) {
    const x = transform.a * point.x + transform.b * point.y + transform.c
    const y = transform.d * point.x + transform.e * point.y + transform.f
    if (x < index.minX || y < index.minY || x > index.maxX || y > index.maxY) continue
    expected++
    const nearest = findNearest(index, x, y, options.tolerance)
    if (nearest < 0 || taken.has(nearest)) continue
    taken.add(nearest)
    from.push(point)
    to.push(index.points[nearest]!)
  }
  return { expected, from, to }
}

const judge = (field: Field, transform: Transform, flipped: boolean): Judgement => {
  const { expected, from } = countHits(field, transform)
  const logChance = logFalseAlarms({
    expected,
    hits: from.length,
    density: field.density,
    tolerance: field.options.tolerance,
    referencePattern: field.patterns[0],
    framePattern: field.patterns[1],
  })
  return { transform, flipped, expected, hits: from.length, logChance }
}

/** Fits again to all that agrees, twice, and keeps the better of both. */
const polish = (field: Field, first: Judgement): Judgement => {
  let best = first
  for (let round = 0; round < 3; round++) {
    const { from, to } = countHits(field, best.transform)
    const transform = fitSimilarity({ from, to }, first.flipped)
    if (transform === null) break
    const next = judge(field, transform, first.flipped)
    if (next.logChance >= best.logChance) break
    best = next
  }
  return best
}

const scaleOf = (transform: Transform): number =>
  Math.sqrt(Math.abs(transform.a * transform.e - transform.b * transform.d))

const searchTriangles = (
  reference: readonly Point[],
  stars: readonly Point[],
  options: SearchOptions,
): Judgement | null => {
  const leastSide = 6 * options.tolerance
  const referenceSet = buildTriangles(reference, options.patternStars, leastSide)
  const frameSet = buildTriangles(stars, options.patternStars, leastSide)
  const matches = matchTriangles(referenceSet, frameSet, {
    pixels: options.tolerance,
    scale: options.scaleRange,
    flips: options.flips,
  })
  const judged = stars.slice(0, options.judgeStars)
  const index = createStarIndex(judged, options.tolerance)
  const area = Math.max(1, (index.maxX - index.minX) * (index.maxY - index.minY))
  const field: Field = {
    reference: reference.slice(0, options.judgeStars),
    index,
    density: judged.length / area,
    patterns: [
      Math.min(reference.length, options.patternStars),
      Math.min(stars.length, options.patternStars),
    ],
    options,
  }
  let best: Judgement | null = null
  for (const m of rankMatches(matches, referenceSet, frameSet, options.patternStars)) {
    const t = matches.reference[m]!
    const u = matches.frame[m]!
    const from = [0, 1, 2].map((k) => reference[referenceSet.vertices[3 * t + k]!]!)
    const to = [0, 1, 2].map((k) => stars[frameSet.vertices[3 * u + k]!]!)
    const flipped = referenceSet.turn[t] !== frameSet.turn[u]
    const transform = fitSimilarity({ from, to }, flipped)
    if (transform === null || Math.abs(scaleOf(transform) - 1) > options.scaleRange) continue
    const raw = judge(field, transform, flipped)
    // A triangle fixes the transform only roughly far from it: what looks like something gets a second fit.
    const judgement: Judgement =
      raw.hits >= 4 && (best === null || raw.hits > 0.5 * best.hits) ? polish(field, raw) : raw
    if (best === null || judgement.logChance < best.logChance) best = judgement
    if (best.logChance < BEYOND_DOUBT) break
  }
  return best
}

/** Frames of one night nearly always agree in their brightest: triangles of so many stars are a fifteenth of those of fifty. */
const FEW_PATTERN_STARS = 20

/**
 * The similarity that puts the most reference stars on frame stars, found from triangles of the brightest; null when
 * no two triangles agree. A few stars are tried first, and all where what they say is not beyond doubt. Whether it is to be
 * believed is for the caller, by its `logChance`.
 */
export const findTransform = (
  reference: readonly Point[],
  stars: readonly Point[],
  options: SearchOptions,
): Judgement | null => {
  const patternStars = Math.min(FEW_PATTERN_STARS, options.patternStars)
  const first = searchTriangles(reference, stars, { ...options, patternStars })
  if (first !== null && first.logChance < BEYOND_DOUBT) return first
  const second = searchTriangles(reference, stars, options)
  return second === null || (first !== null && first.logChance < second.logChance) ? first : second
}
