import { networkFor, sortFloats } from '../build/networks'

/** Rows of a column lie so far apart once they are gathered: one vector of four pixels each. */
export const ROW: usize = 16
/** Largest part that is sorted in registers. */
const LARGEST: i32 = 64

/** Numbers of rows beyond `LARGEST` are sorted in so many interleaved parts, a power of two. */
function partsFor(rows: i32): i32 {
  let parts = 1
  while ((rows + parts - 1) / parts > LARGEST) parts <<= 1
  return parts
}

/** Rows, with padding, that a gathered column of so many rows needs. */
export function paddedRows(rows: i32): i32 {
  const parts = partsFor(rows)
  return parts * networkFor((rows + parts - 1) / parts)
}

/**
 * Brings interleaved sorted parts together: the last passes of merge exchange (Knuth 5.2.2 M), which begin with every part
 * rows i, i + parts, i + 2 parts, ... in order. Rows beyond the real ones hold infinity and need no look.
 */
function mergeParts(column: usize, rows: i32, parts: i32): void {
  let top = 1
  while (top < rows) top <<= 1
  top >>= 1
  for (let p = parts >> 1; p > 0; p >>= 1) {
    let q = top
    let r = 0
    let d = p
    while (true) {
      const end = rows - d
      for (let base = r; base < end; base += 2 * p) {
        let low = column + ((<usize>base) << 4)
        let high = low + ((<usize>d) << 4)
        for (let i = min(p, end - base); i > 0; i--) {
          const a = v128.load(low)
          const b = v128.load(high)
          v128.store(low, f32x4.pmin(a, b))
          v128.store(high, f32x4.pmax(a, b))
          low += ROW
          high += ROW
        }
      }
      if (q == p) break
      d = q - p
      q >>= 1
      r = p
    }
  }
}

/** Sorts a gathered column in place; it is padded to `paddedRows` with infinity, and holds no NaN. */
export function sortColumn(column: usize, rows: i32): void {
  if (rows < 2) return
  const parts = partsFor(rows)
  const size = networkFor((rows + parts - 1) / parts)
  const step = (<usize>parts) << 4
  for (let part = 0; part < parts; part++) {
    const first = column + ((<usize>part) << 4)
    sortFloats(size, first, step, first, step)
  }
  mergeParts(column, rows, parts)
}
