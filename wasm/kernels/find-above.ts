/** Writes the indices of values above `level`, at most `room` of them, and gives how many there are in all. */
export function findAbove(data: usize, length: i32, level: f32, indices: usize, room: i32): i32 {
  const levels = f32x4.splat(level)
  let found = 0
  let at = 0
  for (; at + 4 <= length; at += 4) {
    const lanes = i32x4.bitmask(f32x4.gt(v128.load(data + ((<usize>at) << 2)), levels))
    if (lanes == 0) continue
    for (let lane = 0; lane < 4; lane++) {
      if (!(lanes & (1 << lane))) continue
      if (found < room) store<u32>(indices + ((<usize>found) << 2), at + lane)
      found++
    }
  }
  for (; at < length; at++) {
    if (!(load<f32>(data + ((<usize>at) << 2)) > level)) continue
    if (found < room) store<u32>(indices + ((<usize>found) << 2), at)
    found++
  }
  return found
}
