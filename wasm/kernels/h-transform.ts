// The same as science/fits/h-transform and smooth-h-transform, in 64-bit integers.

function roundTo(value: i64, bit: i64): i64 {
  if (bit == 1) return value
  const half = bit >> 1
  return (value + (value >= 0 ? half : half - 1)) & -bit
}

function towardsZero(value: i64, by: i64): i64 {
  return value >= 0 ? value - by : value + by
}

function invertLevel(
  source: usize,
  stride: i32,
  target: usize,
  rows: i32,
  columns: i32,
  bit: i64,
  shift: i64,
): void {
  const down = (rows + 1) >> 1
  const across = (columns + 1) >> 1
  const twice = bit << 1
  const right = (<usize>across) << 3
  const below = (<usize>(down * stride)) << 3
  const line = (<usize>columns) << 3
  for (let y = 0; y < down; y++) {
    const hasBelow = 2 * y + 1 < rows
    let at = source + ((<usize>(y * stride)) << 3)
    let first = target + ((<usize>(2 * y * columns)) << 3)
    for (let x = 0; x < across; x++) {
      const hasRight = 2 * x + 1 < columns
      let sum = load<i64>(at)
      let dy: i64 = hasBelow ? roundTo(load<i64>(at + below), twice) : 0
      let dx: i64 = hasRight ? roundTo(load<i64>(at + right), twice) : 0
      if (hasBelow && hasRight) {
        const both = roundTo(load<i64>(at + below + right), bit)
        const low = both & bit
        dy = towardsZero(dy, low)
        dx = towardsZero(dx, low)
        const high = (both ^ dy ^ dx) & twice
        sum += sum >= 0 ? low - high : low == 0 ? high : low - high
        store<i64>(first, (sum - dy - dx + both) >> shift)
        store<i64>(first + 8, (sum - dy + dx - both) >> shift)
        store<i64>(first + line, (sum + dy - dx - both) >> shift)
        store<i64>(first + line + 8, (sum + dy + dx + both) >> shift)
      } else {
        const only = hasBelow ? dy : dx
        sum = towardsZero(sum, only & twice)
        store<i64>(first, (sum - only) >> shift)
        if (hasBelow) store<i64>(first + line, (sum + only) >> shift)
        if (hasRight) store<i64>(first + 8, (sum + only) >> shift)
      }
      at += 8
      first += 16
    }
  }
}

function change(wish: i64, difference: i64, unit: i64, most: i64): i64 {
  return max<i64>(-most, min<i64>(most, (wish - unit * difference) / unit))
}

/** Moves the difference at `moved` towards the slope of the sums `apart` bytes before and after `at`. */
function moveToSlope(at: usize, apart: usize, moved: usize, most: i64): void {
  const before = load<i64>(at - apart)
  const here = load<i64>(at)
  const after = load<i64>(at + apart)
  const rise = after - here
  const fall = here - before
  const highest = max<i64>(0, min<i64>(rise, fall)) << 2
  const lowest = min<i64>(0, max<i64>(rise, fall)) << 2
  if (lowest >= highest) return
  const slope = max<i64>(lowest, min<i64>(highest, after - before))
  const difference = load<i64>(moved)
  store<i64>(moved, difference + change(slope, difference, 8, most))
}

/** The same for the difference of both directions, from the sums at the four corners and the two slopes. */
function moveToTwist(at: usize, line: usize, below: usize, right: usize, most: i64): void {
  const here = load<i64>(at)
  const upLeft = here - load<i64>(at - line - 8)
  const upRight = here - load<i64>(at - line + 8)
  const downLeft = load<i64>(at + line - 8) - here
  const downRight = load<i64>(at + line + 8) - here
  const dy = load<i64>(at + below)
  const dx = load<i64>(at + right)
  const sum = (dy + dx) << 1
  const apart = (dy - dx) << 1
  const highest =
    min<i64>(
      min<i64>(max<i64>(downRight, 0) - sum, max<i64>(-downLeft, 0) + apart),
      min<i64>(max<i64>(upRight, 0) - apart, max<i64>(-upLeft, 0) + sum),
    ) << 4
  const lowest =
    max<i64>(
      max<i64>(min<i64>(downRight, 0) - sum, min<i64>(-downLeft, 0) + apart),
      max<i64>(min<i64>(upRight, 0) - apart, min<i64>(-upLeft, 0) + sum),
    ) << 4
  if (lowest >= highest) return
  const wish = max<i64>(lowest, min<i64>(highest, upRight - upLeft + downRight - downLeft))
  const moved = at + below + right
  const difference = load<i64>(moved)
  store<i64>(moved, difference + change(wish, difference, 64, most))
}

function smooth(data: usize, stride: i32, rows: i32, columns: i32, most: i64): void {
  const down = (rows + 1) >> 1
  const across = (columns + 1) >> 1
  const line = (<usize>stride) << 3
  const below = (<usize>(down * stride)) << 3
  const right = (<usize>across) << 3
  const lastRow = (rows - 1) >> 1
  const lastColumn = (columns - 1) >> 1
  for (let y = 1; y < lastRow; y++) {
    for (let x = 0; x < across; x++) {
      const at = data + ((<usize>(y * stride + x)) << 3)
      moveToSlope(at, line, at + below, most)
    }
  }
  for (let y = 0; y < down; y++) {
    for (let x = 1; x < lastColumn; x++) {
      const at = data + ((<usize>(y * stride + x)) << 3)
      moveToSlope(at, 8, at + right, most)
    }
  }
  for (let y = 1; y < lastRow; y++)
    for (let x = 1; x < lastColumn; x++)
      moveToTwist(data + ((<usize>(y * stride + x)) << 3), line, below, right, most)
}

/** Do all numbers of a level lie below the limit, a power of two? */
function isWithin(data: usize, stride: i32, rows: i32, columns: i32, limit: i64): bool {
  let bits: i64 = 0
  for (let y = 0; y < rows; y++) {
    let at = data + ((<usize>(y * stride)) << 3)
    for (const end = at + ((<usize>columns) << 3); at < end; at += 8) {
      const value = load<i64>(at)
      bits |= value < 0 ? -value : value
    }
  }
  // The least number of all has no positive twin.
  return bits >= 0 && bits < limit
}

/** Numbers below it add up exactly in the reference's doubles, and four below the other one may be smoothed. */
export const LARGEST_COEFFICIENT: i64 = 1 << 51
const LARGEST_TO_SMOOTH: i64 = 1 << 45

/** In place, and false where numbers are larger than the reference holds; `scratch` is as long as `data`. Smooths with a `smoothing` above 1, the scale of the coefficients. */
export function invertHTransform(data: usize, scratch: usize, rows: i32, columns: i32, smoothing: i32): bool {
  let levels = 0
  while ((<i64>1) << levels < <i64>max(rows, columns)) levels++
  store<i64>(data, roundTo(load<i64>(data), (<i64>2) << levels))
  const most: i64 = smoothing >> 1
  for (let step = levels - 1; step >= 0; step--) {
    const bit: i64 = (<i64>1) << step
    const height = <i32>((<i64>rows + bit - 1) >> step)
    const width = <i32>((<i64>columns + bit - 1) >> step)
    if (!isWithin(data, columns, height, width, most > 0 ? LARGEST_TO_SMOOTH : LARGEST_COEFFICIENT))
      return false
    if (most > 0) smooth(data, columns, height, width, most)
    invertLevel(data, columns, scratch, height, width, bit, step == 0 ? 2 : 1)
    const bytes = (<usize>width) << 3
    for (let y = 0; y < height; y++)
      memory.copy(data + ((<usize>(y * columns)) << 3), scratch + <usize>y * bytes, bytes)
  }
  return true
}
