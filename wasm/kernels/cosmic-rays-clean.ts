import {
  BLOCK,
  FOUND,
  HIT,
  LOOKED_AT,
  UNTRUSTED,
  WANTED,
  planeAt,
  ringAt,
  stateAt,
  Frame,
} from './cosmic-rays-frame'
import { levelOf } from './cosmic-rays-level'

export const MEAN_OF_GOOD: i32 = 0
export const MEDIAN_OF_GOOD: i32 = 1
export const MEDIAN_OF_ALL: i32 = 2

const REACH = 2
/** How far a finding looks to each side, and what its windows look at beyond that. */
const FINDING_REACH = 8
const WINDOW_ROWS = 8

/** What hangs on a changed pixel is to be looked at again, and the blocks and rows that those windows need worked out anew. */
function markAround(frame: Frame, x: i32, y: i32): void {
  const first = max(0, x - FINDING_REACH) / BLOCK
  const last = min(frame.width - 1, x + FINDING_REACH) / BLOCK
  const top = max(0, y - FINDING_REACH - WINDOW_ROWS)
  const bottom = min(frame.height - 1, y + FINDING_REACH + WINDOW_ROWS)
  for (let row = top; row <= bottom; row++) {
    const marks = frame.marks + <usize>row * <usize>frame.blocks
    const mark = abs(row - y) <= FINDING_REACH ? WANTED | LOOKED_AT : LOOKED_AT
    for (let block = max(0, first - 1); block <= min(frame.blocks - 1, last + 1); block++) {
      const at = marks + <usize>block
      store<u8>(at, load<u8>(at) | (block >= first && block <= last ? mark : LOOKED_AT))
    }
  }
}

/** Lower middle one of the first values of the windows' room, which are sorted. */
function lowerMedian(values: usize, count: i32): f32 {
  for (let i = 1; i < count; i++) {
    const value = load<f32>(values + ((<usize>i) << 2))
    let j = i - 1
    for (; j >= 0 && load<f32>(values + ((<usize>j) << 2)) > value; j--) {
      store<f32>(values + ((<usize>j) << 2), load<f32>(values + ((<usize>j) << 2)), 4)
    }
    store<f32>(values + ((<usize>(j + 1)) << 2), value)
  }
  return load<f32>(values + ((<usize>((count - 1) >> 1)) << 2))
}

/** What a hit becomes. The sum is in f32 and row by row, as in the reference. */
function replacement(frame: Frame, x: i32, y: i32, rule: i32): f32 {
  const avoid: u8 = rule === MEDIAN_OF_ALL ? 0 : HIT | UNTRUSTED
  let count = 0
  let sum: f32 = 0
  for (let row = y - REACH; row <= y + REACH; row++) {
    const state = stateAt(frame, x - REACH, row)
    const plane = planeAt(frame, x - REACH, row)
    for (let k: usize = 0; k < 5; k++) {
      if ((load<u8>(state + k) & avoid) !== 0) continue
      const value = load<f32>(plane + (k << 2))
      store<f32>(frame.windows + ((<usize>count) << 2), value)
      sum += value
      count++
    }
  }
  if (count === 0) return levelOf(frame)
  return rule === MEAN_OF_GOOD ? sum / <f32>count : lowerMedian(frame.windows, count)
}

/** Puts the replacements of a row, kept in a ring until no window needs the old values, into the plane. */
function commitRow(frame: Frame, y: i32, wanted: u8): bool {
  const state = stateAt(frame, 0, y)
  const ring = ringAt(frame, frame.rows, y)
  let changed = false
  for (let block = 0; block < frame.width; block += 16) {
    if (!v128.any_true(v128.and(v128.load(state + <usize>block), i8x16.splat(wanted)))) continue
    const end = min(block + 16, frame.width - REACH)
    for (let x = max(block, REACH); x < end; x++) {
      if ((load<u8>(state + <usize>x) & wanted) === 0) continue
      const at = planeAt(frame, x, y)
      const value = load<f32>(ring + ((<usize>x) << 2))
      if (value === load<f32>(at)) continue
      store<f32>(at, value)
      markAround(frame, x, y)
      changed = true
    }
  }
  return changed
}

/**
 * Replaces all hits, or by the median of all those just found, and marks what has to be looked at again because a pixel within
 * reach has changed: everything else would be found as it was, and has been written down. Returns whether any pixel has changed.
 */
export function cleanHits(frame: Frame, rule: i32): bool {
  memory.fill(frame.marks, 0, <usize>frame.height * <usize>frame.blocks)
  const wanted: u8 = rule === MEDIAN_OF_ALL ? FOUND : HIT
  const end = frame.height - REACH
  let changed = false
  for (let y = REACH; y < end + REACH; y++) {
    if (y < end) {
      const state = stateAt(frame, 0, y)
      const ring = ringAt(frame, frame.rows, y)
      for (let block = 0; block < frame.width; block += 16) {
        if (!v128.any_true(v128.and(v128.load(state + <usize>block), i8x16.splat(wanted)))) continue
        const last = min(block + 16, frame.width - REACH)
        for (let x = max(block, REACH); x < last; x++) {
          if ((load<u8>(state + <usize>x) & wanted) === 0) continue
          store<f32>(ring + ((<usize>x) << 2), replacement(frame, x, y, rule))
        }
      }
    }
    const ready = y - REACH
    if (ready >= REACH && commitRow(frame, ready, wanted)) changed = true
  }
  return changed
}

/** Forgets which hits were found in the last round. */
export function forgetFound(frame: Frame): void {
  const keep = i8x16.splat(~FOUND)
  for (let y = 0; y < frame.height; y++) {
    const row = stateAt(frame, 0, y)
    for (let x: usize = 0; x < <usize>frame.width; x += 16) {
      v128.store(row + x, v128.and(v128.load(row + x), keep))
    }
  }
}
