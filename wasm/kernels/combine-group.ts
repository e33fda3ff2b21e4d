import {
  centerIsMean,
  combineLane,
  deviationIsStd,
  highOf,
  iterationsOf,
  lowOf,
  MEDIAN,
  methodOf,
  NONE,
  rejectionOf,
  SIGMA_CLIP,
  SUM,
} from './combine-lane'
import { ROW } from './combine-sort'

const MAD_TO_SIGMA: f32 = 1.482602218505602
const MEDIAN_ERROR: f32 = 1.2533141373155001

function storeCounts(count: usize, values: v128): void {
  if (count) v128.store64_lane(count, i16x8.narrow_i32x4_u(values, values), 0)
}

function medianRows(column: usize, rows: i32): v128 {
  const lower = v128.load(column + ((<usize>((rows - 1) >> 1)) << 4))
  const upper = v128.load(column + ((<usize>(rows >> 1)) << 4))
  return f32x4.mul(f32x4.add(lower, upper), f32x4.splat(0.5))
}

/**
 * Median absolute deviation of a sorted column about its median: distances grow outwards on both sides, and the half-cleaner of two
 * sorted halves gives the largest of the smaller half and the smallest of the larger one.
 */
function deviationRows(column: usize, rows: i32, middle: v128): v128 {
  const half = rows >> 1
  const odd = (rows & 1) != 0
  let below = column + ((<usize>(half - 1)) << 4)
  let above = column + ((<usize>(rows - 1)) << 4)
  let largest = f32x4.splat(0)
  let smallest = f32x4.splat(Infinity)
  let otherLargest = largest
  let otherSmallest = smallest
  let i = 0
  for (; i < half - 1; i += 2) {
    const left = f32x4.sub(middle, v128.load(below))
    const right = f32x4.sub(v128.load(above), middle)
    const nextLeft = f32x4.sub(middle, v128.load(below - ROW))
    const nextRight = f32x4.sub(v128.load(above - ROW), middle)
    largest = f32x4.pmax(largest, f32x4.pmin(left, right))
    smallest = f32x4.pmin(smallest, f32x4.pmax(left, right))
    otherLargest = f32x4.pmax(otherLargest, f32x4.pmin(nextLeft, nextRight))
    otherSmallest = f32x4.pmin(otherSmallest, f32x4.pmax(nextLeft, nextRight))
    below -= 2 * ROW
    above -= 2 * ROW
  }
  if (i < half) {
    const left = f32x4.sub(middle, v128.load(below))
    const right = f32x4.sub(v128.load(above), middle)
    largest = f32x4.pmax(largest, f32x4.pmin(left, right))
    smallest = f32x4.pmin(smallest, f32x4.pmax(left, right))
  }
  largest = f32x4.pmax(largest, otherLargest)
  smallest = f32x4.pmin(smallest, otherSmallest)
  const mad = odd ? largest : f32x4.mul(f32x4.add(largest, smallest), f32x4.splat(0.5))
  return f32x4.mul(mad, f32x4.splat(MAD_TO_SIGMA))
}

function meanRows(column: usize, rows: i32): v128 {
  let sum = f32x4.splat(0)
  for (let at = column, end = column + ((<usize>rows) << 4); at < end; at += ROW)
    sum = f32x4.add(sum, v128.load(at))
  return f32x4.div(sum, f32x4.splat(<f32>rows))
}

/**
 * Sum and squares of the distances from `middle` of a run of rows that all four pixels share, in f32: what is lost is a millionth of the
 * scatter between the frames. Two rows at a time, since a sum waits for the one before it.
 */
function finishRows(
  column: usize,
  rows: i32,
  middle: v128,
  rule: usize,
  data: usize,
  uncertainty: usize,
): void {
  const end = column + ((<usize>rows) << 4)
  const evenEnd = column + ((<usize>(rows & ~1)) << 4)
  let sum = f32x4.splat(0)
  let otherSum = f32x4.splat(0)
  let squares = f32x4.splat(0)
  let otherSquares = f32x4.splat(0)
  let at = column
  for (; at < evenEnd; at += 2 * ROW) {
    const difference = f32x4.sub(v128.load(at), middle)
    const other = f32x4.sub(v128.load(at, 16), middle)
    sum = f32x4.add(sum, difference)
    otherSum = f32x4.add(otherSum, other)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
    otherSquares = f32x4.add(otherSquares, f32x4.mul(other, other))
  }
  if (at < end) {
    const difference = f32x4.sub(v128.load(at), middle)
    sum = f32x4.add(sum, difference)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
  }
  const counts = f32x4.splat(<f32>rows)
  sum = f32x4.add(sum, otherSum)
  squares = f32x4.add(squares, otherSquares)
  finishMeans(sum, squares, counts, middle, rule, rows, data, uncertainty)
}

/** From sums about `middle` to mean, median or sum with its error; `counts` as floats, at least one. */
function finishMeans(
  sum: v128,
  squares: v128,
  counts: v128,
  middle: v128,
  rule: usize,
  frames: i32,
  data: usize,
  uncertainty: usize,
): void {
  const method = methodOf(rule)
  const shift = f32x4.div(sum, counts)
  let error = f32x4.splat(NaN)
  if (uncertainty) {
    const one = f32x4.splat(1)
    const about = f32x4.sub(squares, f32x4.mul(sum, shift))
    const variance = f32x4.div(f32x4.pmax(about, f32x4.splat(0)), f32x4.sub(counts, one))
    const sigma = f32x4.sqrt(f32x4.div(variance, counts))
    error = v128.bitselect(sigma, error, f32x4.gt(counts, one))
    if (method == MEDIAN) {
      const wider = f32x4.mul(error, f32x4.splat(MEDIAN_ERROR))
      error = v128.bitselect(wider, error, f32x4.gt(counts, f32x4.splat(2)))
    } else if (method == SUM) error = f32x4.mul(error, f32x4.splat(<f32>frames))
    v128.store(uncertainty, error)
  }
  const mean = f32x4.add(middle, shift)
  v128.store(data, method == SUM ? f32x4.mul(mean, f32x4.splat(<f32>frames)) : mean)
}

/** The same for what lies within each pixel's bounds. Gives how many do, as integers. */
function finishBetween(
  column: usize,
  rows: i32,
  lower: v128,
  upper: v128,
  middle: v128,
  rule: usize,
  data: usize,
  uncertainty: usize,
): v128 {
  const end = column + ((<usize>rows) << 4)
  const evenEnd = column + ((<usize>(rows & ~1)) << 4)
  let sum = f32x4.splat(0)
  let otherSum = f32x4.splat(0)
  let squares = f32x4.splat(0)
  let otherSquares = f32x4.splat(0)
  let counts = i32x4.splat(0)
  let at = column
  for (; at < evenEnd; at += 2 * ROW) {
    const value = v128.load(at)
    const next = v128.load(at, 16)
    const keep = v128.and(f32x4.ge(value, lower), f32x4.le(value, upper))
    const keepNext = v128.and(f32x4.ge(next, lower), f32x4.le(next, upper))
    counts = i32x4.sub(counts, i32x4.add(keep, keepNext))
    const difference = v128.and(f32x4.sub(value, middle), keep)
    const other = v128.and(f32x4.sub(next, middle), keepNext)
    sum = f32x4.add(sum, difference)
    otherSum = f32x4.add(otherSum, other)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
    otherSquares = f32x4.add(otherSquares, f32x4.mul(other, other))
  }
  if (at < end) {
    const value = v128.load(at)
    const keep = v128.and(f32x4.ge(value, lower), f32x4.le(value, upper))
    counts = i32x4.sub(counts, keep)
    const difference = v128.and(f32x4.sub(value, middle), keep)
    sum = f32x4.add(sum, difference)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
  }
  sum = f32x4.add(sum, otherSum)
  squares = f32x4.add(squares, otherSquares)
  finishMeans(sum, squares, f32x4.convert_i32x4_s(counts), middle, rule, rows, data, uncertainty)
  return counts
}

/** Can four pixels without holes be combined side by side under this rule? */
export function isPlain(rule: usize, weights: usize): bool {
  if (weights) return false
  const rejection = rejectionOf(rule)
  if (rejection == NONE) return true
  return rejection == SIGMA_CLIP && !centerIsMean(rule) && !deviationIsStd(rule) && iterationsOf(rule) > 0
}

/** Nothing is rejected: no order is needed but for the median. `column` holds finite values only, sorted where a median is asked for. */
function combineAll(
  column: usize,
  rows: i32,
  rule: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  const isMedian = methodOf(rule) == MEDIAN
  const middle = isMedian ? medianRows(column, rows) : meanRows(column, rows)
  if (!isMedian || uncertainty) finishRows(column, rows, middle, rule, data, uncertainty)
  if (isMedian) v128.store(data, middle)
  storeCounts(count, i32x4.splat(rows))
}

/**
 * Four pixels without holes, clipped about their medians. Lanes of which a second look is due (their deviation is zero, or something
 * went and more rounds are asked for, or the median of what is left is wanted) are done again by the general rules.
 */
function combineClipped(
  column: usize,
  rows: i32,
  rule: usize,
  range: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  const middle = medianRows(column, rows)
  const spread = deviationRows(column, rows, middle)
  const lower = f32x4.sub(middle, f32x4.mul(f32x4.splat(<f32>lowOf(rule)), spread))
  const upper = f32x4.add(middle, f32x4.mul(f32x4.splat(<f32>highOf(rule)), spread))
  const lowest = v128.load(column)
  const highest = v128.load(column + ((<usize>(rows - 1)) << 4))
  const loses = v128.or(f32x4.lt(lowest, lower), f32x4.gt(highest, upper))
  const isMedian = methodOf(rule) == MEDIAN
  let again = f32x4.eq(spread, f32x4.splat(0))
  if (!v128.any_true(loses)) {
    finishRows(column, rows, middle, rule, data, uncertainty)
    if (isMedian) v128.store(data, middle)
    storeCounts(count, i32x4.splat(rows))
  } else {
    storeCounts(count, finishBetween(column, rows, lower, upper, middle, rule, data, uncertainty))
    if (isMedian || iterationsOf(rule) > 1) {
      again = v128.or(again, loses)
      if (isMedian) v128.store(data, middle)
    }
  }
  const lanes = i32x4.bitmask(again)
  if (lanes == 0) return
  for (let lane = 0; lane < 4; lane++) {
    if (!(lanes & (1 << lane))) continue
    const four = (<usize>lane) << 2
    const lent = uncertainty ? uncertainty + four : 0
    const counted = count ? count + ((<usize>lane) << 1) : 0
    combineLane(column + four, rows, rows, rule, range, 0, 0, data + four, lent, counted)
  }
}

/** Four pixels side by side; asked for only where `isPlain` says so. `range` is scratch of 8 bytes. */
export function combineGroup(
  column: usize,
  rows: i32,
  rule: usize,
  range: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  if (rejectionOf(rule) == NONE) combineAll(column, rows, rule, data, uncertainty, count)
  else combineClipped(column, rows, rule, range, data, uncertainty, count)
}

/** Does this rule look at values in their order? */
export function needsOrder(rule: usize): bool {
  return rejectionOf(rule) != NONE || methodOf(rule) == MEDIAN
}
