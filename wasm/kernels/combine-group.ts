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

/** Where the results of four pixels go; an address of 0 is a plane that nobody lent. */
function store4(data: usize, uncertainty: usize, value: v128, error: v128): void {
  v128.store(data, value)
  if (uncertainty) v128.store(uncertainty, error)
}

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
  for (let i = 0; i < half; i++) {
    const left = f32x4.sub(middle, v128.load(below))
    const right = f32x4.sub(v128.load(above), middle)
    largest = f32x4.pmax(largest, f32x4.pmin(left, right))
    smallest = f32x4.pmin(smallest, f32x4.pmax(left, right))
    below -= ROW
    above -= ROW
  }
  const mad = odd ? largest : f32x4.mul(f32x4.add(largest, smallest), f32x4.splat(0.5))
  return f32x4.mul(mad, f32x4.splat(MAD_TO_SIGMA))
}

function upperHalf(four: v128): v128 {
  return i64x2.shuffle(four, four, 1, 1)
}

function meanRows(column: usize, rows: i32): v128 {
  let sum = f32x4.splat(0)
  for (let at = column, end = column + ((<usize>rows) << 4); at < end; at += ROW)
    sum = f32x4.add(sum, v128.load(at))
  return f32x4.div(sum, f32x4.splat(<f32>rows))
}

/** Mean in f64, and squares about `middle` in f32, of a run of rows that all four pixels share. */
function finishRows(
  column: usize,
  rows: i32,
  middle: v128,
  rule: usize,
  frames: i32,
  data: usize,
  uncertainty: usize,
): void {
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  let squares = f32x4.splat(0)
  for (let at = column, end = column + ((<usize>rows) << 4); at < end; at += ROW) {
    const value = v128.load(at)
    low = f64x2.add(low, f64x2.promote_low_f32x4(value))
    high = f64x2.add(high, f64x2.promote_low_f32x4(upperHalf(value)))
    const difference = f32x4.sub(value, middle)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
  }
  const counts = f32x4.splat(<f32>rows)
  finishMeans(low, high, squares, counts, middle, rule, frames, data, uncertainty)
}

/** From sums to mean, median or sum with its error; `counts` as floats, at least one. */
function finishMeans(
  low: v128,
  high: v128,
  squares: v128,
  counts: v128,
  middle: v128,
  rule: usize,
  frames: i32,
  data: usize,
  uncertainty: usize,
): void {
  const method = methodOf(rule)
  const factor: f64 = method == SUM ? <f64>frames : 1
  const countsLow = f64x2.promote_low_f32x4(counts)
  const countsHigh = f64x2.promote_low_f32x4(upperHalf(counts))
  const meanLow = f64x2.div(low, countsLow)
  const meanHigh = f64x2.div(high, countsHigh)
  const mean = joinHalves(meanLow, meanHigh)
  let error = f32x4.splat(NaN)
  if (uncertainty) {
    const one = f32x4.splat(1)
    // In f64: rounded means would put half a unit of their last place into it, a lot against a small scatter.
    const middleLow = f64x2.promote_low_f32x4(middle)
    const middleHigh = f64x2.promote_low_f32x4(upperHalf(middle))
    const shift = joinHalves(f64x2.sub(meanLow, middleLow), f64x2.sub(meanHigh, middleHigh))
    const about = f32x4.sub(squares, f32x4.mul(counts, f32x4.mul(shift, shift)))
    const variance = f32x4.div(f32x4.pmax(about, f32x4.splat(0)), f32x4.sub(counts, one))
    const sigma = f32x4.sqrt(f32x4.div(variance, counts))
    const several = f32x4.gt(counts, one)
    error = v128.bitselect(sigma, f32x4.splat(NaN), several)
    if (method == MEDIAN) {
      const wider = f32x4.mul(error, f32x4.splat(MEDIAN_ERROR))
      error = v128.bitselect(wider, error, f32x4.gt(counts, f32x4.splat(2)))
    } else if (method == SUM) error = f32x4.mul(error, f32x4.splat(<f32>factor))
  }
  if (method == SUM) {
    const factors = f64x2.splat(factor)
    store4(data, uncertainty, joinHalves(f64x2.mul(meanLow, factors), f64x2.mul(meanHigh, factors)), error)
  } else store4(data, uncertainty, mean, error)
}

function joinHalves(low: v128, high: v128): v128 {
  return i8x16.shuffle(
    f32x4.demote_f64x2_zero(low),
    f32x4.demote_f64x2_zero(high),
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    16,
    17,
    18,
    19,
    20,
    21,
    22,
    23,
  )
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
  let low = f64x2.splat(0)
  let high = f64x2.splat(0)
  let squares = f32x4.splat(0)
  let counts = i32x4.splat(0)
  for (let at = column, end = column + ((<usize>rows) << 4); at < end; at += ROW) {
    const value = v128.load(at)
    const keep = v128.and(f32x4.ge(value, lower), f32x4.le(value, upper))
    const kept = v128.and(value, keep)
    counts = i32x4.sub(counts, keep)
    low = f64x2.add(low, f64x2.promote_low_f32x4(kept))
    high = f64x2.add(high, f64x2.promote_low_f32x4(upperHalf(kept)))
    const difference = v128.and(f32x4.sub(value, middle), keep)
    squares = f32x4.add(squares, f32x4.mul(difference, difference))
  }
  finishMeans(low, high, squares, f32x4.convert_i32x4_s(counts), middle, rule, rows, data, uncertainty)
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
  if (!isMedian || uncertainty) finishRows(column, rows, middle, rule, rows, data, uncertainty)
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
    finishRows(column, rows, middle, rule, rows, data, uncertainty)
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
