import { fitSimilarity, fitTanSip, type FitPairs, type TanSipFit } from './fit-tan-sip'
import { measureLeverage } from './fit-errors'
import { poseScale, type Pose } from './pose'
import { gatherNear, type SkyGrid } from './sky-grid'
import { RADIAN, toVector } from './sphere'
import { touchAtReference, vectorToPixel } from './tan-sip'
import type { FieldStar } from './solve-types'
import type { TanSip } from '../../../core/tan-sip'

export interface PlacedPair {
  /** Places in the lists of stars and of references. */
  readonly star: number
  readonly reference: number
  /** Star less catalogue, pixels. */
  readonly dx: number
  readonly dy: number
}

export interface RefinedSolution {
  readonly wcs: TanSip
  /** Numbers that were fitted. */
  readonly parameters: number
  readonly pairs: readonly PlacedPair[]
  /** References that are on the frame. */
  readonly onFrame: readonly number[]
}

interface Frame {
  readonly stars: readonly FieldStar[]
  readonly grid: SkyGrid
  readonly width: number
  readonly height: number
  /** Pixels: the least reach of a match. */
  readonly error: number
  /** Highest order of distortion, from 1. */
  readonly highestOrder?: number | undefined
}

const poseToWcs = (pose: Pose, crpix: readonly [number, number]): TanSip => {
  const { turnReal, turnImaginary, parity, plane } = pose
  const [x, y, z] = plane.center
  return {
    crpix,
    crval: [Math.atan2(y, x) / RADIAN, Math.atan2(z, Math.hypot(x, y)) / RADIAN],
    cd: [
      turnReal / RADIAN,
      (-parity * turnImaginary) / RADIAN,
      turnImaginary / RADIAN,
      (parity * turnReal) / RADIAN,
    ],
    order: 1,
    a: [],
    b: [],
  }
}

/** Stars of the frame in square boxes. */
const boxStars = (stars: readonly FieldStar[], box: number): Map<string, number[]> => {
  const boxes = new Map<string, number[]>()
  for (const [index, { x, y }] of stars.entries()) {
    const key = `${Math.floor(x / box)}/${Math.floor(y / box)}`
    const members = boxes.get(key)
    if (members === undefined) boxes.set(key, [index])
    else members.push(index)
  }
  return boxes
}

interface Matching {
  readonly pairs: PlacedPair[]
  readonly onFrame: number[]
}

/** Every star with the nearest reference, where each is the other's nearest, within a reach in pixels. */
const matchStars = (frame: Frame, wcs: TanSip, candidates: Int32Array, reach: number): Matching => {
  const { stars, grid, width, height } = frame
  const { vectors } = grid
  const plane = touchAtReference(wcs)
  const boxes = boxStars(stars, reach)
  const onFrame: number[] = []
  const bestOfStar = new Map<number, { reference: number; apart: number; dx: number; dy: number }>()
  for (const reference of candidates) {
    const [x, y] = vectorToPixel(
      wcs,
      plane,
      vectors.x[reference]!,
      vectors.y[reference]!,
      vectors.z[reference]!,
    )
    if (!(x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5)) continue
    onFrame.push(reference)
    let nearest = reach
    let found = -1
    const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)]
    for (let j = row - 1; j <= row + 1; j++) {
      for (let i = column - 1; i <= column + 1; i++) {
        for (const star of boxes.get(`${i}/${j}`) ?? []) {
          const apart = Math.hypot(stars[star]!.x - x, stars[star]!.y - y)
          if (apart >= nearest) continue
          nearest = apart
          found = star
        }
      }
    }
    if (found < 0) continue
    const known = bestOfStar.get(found)
    if (known !== undefined && known.apart <= nearest) continue
    bestOfStar.set(found, { reference, apart: nearest, dx: stars[found]!.x - x, dy: stars[found]!.y - y })
  }
  const pairs = [...bestOfStar].map(([star, { reference, dx, dy }]) => ({ star, reference, dx, dy }))
  return { pairs, onFrame }
}

const HIGHEST_ORDER = 5
/** A polynomial may be so uncertain in a corner of the frame, in standard errors of one star. */
const MOST_LEVERAGE = 2
/** Rows for each number of a polynomial, at least. */
const STARS_PER_TERM = 2.5

/** Whether the stars reach over most of the frame: a polynomial says nothing beyond them. */
const isSpread = (frame: Frame, pairs: readonly PlacedPair[]): boolean => {
  const reachOf = (values: number[]): number => Math.max(...values) - Math.min(...values)
  return (
    reachOf(pairs.map(({ star }) => frame.stars[star]!.x)) > 0.6 * frame.width &&
    reachOf(pairs.map(({ star }) => frame.stars[star]!.y)) > 0.6 * frame.height
  )
}

const residualsOf = (wcs: TanSip, pairs: FitPairs): Float64Array => {
  const plane = touchAtReference(wcs)
  const { vectors } = pairs
  return Float64Array.from(pairs.references, (reference, index) => {
    const [x, y] = vectorToPixel(
      wcs,
      plane,
      vectors.x[reference]!,
      vectors.y[reference]!,
      vectors.z[reference]!,
    )
    return Math.hypot(pairs.u[index]! + wcs.crpix[0] - x, pairs.v[index]! + wcs.crpix[1] - y)
  })
}

/** Of two normal errors together, the median distance is 1.1774 sigma. */
const MEDIAN_RADIUS = 1.1774
/** A distance beyond so many sigmas is an outlier: by chance one star in two thousand. */
const CLIP = 3.9

/** Pixels: smaller residuals are not believed, so that a handful of stars that fit well by chance does not throw out the rest. */
const LEAST_SIGMA = 0.05

/** Standard error of a coordinate from distances, outliers or not; at least `least`. */
const typicalError = (distances: number[], least: number): number => {
  const sorted = Float64Array.from(distances).sort()
  return Math.max(least, sorted[sorted.length >> 1]! / MEDIAN_RADIUS)
}

const takePairs = (pairs: FitPairs, kept: readonly number[]): FitPairs => ({
  u: Float64Array.from(kept, (index) => pairs.u[index]!),
  v: Float64Array.from(kept, (index) => pairs.v[index]!),
  references: Int32Array.from(kept, (index) => pairs.references[index]!),
  vectors: pairs.vectors,
})

/** A fit to all stars but its own outliers; null where they do not determine it. */
const fitClipped = (all: FitPairs, fitOnce: (pairs: FitPairs) => TanSipFit | null): TanSipFit | null => {
  let kept = [...all.u.keys()]
  let fit: TanSipFit | null = null
  for (let round = 0; round < 8; round++) {
    fit = fitOnce(takePairs(all, kept))
    if (fit === null) return null
    const residuals = residualsOf(fit.wcs, all)
    if (residuals.some((value) => Number.isNaN(value))) return null
    const limit =
      CLIP *
      typicalError(
        kept.map((index) => residuals[index]!),
        LEAST_SIGMA,
      )
    const now = [...residuals.keys()].filter((index) => residuals[index]! <= limit)
    const same = now.length === kept.length && now.every((index, place) => index === kept[place])
    // Not so many that too few are left to settle what is fitted.
    if (same || 2 * now.length < fit.parameters + 2) break
    kept = now
  }
  return fit
}

/** Bayesian information criterion (Schwarz 1978) of normal residuals whose error is not known. */
const bayesianCriterion = (cost: number, rows: number, parameters: number): number =>
  rows * Math.log(Math.max(cost, 1e-12) / rows) + parameters * Math.log(rows)

/** The solution that the stars support: similarity, TAN, or TAN-SIP of the order with the lowest criterion. */
const fitSupported = (frame: Frame, before: TanSip, matched: readonly PlacedPair[]): TanSipFit | null => {
  const { crpix } = before
  const pairs: FitPairs = {
    u: Float64Array.from(matched, ({ star }) => frame.stars[star]!.x - crpix[0]),
    v: Float64Array.from(matched, ({ star }) => frame.stars[star]!.y - crpix[1]),
    references: Int32Array.from(matched, ({ reference }) => reference),
    vectors: frame.grid.vectors,
  }
  const start = toVector(before.crval[0], before.crval[1])
  const parity = before.cd[0] * before.cd[3] - before.cd[1] * before.cd[2] > 0 ? 1 : -1
  const rows = 2 * matched.length
  const highest = isSpread(frame, matched)
    ? Math.max(1, Math.min(HIGHEST_ORDER, frame.highestOrder ?? HIGHEST_ORDER))
    : 1
  const orders: ((some: FitPairs) => TanSipFit | null)[] = [
    (some) => fitSimilarity(some, crpix, start, parity),
  ]
  const corners = [
    [-crpix[0], -crpix[1]],
    [crpix[0], -crpix[1]],
    [-crpix[0], crpix[1]],
    [crpix[0], crpix[1]],
  ] as const
  for (let order = 1; order <= highest; order++)
    if (
      matched.length >= (STARS_PER_TERM * (order + 1) * (order + 2)) / 2 &&
      (order === 1 || measureLeverage(pairs, order, corners) <= MOST_LEVERAGE)
    )
      orders.push((some) => fitTanSip(some, crpix, start, order))
  const fits = orders.flatMap((fitOnce) => {
    const fit = fitClipped(pairs, fitOnce)
    return fit === null ? [] : [{ fit, residuals: residualsOf(fit.wcs, pairs) }]
  })
  // All are compared with outliers counted alike: by the smallest error that any of them reaches.
  const sigma = fits.reduce(
    (least, { residuals }) => Math.min(least, typicalError([...residuals], LEAST_SIGMA)),
    Infinity,
  )
  let best: { fit: TanSipFit; criterion: number } | null = null
  for (const { fit, residuals } of fits) {
    const cost = residuals.reduce((sum, value) => sum + Math.min(value, 2 * CLIP * sigma) ** 2, 0)
    const criterion = bayesianCriterion(cost, rows, fit.parameters)
    if (best === null || criterion < best.criterion) best = { fit, criterion }
  }
  return best === null ? null : best.fit
}

const ROUNDS = 12

const distancesOf = (pairs: readonly PlacedPair[]): number[] => pairs.map(({ dx, dy }) => Math.hypot(dx, dy))

/** From a pose to the best solution that the stars support, matched anew after each fit with a reach that follows the residuals. */
export const refineSolution = (frame: Frame, pose: Pose): RefinedSolution | null => {
  const crpix = [(frame.width - 1) / 2, (frame.height - 1) / 2] as const
  const diagonal = Math.hypot(frame.width, frame.height)
  const found = new Int32Array(1 << 17)
  // Somewhat beyond the frame, as distortion may bring stars in.
  const radius = Math.atan(0.55 * diagonal * poseScale(pose))
  const candidates = found.slice(0, gatherNear(frame.grid, pose.plane.center, radius, found))
  let wcs = poseToWcs(pose, crpix)
  let parameters = 4
  const least = Math.max(1.5, 2 * frame.error)
  let reach = Math.max(3 * frame.error, 0.004 * diagonal)
  let matching = matchStars(frame, wcs, candidates, reach)
  for (let round = 0; round < ROUNDS; round++) {
    if (matching.pairs.length < 3) return null
    const next = fitSupported(frame, wcs, matching.pairs)
    if (next === null) return null
    wcs = next.wcs
    parameters = next.parameters
    const usual = typicalError(distancesOf(matching.pairs), 0)
    const before = reach
    reach = Math.min(reach, Math.max(least, 5 * usual))
    const again = matchStars(frame, wcs, candidates, reach)
    const settled =
      before === reach &&
      again.pairs.length === matching.pairs.length &&
      again.pairs.every((pair, index) => {
        const old = matching.pairs[index]!
        return old.star === pair.star && old.reference === pair.reference
      })
    matching = again
    if (settled) break
  }
  if (matching.pairs.length < 3) return null
  const limit = CLIP * typicalError(distancesOf(matching.pairs), LEAST_SIGMA)
  return {
    wcs,
    parameters,
    pairs: matching.pairs.filter(({ dx, dy }) => Math.hypot(dx, dy) <= limit),
    onFrame: matching.onFrame,
  }
}
