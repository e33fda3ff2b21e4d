import { selectRank } from './select'

function at(values: usize, index: i32): f32 {
  return load<f32>(values + ((<usize>index) << 2))
}

/** Mean of the two middle values; the values are rearranged. */
function medianOf(values: usize, count: i32): f64 {
  const middle = count >> 1
  const upper = selectRank(values, middle, 0, count - 1)
  if (count & 1) return <f64>upper
  let lower = at(values, 0)
  for (let i = 1; i < middle; i++) lower = max(lower, at(values, i))
  return <f64>lower / 2 + <f64>upper / 2
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
 * nothing goes, at most `rounds` times. Writes level and noise as f64; NaN for a box with too few pixels at the beginning or at the end.
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
  for (let round = 0; round <= rounds; round++) {
    if (count == 0) return
    median = medianOf(samples, count)
    deviation = deviationOf(samples, count, median)
    if (round == rounds) break
    const kept = keepWithin(samples, count, median - 3 * deviation, median + 3 * deviation)
    if (kept == count) break
    count = kept
  }
  if (<f64>count < leastShare * <f64>all) return
  store<f64>(level, median)
  store<f64>(noise, deviation)
}
