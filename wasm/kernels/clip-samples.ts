import { keepBetween, selectMiddles } from './select'

/** So many values, evenly picked, say about where the median lies. */
const PICKED: i32 = 64
/** Half the width of that guess, in ranks of what was picked: two and a half standard errors of the rank of a median. */
const PICKED_SLACK: i32 = 10
/** After a round of clipping the median lies within so many deviations of the one before, nearly always. */
const ROUND_SLACK: f64 = 0.15

/** Where `clipSamples` puts what it found, as f64 one after the other. */
export const CLIPPED_MEDIAN: usize = 0
export const CLIPPED_MEAN: usize = 8
export const CLIPPED_DEVIATION: usize = 16

/** Bytes of scratch for clipping so many samples. */
export function clipScratch(samples: i32): usize {
  return ((<usize>max(PICKED, samples)) << 2) + 32
}

function at(values: usize, index: i32): f32 {
  return load<f32>(values + ((<usize>index) << 2))
}

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

/** Mean and population standard deviation, from sums about a value near the mean. */
function measureSpread(values: usize, count: i32, near: f64, result: usize): void {
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
  const number = <f64>count
  store<f64>(result, near + sum / number, CLIPPED_MEAN)
  store<f64>(result, Math.sqrt(max(0, (square - (sum * sum) / number) / number)), CLIPPED_DEVIATION)
}

/** Keeps what lies within the bounds, in its order; gives how many. Up to the first that goes, nothing is moved. */
function keepWithin(values: usize, count: i32, lower: f64, upper: f64): i32 {
  let kept = 0
  while (kept < count && <f64>at(values, kept) >= lower && <f64>at(values, kept) <= upper) kept++
  for (let i = kept; i < count; i++) {
    const value = at(values, i)
    put(values, kept, value)
    kept += <i32>(<f64>value >= lower && <f64>value <= upper)
  }
  return kept
}

/**
 * Clips finite samples at so many standard deviations about the median until nothing goes, at most `rounds` times. Gives how many are
 * left, and puts what those are like into `result`; NaN where there is none. The samples are used up.
 */
export function clipSamples(
  samples: usize,
  samplesGiven: i32,
  sigmas: f64,
  rounds: i32,
  room: usize,
  result: usize,
): i32 {
  let count = samplesGiven
  store<f64>(result, NaN, CLIPPED_MEDIAN)
  store<f64>(result, NaN, CLIPPED_MEAN)
  store<f64>(result, NaN, CLIPPED_DEVIATION)
  if (count == 0) return 0
  pickSorted(samples, count, room)
  let least = at(room, PICKED / 2 - PICKED_SLACK)
  let most = at(room, PICKED / 2 + PICKED_SLACK)
  for (let round = 0; ; round++) {
    const median = medianOf(samples, count, least, most, room)
    store<f64>(result, median, CLIPPED_MEDIAN)
    measureSpread(samples, count, median, result)
    if (round == rounds) break
    const deviation = load<f64>(result, CLIPPED_DEVIATION)
    const kept = keepWithin(samples, count, median - sigmas * deviation, median + sigmas * deviation)
    if (kept == count) break
    count = kept
    least = <f32>(median - ROUND_SLACK * deviation)
    most = <f32>(median + ROUND_SLACK * deviation)
  }
  return count
}
