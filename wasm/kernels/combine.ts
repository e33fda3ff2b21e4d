import { networkFor, sortFloats } from '../build/networks'
import { combineGroup, isPlain, needsOrder } from './combine-group'
import { combineLane } from './combine-lane'
import { paddedRows, ROW, sortColumn } from './combine-sort'

/** Numbers of planes up to this are sorted straight from where they lie. */
const DIRECT: i32 = 32

/** Bytes of scratch for a call: two columns of four pixels, counts of four pixels, a range. */
export function combineScratch(rows: i32): usize {
  return 2 * ((<usize>paddedRows(rows)) << 4) + 64
}

/**
 * Gathers four pixels of all planes into a column, as they take part: scaled, moved, masked. What takes no part becomes infinity,
 * so that it sorts behind everything else. Gives how many values each pixel has.
 */
function gather(
  planes: usize,
  stride: usize,
  masks: usize,
  scales: usize,
  offsets: usize,
  rows: i32,
  pixel: usize,
  column: usize,
): v128 {
  const outside = f32x4.splat(Infinity)
  let valid = i32x4.splat(0)
  for (let row: usize = 0; row < <usize>rows; row++) {
    let value = v128.load(planes + row * stride + (pixel << 2))
    if (scales) value = f32x4.mul(value, v128.load32_splat(scales + (row << 2)))
    if (offsets) value = f32x4.add(value, v128.load32_splat(offsets + (row << 2)))
    let good = f32x4.eq(f32x4.sub(value, value), f32x4.splat(0))
    const mask = masks ? load<u32>(masks + (row << 2)) : 0
    if (mask) {
      const flags = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(<usize>mask + pixel)))
      good = v128.and(good, i32x4.eq(flags, i32x4.splat(0)))
    }
    v128.store(column + (row << 4), v128.bitselect(value, outside, good))
    valid = i32x4.sub(valid, good)
  }
  const end = column + ((<usize>paddedRows(rows)) << 4)
  for (let at = column + ((<usize>rows) << 4); at < end; at += ROW) v128.store(at, outside)
  return valid
}

/**
 * Four pixels one by one by the general rules, each with as many values as it has; those that have `done` values are left as they are.
 */
function combineFour(
  sorted: usize,
  column: usize,
  counts: usize,
  rows: i32,
  done: i32,
  rule: usize,
  range: usize,
  weights: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
): void {
  for (let lane = 0; lane < 4; lane++) {
    const four = (<usize>lane) << 2
    if (load<i32>(counts + four) == done) continue
    const lent = uncertainty ? uncertainty + four : 0
    const counted = count ? count + ((<usize>lane) << 1) : 0
    combineLane(
      sorted + four,
      load<i32>(counts + four),
      rows,
      rule,
      range,
      column + four,
      weights,
      data + four,
      lent,
      counted,
    )
  }
}

/**
 * Combines `length` pixels, a multiple of four, of `rows` planes at one stride. Addresses of 0: no masks (a table of 32-bit addresses, 0
 * where a plane has none), no scales or offsets (f32 each), no weights (f64 each), no uncertainty, no count.
 */
export function combine(
  planes: usize,
  stride: usize,
  masks: usize,
  scales: usize,
  offsets: usize,
  weights: usize,
  rows: i32,
  length: i32,
  rule: usize,
  data: usize,
  uncertainty: usize,
  count: usize,
  scratch: usize,
): void {
  const bytes = (<usize>paddedRows(rows)) << 4
  const sorted = scratch
  const column = scratch + bytes
  const counts = column + bytes
  const range = counts + 16
  const plain = isPlain(rule, weights)
  const ordered = needsOrder(rule)
  const untouched = !masks && !scales && !offsets
  const direct = untouched && plain && ordered && rows > 1 && rows <= DIRECT
  for (let pixel: usize = 0; pixel < <usize>length; pixel += 4) {
    const at = data + (pixel << 2)
    const lent = uncertainty ? uncertainty + (pixel << 2) : 0
    const counted = count ? count + (pixel << 1) : 0
    if (direct) {
      const finite = sortFloats(networkFor(rows), planes + (pixel << 2), stride, sorted, ROW)
      if (v128.any_true(f32x4.ne(finite, finite)) == false) {
        combineGroup(sorted, rows, rule, range, at, lent, counted)
        continue
      }
    }
    const valid = gather(planes, stride, masks, scales, offsets, rows, pixel, column)
    const whole = i32x4.all_true(i32x4.eq(valid, i32x4.splat(rows)))
    if (whole && plain && !ordered) {
      combineGroup(column, rows, rule, range, at, lent, counted)
      continue
    }
    memory.copy(sorted, column, bytes)
    sortColumn(sorted, rows)
    if (whole && plain) {
      combineGroup(sorted, rows, rule, range, at, lent, counted)
      continue
    }
    // A pixel without holes comes to the same bits whoever its neighbours are: which pixels are taken together depends on where a strip begins.
    const mixed = plain && v128.any_true(i32x4.eq(valid, i32x4.splat(rows)))
    if (mixed) combineGroup(ordered ? sorted : column, rows, rule, range, at, lent, counted)
    v128.store(counts, valid)
    combineFour(sorted, column, counts, rows, mixed ? rows : -1, rule, range, weights, at, lent, counted)
  }
}
