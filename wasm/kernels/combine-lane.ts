import { ROW } from './combine-sort'

/** Numbers of the methods and rules as the caller passes them. */
export const MEAN: i32 = 0
export const MEDIAN: i32 = 1
export const SUM: i32 = 2
export const NONE: i32 = 0
export const SIGMA_CLIP: i32 = 1
export const WINSORIZED: i32 = 2
export const MIN_MAX: i32 = 3
export const PERCENTILE: i32 = 4

/** How pixels are combined, in memory: see the offsets. Written by the caller once for a call. */
const METHOD: usize = 0
const REJECTION: usize = 4
const CENTER_IS_MEAN: usize = 8
const DEVIATION_IS_STD: usize = 12
const ITERATIONS: usize = 16
const LOW: usize = 24
const HIGH: usize = 32

export function methodOf(rule: usize): i32 {
  return load<i32>(rule, METHOD)
}
export function rejectionOf(rule: usize): i32 {
  return load<i32>(rule, REJECTION)
}
export function centerIsMean(rule: usize): bool {
  return load<i32>(rule, CENTER_IS_MEAN) != 0
}
export function deviationIsStd(rule: usize): bool {
  return load<i32>(rule, DEVIATION_IS_STD) != 0
}
export function iterationsOf(rule: usize): i32 {
  return load<i32>(rule, ITERATIONS)
}
export function lowOf(rule: usize): f64 {
  return load<f64>(rule, LOW)
}
export function highOf(rule: usize): f64 {
  return load<f64>(rule, HIGH)
}

/** What is left of a sorted run: its first and last row, one after the other in memory. */
const FROM: usize = 0
const TO: usize = 4

/** Standard deviation over median absolute deviation, and standard error of a median over that of a mean, of normal values. */
const MAD_TO_SIGMA: f32 = 1.482602218505602
const MEDIAN_ERROR: f64 = 1.2533141373155001
/** As in science/calibration/reject-values. */
const CLAMP: f64 = 1.5
const CLAMP_TO_SIGMA: f64 = 1.134
const CLAMP_CHANGE: f64 = 0.0005
const CLAMP_ROUNDS: i32 = 50
const LEAST_TO_WINSORISE: i32 = 4

function at(lane: usize, row: i32): f32 {
  return load<f32>(lane + ((<usize>row) << 4))
}

function medianBetween(lane: usize, from: i32, to: i32): f32 {
  const middle = (from + to) >>> 1
  const value = at(lane, middle)
  return (to - from) % 2 == 0 ? value : (value + at(lane, middle + 1)) * <f32>0.5
}

function meanBetween(lane: usize, from: i32, to: i32): f64 {
  let total: f64 = 0
  for (let row = from; row <= to; row++) total += <f64>at(lane, row)
  return total / <f64>(to - from + 1)
}

function squaresBetween(lane: usize, from: i32, to: i32, center: f64): f64 {
  let squares: f64 = 0
  for (let row = from; row <= to; row++) {
    const difference = <f64>at(lane, row) - center
    squares += difference * difference
  }
  return squares
}

/** By walking outwards from the middle, as the reference does. */
function deviationBetween(lane: usize, from: i32, to: i32, middle: f32): f32 {
  const count = to - from + 1
  let left = (from + to) >>> 1
  let right = left + 1
  let previous: f32 = 0
  let distance: f32 = 0
  for (let taken = 0; taken <= count >>> 1; taken++) {
    previous = distance
    const below = left >= from ? middle - at(lane, left) : <f32>Infinity
    const above = right <= to ? at(lane, right) - middle : <f32>Infinity
    if (below <= above) {
      distance = below
      left--
    } else {
      distance = above
      right++
    }
  }
  const mad = count % 2 == 1 ? distance : (previous + distance) * <f32>0.5
  return mad * MAD_TO_SIGMA
}

/** Gives whether something was taken away. */
function keepBetween(lane: usize, range: usize, lower: f64, upper: f64): bool {
  const from = load<i32>(range, FROM)
  const to = load<i32>(range, TO)
  let first = from
  let last = to
  while (first <= last && <f64>at(lane, first) < lower) first++
  while (last >= first && <f64>at(lane, last) > upper) last--
  store<i32>(range, first, FROM)
  store<i32>(range, last, TO)
  return first != from || last != to
}

function clipSigma(lane: usize, range: usize, rule: usize): void {
  const low = lowOf(rule)
  const high = highOf(rule)
  for (let round = 0; round < iterationsOf(rule); round++) {
    const from = load<i32>(range, FROM)
    const to = load<i32>(range, TO)
    if (to - from < 1) return
    const middle = medianBetween(lane, from, to)
    const spread = deviationIsStd(rule) ? <f32>0 : deviationBetween(lane, from, to, middle)
    let lower: f64
    let upper: f64
    if (spread != 0 && !centerIsMean(rule)) {
      lower = <f64>(middle - <f32>low * spread)
      upper = <f64>(middle + <f32>high * spread)
    } else {
      const average = meanBetween(lane, from, to)
      const center = centerIsMean(rule) ? average : <f64>middle
      const sigma =
        spread != 0 ? <f64>spread : Math.sqrt(squaresBetween(lane, from, to, average) / <f64>(to - from + 1))
      lower = center - low * sigma
      upper = center + high * sigma
    }
    if (!keepBetween(lane, range, lower, upper)) return
  }
}

function clipWinsorised(lane: usize, range: usize, rule: usize): void {
  for (let round = 0; round < iterationsOf(rule); round++) {
    const from = load<i32>(range, FROM)
    const to = load<i32>(range, TO)
    const count = to - from + 1
    if (count < LEAST_TO_WINSORISE) return
    const middle = <f64>medianBetween(lane, from, to)
    let average = meanBetween(lane, from, to)
    let sigma = Math.sqrt(squaresBetween(lane, from, to, average) / <f64>(count - 1))
    for (let settle = 0; settle < CLAMP_ROUNDS; settle++) {
      const lower = middle - CLAMP * sigma
      const upper = middle + CLAMP * sigma
      let total: f64 = 0
      for (let row = from; row <= to; row++) total += min(max(<f64>at(lane, row), lower), upper)
      average = total / <f64>count
      let squares: f64 = 0
      for (let row = from; row <= to; row++) {
        const difference = min(max(<f64>at(lane, row), lower), upper) - average
        squares += difference * difference
      }
      const before = sigma
      sigma = CLAMP_TO_SIGMA * Math.sqrt(squares / <f64>(count - 1))
      if (Math.abs(sigma - before) <= CLAMP_CHANGE * before) break
    }
    const center = centerIsMean(rule) ? average : middle
    if (!keepBetween(lane, range, center - lowOf(rule) * sigma, center + highOf(rule) * sigma)) return
  }
}

/** JavaScript's rounding, which the reference uses: halves go up. */
function roundUp(value: f64): i32 {
  return <i32>Math.floor(value + 0.5)
}

function dropExtremes(range: usize, wantedLow: f64, wantedHigh: f64): void {
  const from = load<i32>(range, FROM)
  const to = load<i32>(range, TO)
  const count = to - from + 1
  let low = max(0, roundUp(wantedLow))
  let high = max(0, roundUp(wantedHigh))
  if (low + high >= count) {
    low = min(low, roundUp((<f64>(count - 1) * <f64>low) / <f64>(low + high)))
    high = count - 1 - low
  }
  store<i32>(range, from + low, FROM)
  store<i32>(range, to - high, TO)
}

function percentile(lane: usize, range: usize, percent: f64): f64 {
  const from = load<i32>(range, FROM)
  const rank = (min(max(percent, 0), 100) / 100) * <f64>(load<i32>(range, TO) - from)
  const index = <i32>Math.floor(rank)
  const below = <f64>at(lane, from + index)
  const fraction = rank - <f64>index
  return fraction == 0 ? below : below + (<f64>at(lane, from + index + 1) - below) * fraction
}

function cutPercentiles(lane: usize, range: usize, rule: usize): void {
  const lower = percentile(lane, range, lowOf(rule))
  const upper = percentile(lane, range, 100 - highOf(rule))
  if (lower > upper) {
    const all = <f64>(load<i32>(range, TO) - load<i32>(range, FROM))
    dropExtremes(range, all, all)
  } else keepBetween(lane, range, lower, upper)
}

function reject(lane: usize, range: usize, rule: usize): void {
  switch (rejectionOf(rule)) {
    case SIGMA_CLIP:
      return clipSigma(lane, range, rule)
    case WINSORIZED:
      return clipWinsorised(lane, range, rule)
    case MIN_MAX:
      return dropExtremes(range, lowOf(rule), highOf(rule))
    case PERCENTILE:
      return cutPercentiles(lane, range, rule)
  }
}

function trimmedError(lane: usize, range: usize, total: i32): f64 {
  const from = load<i32>(range, FROM)
  const to = load<i32>(range, TO)
  const below = from
  const above = total - 1 - to
  const left = to - from + 1
  const lowest = <f64>at(lane, from)
  const highest = <f64>at(lane, to)
  const sum = meanBetween(lane, from, to) * <f64>left + <f64>below * lowest + <f64>above * highest
  const center = sum / <f64>total
  const squares =
    squaresBetween(lane, from, to, center) +
    <f64>below * (lowest - center) * (lowest - center) +
    <f64>above * (highest - center) * (highest - center)
  return (Math.sqrt(squares / <f64>(total - 1)) * Math.sqrt(<f64>total)) / <f64>left
}

/** Where one pixel's result goes; an address of 0 is a plane that nobody lent. */
function put(data: usize, uncertainty: usize, value: f64, error: f64): void {
  store<f32>(data, <f32>value)
  if (uncertainty) store<f32>(uncertainty, <f32>error)
}

/** Weighted mean of what lies between the survivors' ends, in the order of the planes: `column` is not sorted. */
function weigh(
  column: usize,
  rows: i32,
  weights: usize,
  lower: f32,
  upper: f32,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  let weightSum: f64 = 0
  let total: f64 = 0
  let left = 0
  for (let row = 0; row < rows; row++) {
    const value = at(column, row)
    if (!(value >= lower && value <= upper)) continue
    const weight = load<f64>(weights + ((<usize>row) << 3))
    weightSum += weight
    total += weight * <f64>value
    left++
  }
  const average = total / weightSum
  let squares: f64 = 0
  for (let row = 0; row < rows; row++) {
    const value = at(column, row)
    if (!(value >= lower && value <= upper)) continue
    const difference = <f64>value - average
    squares += load<f64>(weights + ((<usize>row) << 3)) * difference * difference
  }
  const error = left > 1 ? Math.sqrt(squares / (<f64>(left - 1) * weightSum)) : NaN
  put(data, uncertainty, average, error)
  if (count) store<u16>(count, <u16>left)
}

/**
 * One pixel by the general rules, all in the order of operations of the reference: `lane` is its sorted column, of which the
 * first `valid` of `rows` are finite; `column` the same unsorted, for weights. `range` is scratch of 8 bytes.
 */
export function combineLane(
  lane: usize,
  valid: i32,
  rows: i32,
  rule: usize,
  range: usize,
  column: usize,
  weights: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  store<i32>(range, 0, FROM)
  store<i32>(range, valid - 1, TO)
  if (valid > 0) reject(lane, range, rule)
  const from = load<i32>(range, FROM)
  const to = load<i32>(range, TO)
  const left = to - from + 1
  if (count) store<u16>(count, <u16>left)
  if (left < 1) return put(data, uncertainty, NaN, NaN)
  if (weights) return weigh(column, rows, weights, at(lane, from), at(lane, to), data, uncertainty, count)
  const average = meanBetween(lane, from, to)
  let error: f64 = NaN
  if (left > 1 && uncertainty) {
    const rejection = rejectionOf(rule)
    error =
      rejection == MIN_MAX || rejection == PERCENTILE
        ? trimmedError(lane, range, valid)
        : Math.sqrt(squaresBetween(lane, from, to, average) / <f64>(left - 1) / <f64>left)
  }
  const method = methodOf(rule)
  if (method == MEDIAN) {
    put(data, uncertainty, <f64>medianBetween(lane, from, to), left > 2 ? error * MEDIAN_ERROR : error)
    return
  }
  const factor = method == SUM ? <f64>rows : 1
  put(data, uncertainty, average * factor, error * factor)
}
