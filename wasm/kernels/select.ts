/** Values of a sample, from which the place of the median is guessed. */
export const MEDIAN_SAMPLE: i32 = 2048
/** Half the width of the guess, in ranks of the sample: three standard errors of the rank of a median. */
const HALF_WIDTH: i32 = 68

function at(values: usize, index: i32): f32 {
  return load<f32>(values + ((<usize>index) << 2))
}

function put(values: usize, index: i32, value: f32): void {
  store<f32>(values + ((<usize>index) << 2), value)
}

/** Rearranges values[from..to] until values[k] is what a sort would put there (Hoare 1961). No NaN. */
export function selectRank(values: usize, k: i32, from: i32, to: i32): f32 {
  while (from < to) {
    // The middle of three keeps ordered and constant values linear.
    const middle = (from + to) >>> 1
    const a = at(values, from)
    const b = at(values, middle)
    const c = at(values, to)
    const pivot = max(min(a, b), min(max(a, b), c))
    let i = from
    let j = to
    while (i <= j) {
      while (at(values, i) < pivot) i++
      while (at(values, j) > pivot) j--
      if (i > j) break
      const kept = at(values, i)
      put(values, i, at(values, j))
      put(values, j, kept)
      i++
      j--
    }
    if (k <= j) to = j
    else if (k >= i) from = i
    else break
  }
  return at(values, k)
}

/** Both middle values of `count` values, one after the other in memory at `result`. The values are rearranged. */
export function selectMiddles(
  values: usize,
  count: i32,
  lowerRank: i32,
  upperRank: i32,
  result: usize,
): void {
  const lower = selectRank(values, lowerRank, 0, count - 1)
  let upper = lower
  if (upperRank > lowerRank) {
    upper = Infinity
    for (let i = lowerRank + 1; i < count; i++) upper = min(upper, at(values, i))
  }
  store<f32>(result, lower)
  store<f32>(result, upper, 4)
}

/** The value, or its distance from `center`, as it takes part. */
function asAsked(value: f32, center: f32, distances: bool): f32 {
  return distances ? abs(value - center) : value
}

/** Copies what is finite between two ends, both included; gives how many, and counts what lies below into `below`. */
export function keepBetween(
  data: usize,
  length: i32,
  center: f32,
  distances: bool,
  least: f32,
  most: f32,
  kept: usize,
  below: usize,
): i32 {
  const leasts = f32x4.splat(least)
  const mosts = f32x4.splat(most)
  const centers = f32x4.splat(center)
  let under = i32x4.splat(0)
  let to = kept
  const whole = data + ((<usize>(length & ~3)) << 2)
  let from = data
  for (; from < whole; from += 16) {
    let value = v128.load(from)
    if (distances) value = f32x4.abs(f32x4.sub(value, centers))
    under = i32x4.sub(under, f32x4.lt(value, leasts))
    const lanes = i32x4.bitmask(v128.and(f32x4.ge(value, leasts), f32x4.le(value, mosts)))
    if (lanes == 0) continue
    // Each is written, and stays when the place moves on.
    store<f32>(to, f32x4.extract_lane(value, 0))
    to += (lanes & 1) << 2
    store<f32>(to, f32x4.extract_lane(value, 1))
    to += (lanes & 2) << 1
    store<f32>(to, f32x4.extract_lane(value, 2))
    to += lanes & 4
    store<f32>(to, f32x4.extract_lane(value, 3))
    to += (lanes & 8) >> 1
  }
  let count =
    i32x4.extract_lane(under, 0) +
    i32x4.extract_lane(under, 1) +
    i32x4.extract_lane(under, 2) +
    i32x4.extract_lane(under, 3)
  for (const end = data + ((<usize>length) << 2); from < end; from += 4) {
    const value = asAsked(load<f32>(from), center, distances)
    if (value < least) count++
    if (value >= least && value <= most) {
      store<f32>(to, value)
      to += 4
    }
  }
  store<i32>(below, count)
  return <i32>((to - kept) >> 2)
}

/**
 * Mean of the two middle values (or of the distances from `center`) of the `finite` finite values among `length`, exactly. A sample tells
 * between which values the median must lie; only those are copied and searched. Where the guess is wrong, all are.
 * `scratch`: MEDIAN_SAMPLE + length + 1 values.
 */
export function selectMedian(
  data: usize,
  length: i32,
  finite: i32,
  center: f32,
  distances: bool,
  scratch: usize,
): f64 {
  if (finite == 0) return NaN
  const lowerRank = (finite - 1) >> 1
  const upperRank = finite >> 1
  const result = scratch
  const below = scratch + 8
  const kept = scratch + ((<usize>MEDIAN_SAMPLE) << 2)
  let least: f32 = -f32.MAX_VALUE
  let most: f32 = f32.MAX_VALUE
  if (length > 8 * MEDIAN_SAMPLE) {
    let drawn = 0
    const step = length / MEDIAN_SAMPLE
    for (let i = 0; i < MEDIAN_SAMPLE; i++) {
      const value = load<f32>(data + ((<usize>(i * step)) << 2))
      if (value - value != 0) continue
      put(kept, drawn, asAsked(value, center, distances))
      drawn++
    }
    if (drawn > 4 * HALF_WIDTH) {
      least = selectRank(kept, (drawn >> 1) - HALF_WIDTH, 0, drawn - 1)
      most = selectRank(kept, (drawn >> 1) + HALF_WIDTH, 0, drawn - 1)
    }
  }
  let count = keepBetween(data, length, center, distances, least, most, kept, below)
  let under = load<i32>(below)
  if (lowerRank < under || upperRank >= under + count) {
    count = keepBetween(data, length, center, distances, -f32.MAX_VALUE, f32.MAX_VALUE, kept, below)
    under = load<i32>(below)
  }
  selectMiddles(kept, count, lowerRank - under, upperRank - under, result)
  return (<f64>load<f32>(result) + <f64>load<f32>(result, 4)) * 0.5
}
