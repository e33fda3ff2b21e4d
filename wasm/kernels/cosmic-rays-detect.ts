import {
  BLOCK,
  FOUND,
  HIT,
  LOOKED_AT,
  RING,
  UNTRUSTED,
  WANTED,
  byteRingAt,
  insideOf,
  planeAt,
  ringAt,
  stateAt,
  Frame,
} from './cosmic-rays-frame'
import { middleInRow7, middleOf7 } from './cosmic-rays-medians'
import { fineStructure, squareMiddle5, squareMiddle5Of } from './cosmic-rays-structure'

const LOW: u8 = 1
const HIGH: u8 = 2
const SURE: u8 = 4

const LEAST_VARIANCE: f32 = 0.00001
const LEAST_STRUCTURE: f32 = 0.01

/** First column from x on whose block is to be worked on, and first after that whose block is not; the width's end if none. */
function startOfRun(frame: Frame, x: i32, y: i32, mark: u8): i32 {
  const marks = frame.marks + <usize>y * <usize>frame.blocks
  let block = x / BLOCK
  while (block < frame.blocks && (load<u8>(marks + <usize>block) & mark) === 0) block++
  return block * BLOCK
}

function endOfRun(frame: Frame, x: i32, y: i32, mark: u8): i32 {
  const marks = frame.marks + <usize>y * <usize>frame.blocks
  let block = x / BLOCK
  while (block < frame.blocks && (load<u8>(marks + <usize>block) & mark) !== 0) block++
  return block * BLOCK
}

/** Medians of seven along row y of the image. */
function smoothRow(frame: Frame, y: i32, from: i32, to: i32): void {
  const ring = ringAt(frame, frame.rows, y)
  for (let x = from; x < to; x += 4) {
    v128.store(ring + ((<usize>x) << 2), middleInRow7(planeAt(frame, x - 3, y)))
  }
}

/** Variance without read noise: the median filter of the image. */
function smoothImage(frame: Frame, x: i32, y: i32): v128 {
  const at = planeAt(frame, x, y)
  const itself = v128.load(at)
  if (!frame.separable) {
    return v128.bitselect(squareMiddle5(frame, at - 8, frame.stride << 2), itself, insideOf(frame, x, y, 2))
  }
  return v128.bitselect(columnMiddle7(frame, frame.rows, x, y), itself, insideOf(frame, x, y, 3))
}

/** Medians of seven along the columns of a ring. */
function columnMiddle7(frame: Frame, ring: usize, x: i32, y: i32): v128 {
  const at = ring + ((<usize>x) << 2)
  return middleOf7(
    v128.load(ringAt(frame, at, y - 3)),
    v128.load(ringAt(frame, at, y - 2)),
    v128.load(ringAt(frame, at, y - 1)),
    v128.load(ringAt(frame, at, y)),
    v128.load(ringAt(frame, at, y + 1)),
    v128.load(ringAt(frame, at, y + 2)),
    v128.load(ringAt(frame, at, y + 3)),
  )
}

/** Noise and the significance of edges in row y. */
function rateEdges(frame: Frame, y: i32, from: i32, to: i32): void {
  const noise = ringAt(frame, frame.noise, y)
  const significance = ringAt(frame, frame.significance, y)
  const step = frame.stride << 2
  const zero = f32x4.splat(0)
  const gain = f32x4.splat(frame.gain)
  for (let x = from; x < to; x += 4) {
    let variance = f32x4.add(smoothImage(frame, x, y), f32x4.splat(frame.readVariance))
    if (frame.background) {
      const at = frame.background + ((<usize>(y * frame.width + x)) << 2)
      const known = x + 4 <= frame.width ? v128.load(at) : loadPart(at, frame.width - x)
      const level = f32x4.mul(known, gain)
      variance = f32x4.add(variance, v128.and(level, f32x4.eq(f32x4.sub(level, level), zero)))
    }
    const sigma = f32x4.sqrt(f32x4.pmax(f32x4.splat(LEAST_VARIANCE), variance))
    v128.store(noise + ((<usize>x) << 2), sigma)

    const at = planeAt(frame, x, y)
    const here = v128.load(at)
    const above = v128.load(at - step)
    const below = v128.load(at + step)
    const leftHalf = f32x4.sub(f32x4.mul(f32x4.splat(3), here), v128.load(at - 4))
    const rightHalf = f32x4.sub(f32x4.sub(f32x4.mul(f32x4.splat(4), here), v128.load(at + 4)), here)
    const topLeft = f32x4.pmax(zero, f32x4.sub(f32x4.sub(leftHalf, here), above))
    const bottomLeft = f32x4.pmax(zero, f32x4.sub(f32x4.sub(leftHalf, below), here))
    const bottomRight = f32x4.pmax(zero, f32x4.sub(f32x4.sub(rightHalf, below), here))
    const topRight = f32x4.pmax(zero, f32x4.sub(f32x4.sub(rightHalf, here), above))
    const sum = f32x4.add(f32x4.add(f32x4.add(topLeft, bottomLeft), bottomRight), topRight)
    const edges = f32x4.mul(sum, f32x4.splat(0.25))
    v128.store(significance + ((<usize>x) << 2), f32x4.div(edges, f32x4.mul(f32x4.splat(2), sigma)))
  }
}

/** The last pixels of a row of the caller's, which nothing may be read behind. */
function loadPart(at: usize, count: i32): v128 {
  let value = f32x4.splat(0)
  if (count > 0) value = f32x4.replace_lane(value, 0, load<f32>(at))
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(at, 4))
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(at, 8))
  return value
}

function smoothSignificance(frame: Frame, y: i32, from: i32, to: i32): void {
  const significance = ringAt(frame, frame.significance, y)
  const smooth = ringAt(frame, frame.smooth, y)
  for (let x = from; x < to; x += 4) {
    v128.store(smooth + ((<usize>x) << 2), middleInRow7(significance + ((<usize>x) << 2) - 12))
  }
}

/** How far the significance stands out of what is around; 0 at the frame's edge. */
function contrastAt(frame: Frame, x: i32, y: i32): v128 {
  const ring = frame.significance + ((<usize>x) << 2)
  const itself = v128.load(ringAt(frame, ring, y))
  const inside = insideOf(frame, x, y, frame.separable ? 3 : 2)
  const around = frame.separable
    ? columnMiddle7(frame, frame.smooth, x, y)
    : squareMiddle5Of(
        frame,
        ringAt(frame, ring, y - 2) - 8,
        ringAt(frame, ring, y - 1) - 8,
        ringAt(frame, ring, y) - 8,
        ringAt(frame, ring, y + 1) - 8,
        ringAt(frame, ring, y + 2) - 8,
      )
  return v128.and(f32x4.sub(itself, around), inside)
}

/** Lanes that also stand out of what a star would leave. */
function sureOf(frame: Frame, x: i32, y: i32, contrast: v128): v128 {
  const noise = v128.load(ringAt(frame, frame.noise, y) + ((<usize>x) << 2))
  const structure = f32x4.pmax(f32x4.splat(LEAST_STRUCTURE), f32x4.div(fineStructure(frame, x, y), noise))
  return f32x4.gt(f32x4.div(contrast, structure), f32x4.splat(frame.contrast))
}

/** Two masks of four f32 lanes as eight bytes in the lower half. */
function asBytes(first: v128, second: v128): v128 {
  const words = i16x8.narrow_i32x4_s(first, second)
  return i8x16.narrow_i16x8_s(words, words)
}

/** Flags of row y, a block at a time. */
function flagRow(frame: Frame, y: i32, from: i32, to: i32): void {
  const flags = byteRingAt(frame, frame.flags, y)
  const low = f32x4.splat(frame.low)
  const high = f32x4.splat(frame.high)
  let sureOnes = false
  for (let x = from; x < to; x += BLOCK) {
    const first = contrastAt(frame, x, y)
    const second = contrastAt(frame, x + 4, y)
    const state = v128.load64_zero(stateAt(frame, x, y))
    const trusted = i8x16.eq(v128.and(state, i8x16.splat(UNTRUSTED)), i8x16.splat(0))
    const bright = v128.and(asBytes(f32x4.gt(first, high), f32x4.gt(second, high)), trusted)
    let found = v128.or(
      v128.and(v128.and(asBytes(f32x4.gt(first, low), f32x4.gt(second, low)), trusted), i8x16.splat(LOW)),
      v128.and(bright, i8x16.splat(HIGH)),
    )
    const candidates = i64x2.extract_lane(bright, 0)
    if (candidates !== 0) {
      const none = f32x4.splat(0)
      const sure = v128.and(
        bright,
        asBytes(
          (candidates & 0xffffffff) !== 0 ? sureOf(frame, x, y, first) : none,
          candidates >>> 32 !== 0 ? sureOf(frame, x + 4, y, second) : none,
        ),
      )
      found = v128.or(found, v128.and(sure, i8x16.splat(SURE)))
      if (i64x2.extract_lane(sure, 0) !== 0) sureOnes = true
    }
    v128.store64_lane(flags + <usize>x, found, 0)
  }
  if (sureOnes) store<u8>(frame.sureRows + <usize>(y & (RING - 1)), 1)
}

/** Whether one of three rows of a ring holds anything. */
function anyAround(rows: usize, y: i32): bool {
  return (
    (load<u8>(rows + <usize>((y - 1) & (RING - 1))) |
      load<u8>(rows + <usize>(y & (RING - 1))) |
      load<u8>(rows + <usize>((y + 1) & (RING - 1)))) !==
    0
  )
}

/** Eight pixels of a ring of bytes, each or-ed with its eight neighbours. */
function orAround(frame: Frame, ring: usize, x: i32, y: i32): v128 {
  let all = i8x16.splat(0)
  for (let dy = -1; dy <= 1; dy++) {
    const at = byteRingAt(frame, ring, y + dy) + <usize>x
    all = v128.or(all, v128.load64_zero(at - 1))
    all = v128.or(all, v128.load64_zero(at))
    all = v128.or(all, v128.load64_zero(at + 1))
  }
  return all
}

/** Hits of row y and what is bright beside them. */
function growRow(frame: Frame, y: i32, from: i32, to: i32): void {
  const flags = byteRingAt(frame, frame.flags, y)
  const near = byteRingAt(frame, frame.near, y)
  let any = i8x16.splat(0)
  for (let x = from; x < to; x += BLOCK) {
    const beside = i8x16.ne(v128.and(orAround(frame, frame.flags, x, y), i8x16.splat(SURE)), i8x16.splat(0))
    const bright = v128.and(v128.load64_zero(flags + <usize>x), i8x16.splat(HIGH))
    const grown = v128.and(beside, bright)
    any = v128.or(any, grown)
    v128.store64_lane(near + <usize>x, grown, 0)
  }
  if (v128.any_true(any)) store<u8>(frame.nearRows + <usize>(y & (RING - 1)), 1)
}

/** Those and what is less bright beside them, written down. Returns whether there is any. */
function writeHits(frame: Frame, y: i32, from: i32, to: i32): bool {
  const flags = byteRingAt(frame, frame.flags, y)
  let any = false
  for (let x = from; x < to; x += BLOCK) {
    const beside = i8x16.ne(orAround(frame, frame.near, x, y), i8x16.splat(0))
    const bright = i8x16.ne(v128.and(v128.load64_zero(flags + <usize>x), i8x16.splat(LOW)), i8x16.splat(0))
    const hits = v128.and(beside, bright)
    if (i64x2.extract_lane(hits, 0) === 0) continue
    any = true
    const state = stateAt(frame, x, y)
    v128.store64_lane(state, v128.or(v128.load64_zero(state), v128.and(hits, i8x16.splat(HIT | FOUND))), 0)
  }
  return any
}

/** What is done to a row as the front passes, and how many rows behind it. */
const RATE_BEHIND = 3
const FLAG_BEHIND = 6
const GROW_BEHIND = 7
const WRITE_BEHIND = 8

/** One look at the marked blocks; rows stream through the rings. Returns whether there are hits. */
export function findHits(frame: Frame): bool {
  const height = frame.height
  let any = false
  for (let front = 0; front < height + WRITE_BEHIND; front++) {
    if (front < height && frame.separable) {
      for (let x = startOfRun(frame, 0, front, LOOKED_AT), end = 0; x < frame.width;) {
        end = endOfRun(frame, x, front, LOOKED_AT)
        smoothRow(frame, front, x, end)
        x = startOfRun(frame, end, front, LOOKED_AT)
      }
    }
    const rated = front - RATE_BEHIND
    if (rated >= 0 && rated < height) {
      for (let x = startOfRun(frame, 0, rated, LOOKED_AT), end = 0; x < frame.width;) {
        end = endOfRun(frame, x, rated, LOOKED_AT)
        rateEdges(frame, rated, x, end)
        if (frame.separable) smoothSignificance(frame, rated, x, end)
        x = startOfRun(frame, end, rated, LOOKED_AT)
      }
    }
    const flagged = front - FLAG_BEHIND
    if (flagged >= 0 && flagged < height) {
      store<u8>(frame.sureRows + <usize>(flagged & (RING - 1)), 0)
      for (let x = startOfRun(frame, 0, flagged, LOOKED_AT), end = 0; x < frame.width;) {
        end = endOfRun(frame, x, flagged, LOOKED_AT)
        flagRow(frame, flagged, x, end)
        x = startOfRun(frame, end, flagged, LOOKED_AT)
      }
    }
    // The outermost rows hold no flags, so that rows off the frame are never asked for.
    const grown = front - GROW_BEHIND
    if (grown > 0 && grown < height - 1) {
      store<u8>(frame.nearRows + <usize>(grown & (RING - 1)), 0)
      if (anyAround(frame.sureRows, grown)) growWholeRow(frame, grown)
      else memory.fill(byteRingAt(frame, frame.near, grown), 0, frame.width)
    }
    const written = front - WRITE_BEHIND
    if (written > 1 && written < height - 2 && anyAround(frame.nearRows, written)) {
      for (let x = startOfRun(frame, 0, written, WANTED), end = 0; x < frame.width;) {
        end = endOfRun(frame, x, written, WANTED)
        if (writeHits(frame, written, x, end)) any = true
        x = startOfRun(frame, end, written, WANTED)
      }
    }
  }
  return any
}

function growWholeRow(frame: Frame, y: i32): void {
  growRow(frame, y, 0, frame.blocks * BLOCK)
}
