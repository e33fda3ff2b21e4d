import { networkFor, sortIntegers } from '../build/networks'
import { combineGroup } from './combine-group'
import { ROW } from './combine-sort'

/** Bytes of scratch for a call: a column of eight integers, two of four floats, a range. */
export function combineRawScratch(rows: i32): usize {
  return 3 * ((<usize>rows) << 4) + 64
}

/** Eight sorted integers of each row as two columns of four floats: order survives the change. */
function widen(integers: usize, rows: i32, zero: f32, left: usize, right: usize): void {
  const zeros = f32x4.splat(zero)
  for (let at: usize = 0, end = (<usize>rows) << 4; at < end; at += ROW) {
    const eight = v128.load(integers + at)
    v128.store(left + at, f32x4.add(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(eight)), zeros))
    v128.store(right + at, f32x4.add(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(eight)), zeros))
  }
}

/**
 * Combines `length` pixels, a multiple of eight, of big-endian 16-bit planes at one stride: sorted as integers, eight at a time,
 * and made floats after. For plain rules (`isPlain`), numbers of planes that have a network of their own, and whole `zero`.
 */
export function combineRaw(
  planes: usize,
  stride: usize,
  zero: f32,
  rows: i32,
  length: i32,
  rule: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
  scratch: usize,
): void {
  const bytes = (<usize>rows) << 4
  const integers = scratch
  const left = scratch + bytes
  const right = left + bytes
  const range = right + bytes
  for (let pixel: usize = 0; pixel < <usize>length; pixel += 8) {
    sortIntegers(networkFor(rows), planes + (pixel << 1), stride, integers, ROW)
    widen(integers, rows, zero, left, right)
    const at = data + (pixel << 2)
    const lent = uncertainty ? uncertainty + (pixel << 2) : 0
    const counted = count ? count + (pixel << 1) : 0
    combineGroup(left, rows, rule, range, at, lent, counted)
    combineGroup(right, rows, rule, range, at + 16, lent ? lent + 16 : 0, counted ? counted + 8 : 0)
  }
}
