import { keepBetween, selectMiddles } from './select'

function at(values: usize, index: i32): f32 {
  return load<f32>(values + ((<usize>index) << 2))
}

/** So many values, evenly picked, say about where the median lies. */
const PICKED: i32 = 64
/** Half the width of that guess, in ranks of what was picked: two and a half standard errors of the rank of a median. */
const PICKED_SLACK: i32 = 10
/** After a round of clipping the median lies within so many deviations of the one before, nearly always. */
const ROUND_SLACK: f64 = 0.15

function put(values: usize, index: i32, value: f32): void {
  store<f32>(values + ((<usize>index) << 2), value)
}

/** Some of the values in order, into `picked`. */
function pickSorted(values: usize, count: i32, picked: usize): void {
  for (let i = 0; i < PICKED; i++) {
    const value = at(values, <i32>((<i64>i * <i64>count) / PICKED))
    let place = i
    for (; place > 0 && at(picked, place - 1) > value; place--) put(picked, place, at(picked, place - 1))
    put(picked, place, value)
  }
}

/**
 * Mean of the two middle values, which are looked for between two guesses first; where they do not lie there, the values are
 * rearranged. `room`: 16 bytes and as many values as there are, and four.
 */
function medianOf(values: usize, count: i32, least: f32, most: f32, room: usize): f64 {
  const lowerRank = (count - 1) >> 1
  const upperRank = count >> 1
  const between = room + 16
  const kept = keepBetween(values, count, 0, false, least, most, between, room)
  const below = load<i32>(room)
  if (below <= lowerRank && upperRank < below + kept)
    selectMiddles(between, kept, lowerRank - below, upperRank - below, room)
  else selectMiddles(values, count, lowerRank, upperRank, room)
  return <f64>at(room, 0) / 2 + <f64>at(room, 1) / 2
}

/** Population standard deviation, from sums about a value near the mean. */
function deviationOf(values: usize, count: i32, near: f64): f64 {
  const nears = f64x2.splat(near)
  let sums = f64x2.splat(0)
  let squares = f64x2.splat(0)
  let otherSums = sums
  let otherSquares = squares
  let i = 0
  for (; i + 4 <= count; i += 4) {
    const four = v128.load(values + ((<usize>i) << 2))
    const low = f64x2.sub(f64x2.promote_low_f32x4(four), nears)
    const high = f64x2.sub(f64x2.promote_low_f32x4(i64x2.shuffle(four, four, 1, 1)), nears)
    sums = f64x2.add(sums, low)
    otherSums = f64x2.add(otherSums, high)
    squares = f64x2.add(squares, f64x2.mul(low, low))
    otherSquares = f64x2.add(otherSquares, f64x2.mul(high, high))
  }
  sums = f64x2.add(sums, otherSums)
  squares = f64x2.add(squares, otherSquares)
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)
  let square = f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1)
  for (; i < count; i++) {
    const difference = <f64>at(values, i) - near
    sum += difference
    square += difference * difference
  }
  return Math.sqrt(max(0, (square - (sum * sum) / <f64>count) / <f64>count))
}

/** Keeps what lies within the bounds, in its order; gives how many. */
function keepWithin(values: usize, count: i32, lower: f64, upper: f64): i32 {
  let kept = 0
  for (let i = 0; i < count; i++) {
    const value = at(values, i)
    store<f32>(values + ((<usize>kept) << 2), value)
    kept += <i32>(<f64>value >= lower && <f64>value <= upper)
  }
  return kept
}

/**
 * One box: its finite pixels, every `stride`-th of a row, into `samples`; then clipped at three standard deviations about the median until
 * nothing goes, at most `rounds` times. `room` is scratch of 16 bytes and 64 values, or as many as there are samples and four. Writes level and noise as f64; NaN for a box with too few pixels at the beginning or at the end.
 */
export function clipBox(
  data: usize,
  width: i32,
  x0: i32,
  x1: i32,
  y0: i32,
  y1: i32,
  stride: i32,
  rounds: i32,
  leastSamples: i32,
  leastShare: f64,
  samples: usize,
  room: usize,
  level: usize,
  noise: usize,
): void {
  let count = 0
  for (let y = y0; y < y1; y++) {
    for (let x = x0 + (y % stride); x < x1; x += stride) {
      const value = load<f32>(data + ((<usize>(y * width + x)) << 2))
      store<f32>(samples + ((<usize>count) << 2), value)
      count += <i32>(value - value == 0)
    }
  }
  store<f64>(level, NaN)
  store<f64>(noise, NaN)
  if (count < leastSamples) return
  const all = count
  let median: f64 = NaN
  let deviation: f64 = NaN
  pickSorted(samples, count, room)
  let least = at(room, PICKED / 2 - PICKED_SLACK)
  let most = at(room, PICKED / 2 + PICKED_SLACK)
  for (let round = 0; round <= rounds; round++) {
    if (count == 0) return
    median = medianOf(samples, count, least, most, room)
    deviation = deviationOf(samples, count, median)
    if (round == rounds) break
    const kept = keepWithin(samples, count, median - 3 * deviation, median + 3 * deviation)
    if (kept == count) break
    count = kept
    least = <f32>(median - ROUND_SLACK * deviation)
    most = <f32>(median + ROUND_SLACK * deviation)
  }
  if (<f64>count < leastShare * <f64>all) return
  store<f64>(level, median)
  store<f64>(noise, deviation)
}
