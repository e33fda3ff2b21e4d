import { BAD, EMPTY, GROWN, SATURATED, UNTRUSTED, planeAt, stateAt, Frame } from './cosmic-rays-frame'
import { smoothAt } from './cosmic-rays-structure'

/** A saturated pixel belongs to a star where even the median about it is above this part of saturation. */
const STAR_PART: f64 = 10

/** Fills the plane with electrons, 0 where there is no value, and notes those and the masked ones. Returns whether any has no value. */
export function fillPlane(frame: Frame, mask: usize): bool {
  const width = frame.width
  const height = frame.height
  const data = frame.data
  const background = frame.background
  const gain = frame.gain
  let empty = false
  for (let y = 0; y < height; y++) {
    const row = planeAt(frame, 0, y)
    const state = stateAt(frame, 0, y)
    const start = <usize>(y * width)
    for (let x: usize = 0; x < <usize>width; x++) {
      const from = (start + x) << 2
      const value = load<f32>(data + from) * gain
      const rest = background ? value - load<f32>(background + from) * gain : value
      let bits: u8 = mask && load<u8>(mask + start + x) !== 0 ? BAD : 0
      if (rest - rest !== 0) {
        empty = true
        bits = BAD | EMPTY
      } else {
        store<f32>(row + (x << 2), value)
      }
      store<u8>(state + x, bits)
    }
  }
  return empty
}

/** Sets `to` where a pixel or one beside it has `from`; the outermost pixels get it only from themselves. */
function spread(frame: Frame, from: u8, to: u8, half: i32): void {
  const width = frame.width
  const height = frame.height
  const wanted = i8x16.splat(from)
  for (let y = 0; y < height; y++) {
    const row = stateAt(frame, 0, y)
    for (let block = 0; block < width; block += 16) {
      if (!v128.any_true(v128.and(v128.load(row + <usize>block), wanted))) continue
      const end = min(block + 16, width)
      for (let x = block; x < end; x++) {
        if ((load<u8>(row + <usize>x) & from) !== 0) spreadOne(frame, x, y, to, half)
      }
    }
  }
}

function spreadOne(frame: Frame, x: i32, y: i32, to: u8, half: i32): void {
  const itself = stateAt(frame, x, y)
  store<u8>(itself, load<u8>(itself) | to)
  for (let row = max(half, y - half); row <= min(frame.height - 1 - half, y + half); row++) {
    // Corners of the larger window are cut.
    const reach = half > 1 && abs(row - y) === half ? half - 1 : half
    for (let column = max(half, x - reach); column <= min(frame.width - 1 - half, x + reach); column++) {
      const at = stateAt(frame, column, row)
      store<u8>(at, load<u8>(at) | to)
    }
  }
}

/** Marks the pixels that nothing is looked for in: bad ones and those beside them, and saturated stars and four pixels around. */
export function markUntrusted(frame: Frame, saturation: f32): void {
  const width = frame.width
  const height = frame.height
  const least = <f32>(<f64>saturation / STAR_PART)
  const level = f32x4.splat(saturation)
  let any = false
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 4) {
      const high = f32x4.ge(v128.load(planeAt(frame, x, y)), level)
      if (!v128.any_true(high)) continue
      const lanes = i32x4.bitmask(v128.and(high, f32x4.gt(smoothAt(frame, x, y), f32x4.splat(least))))
      for (let lane = 0; lane < 4 && x + lane < width; lane++) {
        if (((lanes >> lane) & 1) === 0) continue
        const at = stateAt(frame, x + lane, y)
        store<u8>(at, load<u8>(at) | SATURATED)
        any = true
      }
    }
  }
  if (any) {
    spread(frame, SATURATED, GROWN, 2)
    spread(frame, GROWN, UNTRUSTED, 2)
  }
  spread(frame, BAD, UNTRUSTED, 1)
}
