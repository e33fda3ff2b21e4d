import { BINS, UNTRUSTED, stateAt, Frame } from './cosmic-rays-frame'

/** Bits of an f32 as a number that sorts as the f32 does. */
function keyOf(value: f32): u32 {
  const bits = reinterpret<u32>(value)
  return bits & 0x80000000 ? ~bits : bits | 0x80000000
}

function valueOf(key: u32): f32 {
  return reinterpret<f32>(key & 0x80000000 ? key & 0x7fffffff : ~key)
}

/** Electrons above the background as they were given. */
function givenAt(frame: Frame, index: usize): f32 {
  const value = load<f32>(frame.data + (index << 2)) * frame.gain
  return frame.background ? value - load<f32>(frame.background + (index << 2)) * frame.gain : value
}

/** Counts the trusted pixels by `width` bits of their key from `shift` on, of those whose higher bits are `prefix`. */
function countKeys(frame: Frame, prefix: u32, shift: u32, width: u32): u32 {
  memory.fill(frame.bins, 0, <usize>BINS * 4)
  const last = (1 << width) - 1
  const above = shift + width
  let count: u32 = 0
  for (let y = 0; y < frame.height; y++) {
    const state = stateAt(frame, 0, y)
    for (let x = 0; x < frame.width; x++) {
      if ((load<u8>(state + <usize>x) & UNTRUSTED) !== 0) continue
      const key = keyOf(givenAt(frame, <usize>(y * frame.width + x)))
      if (above < 32 && key >>> above !== prefix) continue
      const bin = frame.bins + ((<usize>((key >>> shift) & last)) << 2)
      store<u32>(bin, load<u32>(bin) + 1)
      count++
    }
  }
  return count
}

/** Median of the trusted pixels, the lower of the two middle ones, by its bits from the highest on: 11, 11 and 10. 0 without any. */
function findLevel(frame: Frame): f32 {
  let prefix: u32 = 0
  let rank: u32 = 0
  for (let round: u32 = 0; round < 3; round++) {
    const width: u32 = round === 2 ? 10 : 11
    const shift: u32 = round === 0 ? 21 : round === 1 ? 10 : 0
    const count = countKeys(frame, prefix, shift, width)
    if (count === 0) return 0
    if (round === 0) rank = (count - 1) >>> 1
    let bin: u32 = 0
    for (;;) {
      const inBin = load<u32>(frame.bins + ((<usize>bin) << 2))
      if (rank < inBin) break
      rank -= inBin
      bin++
    }
    prefix = (prefix << width) | bin
  }
  return valueOf(prefix)
}

/** The level for pixels that have nothing better, found when it is first asked for: few frames ever need it. */
export function levelOf(frame: Frame): f32 {
  if (isNaN(frame.level)) frame.level = findLevel(frame)
  return frame.level
}
