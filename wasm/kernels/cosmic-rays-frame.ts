/** Bits of a pixel's state: nothing is looked for here, it has no value, ... and what was found. */
export const UNTRUSTED: u8 = 1
export const EMPTY: u8 = 2
export const BAD: u8 = 4
export const SATURATED: u8 = 8
export const GROWN: u8 = 16
export const HIT: u8 = 32
export const FOUND: u8 = 64

/** Pixels around the frame that may be read, all 0, so that no window needs care at an edge. */
const PAD_COLUMNS: usize = 16
const PAD_ROWS: usize = 8
/** Rows that a ring keeps; windows are at most 7 high. */
export const RING: i32 = 8
/** Pixels of a row that are worked on, or not, together. */
export const BLOCK: i32 = 8
/** In a block's mark: work on it, and write down what is found in it. */
export const LOOKED_AT: u8 = 1
export const WANTED: u8 = 2
export const BINS: i32 = 2048

/** All that the parts of this kernel share; lies in scratch memory for one call. */
@unmanaged
export class Frame {
  width: i32
  height: i32
  /** Pixels from one row to the next, in every plane and ring. */
  stride: usize
  /** Address of pixel (0, 0): electrons as f32, state as u8. */
  plane: usize
  state: usize
  /** Rings of rows, address of column 0 of row 0: row medians, noise, significance and its row medians, all f32. */
  rows: usize
  noise: usize
  significance: usize
  smooth: usize
  /** Rings of u8 rows: flags of a pixel, and whether it neighbours a hit. */
  flags: usize
  near: usize
  /** Whether a row of those two rings holds anything: one u8 for each row. */
  sureRows: usize
  nearRows: usize
  /** One u8 for each block of each row. */
  marks: usize
  blocks: i32
  /** Room for windows. */
  windows: usize
  bins: usize
  /** As they were given. */
  data: usize
  background: usize
  gain: f32
  readVariance: f32
  low: f32
  high: f32
  contrast: f32
  /** Electrons; NaN until it is asked for. */
  level: f32
  separable: bool
}

export function rowStride(width: i32): usize {
  const stride = ((<usize>width + 15) & ~15) + 2 * PAD_COLUMNS
  // Rows a power of two apart would share cache sets.
  return (stride & 1023) === 0 ? stride + 16 : stride
}

/** 49 vectors of the largest window, and 13 and 9 rows of three vectors. */
const WINDOW_BYTES: usize = (49 + 13 * 3 + 9 * 3) * 16
const LINE: usize = 64

/** Lays a frame out from an address on and returns the address behind it; with `frame` 0 it only measures. */
function layOut(frame: usize, from: usize, width: i32, height: i32): usize {
  const stride = rowStride(width)
  const rows = <usize>height + 2 * PAD_ROWS
  const blocks = (width + BLOCK - 1) / BLOCK
  const ring = stride * RING
  const plane = from
  const state = plane + rows * stride * 4
  const rings = state + rows * stride
  const byteRings = rings + 4 * ring * 4
  const marks = byteRings + 2 * ring
  const rowFlags = marks + <usize>height * <usize>blocks
  const windows = (rowFlags + 2 * RING + LINE) & ~(LINE - 1)
  const bins = windows + WINDOW_BYTES
  const end = bins + BINS * 4
  if (frame === 0) return end
  memory.fill(plane, 0, end - plane)
  const work = changetype<Frame>(frame)
  const first = PAD_ROWS * stride + PAD_COLUMNS
  work.width = width
  work.height = height
  work.stride = stride
  work.plane = plane + first * 4
  work.state = state + first
  work.rows = rings + PAD_COLUMNS * 4
  work.noise = work.rows + ring * 4
  work.significance = work.noise + ring * 4
  work.smooth = work.significance + ring * 4
  work.flags = byteRings + PAD_COLUMNS
  work.near = work.flags + ring
  work.marks = marks
  work.blocks = blocks
  work.sureRows = rowFlags
  work.nearRows = rowFlags + RING
  work.windows = windows
  work.bins = bins
  return end
}

/** Bytes of scratch that a frame of this size needs. */
export function cosmicRaysScratch(width: i32, height: i32): usize {
  return layOut(0, 0, width, height) + offsetof<Frame>() + LINE
}

/** A frame in scratch memory that starts on a cache line; all planes are 0. */
export function openFrame(scratch: usize, width: i32, height: i32): Frame {
  layOut(scratch, (scratch + offsetof<Frame>() + LINE - 1) & ~(LINE - 1), width, height)
  return changetype<Frame>(scratch)
}

/** Address of column x of a row of the plane, of a ring of f32, of the state and of a ring of u8. */
export function planeAt(frame: Frame, x: i32, y: i32): usize {
  return frame.plane + ((<usize>(y * <i32>frame.stride + x)) << 2)
}

export function ringAt(frame: Frame, ring: usize, y: i32): usize {
  return ring + ((<usize>(y & (RING - 1)) * frame.stride) << 2)
}

export function stateAt(frame: Frame, x: i32, y: i32): usize {
  return frame.state + <usize>(y * <i32>frame.stride + x)
}

export function byteRingAt(frame: Frame, ring: usize, y: i32): usize {
  return ring + <usize>(y & (RING - 1)) * frame.stride
}

/** Lanes whose columns, x to x + 3, are at least `half` from both edges of the frame; none in a row that is not. */
export function insideOf(frame: Frame, x: i32, y: i32, half: i32): v128 {
  const columns = i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3))
  const inRow = y >= half && y < frame.height - half
  const end = inRow ? frame.width - half : 0
  return v128.and(i32x4.ge_s(columns, i32x4.splat(half)), i32x4.lt_s(columns, i32x4.splat(end)))
}
