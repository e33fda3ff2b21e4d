import { selectMedian } from './select'

const MAD_TO_SIGMA: f64 = 1.482602218505602

function upperHalf(four: v128): v128 {
  return i64x2.shuffle(four, four, 1, 1)
}

function sumOf(two: v128): f64 {
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1)
}

/** Writes, as f64: count, minimum, maximum, mean, standard deviation, median, robust deviation, of the finite values. */
export function measurePlane(data: usize, length: i32, scratch: usize, output: usize): void {
  const whole = data + ((<usize>(length & ~3)) << 2)
  const end = data + ((<usize>length) << 2)
  const zero = f32x4.splat(0)
  const outside = f32x4.splat(Infinity)
  let least = outside
  let most = f32x4.neg(outside)
  let counts = i32x4.splat(0)
  let sums = f64x2.splat(0)
  let from = data
  for (; from < whole; from += 16) {
    const value = v128.load(from)
    const good = f32x4.eq(f32x4.sub(value, value), zero)
    const kept = v128.and(value, good)
    counts = i32x4.sub(counts, good)
    least = f32x4.pmin(least, v128.bitselect(value, outside, good))
    most = f32x4.pmax(most, v128.bitselect(value, f32x4.neg(outside), good))
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(kept))
    sums = f64x2.add(sums, f64x2.promote_low_f32x4(upperHalf(kept)))
  }
  let count = 0
  let minimum: f32 = Infinity
  let maximum: f32 = -Infinity
  let sum = sumOf(sums)
  for (; from < end; from += 4) {
    const value = load<f32>(from)
    if (value - value != 0) continue
    count++
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    sum += <f64>value
  }
  minimum = min(
    minimum,
    min(
      min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)),
      min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)),
    ),
  )
  maximum = max(
    maximum,
    max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    ),
  )
  count +=
    i32x4.extract_lane(counts, 0) +
    i32x4.extract_lane(counts, 1) +
    i32x4.extract_lane(counts, 2) +
    i32x4.extract_lane(counts, 3)
  const mean = sum / <f64>count
  const median = selectMedian(data, length, count, 0, false, scratch)
  const robust = MAD_TO_SIGMA * selectMedian(data, length, count, <f32>median, true, scratch)
  store<f64>(output, <f64>count)
  store<f64>(output, count == 0 ? NaN : <f64>minimum, 8)
  store<f64>(output, count == 0 ? NaN : <f64>maximum, 16)
  store<f64>(output, count == 0 ? NaN : mean, 24)
  store<f64>(output, count == 0 ? NaN : Math.sqrt(squaresAbout(data, length, mean) / <f64>count), 32)
  store<f64>(output, median, 40)
  store<f64>(output, robust, 48)
}

/** Sum of squared differences of the finite values from `mean`, in f64. */
function squaresAbout(data: usize, length: i32, mean: f64): f64 {
  const whole = data + ((<usize>(length & ~3)) << 2)
  const end = data + ((<usize>length) << 2)
  const means = f64x2.splat(mean)
  const zero = f64x2.splat(0)
  let low = zero
  let high = zero
  let from = data
  for (; from < whole; from += 16) {
    const value = v128.load(from)
    const left = f64x2.sub(f64x2.promote_low_f32x4(value), means)
    const right = f64x2.sub(f64x2.promote_low_f32x4(upperHalf(value)), means)
    low = f64x2.add(low, v128.and(f64x2.mul(left, left), f64x2.eq(f64x2.sub(left, left), zero)))
    high = f64x2.add(high, v128.and(f64x2.mul(right, right), f64x2.eq(f64x2.sub(right, right), zero)))
  }
  let squares = sumOf(low) + sumOf(high)
  for (; from < end; from += 4) {
    const value = load<f32>(from)
    if (value - value != 0) continue
    const difference = <f64>value - mean
    squares += difference * difference
  }
  return squares
}
