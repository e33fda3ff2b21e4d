function at(data: usize, index: i32): f32 {
  return load<f32>(data + ((<usize>index) << 2))
}

/** Of equal neighbours the first in reading order is the maximum; beyond the edge there is nothing. */
function isPeak(data: usize, width: i32, height: i32, x: i32, y: i32): bool {
  const index = y * width + x
  const value = at(data, index)
  if (x > 0 && at(data, index - 1) >= value) return false
  if (x < width - 1 && at(data, index + 1) > value) return false
  const left = max(0, x - 1) - x
  const right = min(width - 1, x + 1) - x
  for (let i = left; i <= right; i++) {
    if (y > 0 && at(data, index - width + i) >= value) return false
    if (y < height - 1 && at(data, index + width + i) > value) return false
  }
  return true
}

/** Four pixels of the inside side by side: which of them are above the level and have no larger neighbour. */
function peaksOfFour(pixel: usize, row: usize, level: v128): i32 {
  const value = v128.load(pixel)
  const above = f32x4.gt(value, level)
  if (!v128.any_true(above)) return 0
  // What is before must be less and what comes after must not be more; a NaN is neither.
  let beaten = v128.or(f32x4.ge(v128.load(pixel - 4), value), f32x4.gt(v128.load(pixel + 4), value))
  if (!v128.any_true(v128.andnot(above, beaten))) return 0
  const before = pixel - row
  const after = pixel + row
  beaten = v128.or(beaten, f32x4.ge(v128.load(before - 4), value))
  beaten = v128.or(beaten, f32x4.ge(v128.load(before), value))
  beaten = v128.or(beaten, f32x4.ge(v128.load(before + 4), value))
  beaten = v128.or(beaten, f32x4.gt(v128.load(after - 4), value))
  beaten = v128.or(beaten, f32x4.gt(v128.load(after), value))
  beaten = v128.or(beaten, f32x4.gt(v128.load(after + 4), value))
  return i32x4.bitmask(v128.andnot(above, beaten))
}

/** Writes the indices of local maxima above `level`, at most `room` of them, and gives how many there are in all. */
export function findPeaks(data: usize, width: i32, height: i32, level: f32, indices: usize, room: i32): i32 {
  const levels = f32x4.splat(level)
  const row = (<usize>width) << 2
  let found = 0
  for (let y = 0; y < height; y++) {
    const inside = y > 0 && y < height - 1
    let x = 0
    while (x < width) {
      let lanes = 0
      let step = 1
      if (inside && x > 0 && x + 4 < width) {
        step = 4
        lanes = peaksOfFour(data + ((<usize>(y * width + x)) << 2), row, levels)
      } else if (at(data, y * width + x) > level && isPeak(data, width, height, x, y)) lanes = 1
      for (let lane = 0; lanes != 0; lane++, lanes >>= 1) {
        if (!(lanes & 1)) continue
        if (found < room) store<u32>(indices + ((<usize>found) << 2), y * width + x + lane)
        found++
      }
      x += step
    }
  }
  return found
}
