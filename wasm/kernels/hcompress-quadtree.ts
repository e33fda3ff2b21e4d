import { Bits } from './hcompress-bits'

/** Spreads patterns over a grid of rows x columns and puts a new one, read from the last to the first, at each bit that is set. */
function expand(
  source: usize,
  end: usize,
  from: u64,
  patterns: usize,
  target: usize,
  rows: i32,
  columns: i32,
): u64 {
  let place = from
  const across = (columns + 1) >> 1
  for (let y = rows - 1; y >= 0; y--) {
    const parents = patterns + <usize>((y >> 1) * across)
    const line = target + <usize>(y * columns)
    const upper = (y & 1) == 0 ? 2 : 0
    for (let x = columns - 1; x >= 0; x--) {
      const set = ((<u32>load<u8>(parents + <usize>(x >> 1))) >> (upper + 1 - (x & 1))) & 1
      let pattern: u32 = 0
      if (set) {
        const entry = Bits.pattern(source, end, place)
        place += entry >> 4
        pattern = entry & 15
      }
      store<u8>(line + <usize>x, <u8>pattern)
    }
  }
  return place
}

/** Sets a bit in the coefficients where the patterns have one. */
function insertPlane(patterns: usize, target: usize, stride: i32, rows: i32, columns: i32, plane: i32): void {
  const weight: i64 = 1 << (<i64>plane)
  const across = (columns + 1) >> 1
  for (let y = 0; y < rows; y += 2) {
    const line = patterns + <usize>((y >> 1) * across)
    const upper = target + ((<usize>(y * stride)) << 3)
    const lower = upper + ((<usize>stride) << 3)
    const hasLower = y + 1 < rows
    for (let x = 0; x < across; x++) {
      const pattern = <u32>load<u8>(line + <usize>x)
      if (pattern == 0) continue
      const byte = (<usize>x) << 4
      const hasRight = 2 * x + 1 < columns
      if (pattern & 8) store<i64>(upper + byte, load<i64>(upper + byte) | weight)
      if (pattern & 4 && hasRight) store<i64>(upper + byte + 8, load<i64>(upper + byte + 8) | weight)
      if (pattern & 2 && hasLower) store<i64>(lower + byte, load<i64>(lower + byte) | weight)
      if (pattern & 1 && hasRight && hasLower)
        store<i64>(lower + byte + 8, load<i64>(lower + byte + 8) | weight)
    }
  }
}

function ceilShift(value: i32, shift: i32): i32 {
  return max(1, <i32>((<i64>value + (1 << (<i64>shift)) - 1) >> shift))
}

/**
 * Adds the bit planes of a quadrant to the 64-bit coefficients at `target`. Gives the place in the stream behind them, or the highest
 * place of all when a plane is of a kind that there is not or does not end. `first` and `second` are lent for patterns, a byte for each pixel.
 */
export function decodeQuadtree(
  source: usize,
  end: usize,
  from: u64,
  target: usize,
  stride: i32,
  rows: i32,
  columns: i32,
  planes: i32,
  first: usize,
  second: usize,
): u64 {
  let place = from
  const patterns = ((rows + 1) >> 1) * ((columns + 1) >> 1)
  let levels = 0
  while ((<i64>1) << levels < <i64>max(rows, columns)) levels++
  for (let plane = planes - 1; plane >= 0; plane--) {
    const kind = Bits.look(source, end, place) >> 28
    place += 4
    let current = first
    if (kind == 0) {
      for (let index = 0; index < patterns; index++) {
        store<u8>(current + <usize>index, <u8>(Bits.look(source, end, place) >> 28))
        place += 4
      }
    } else if (kind == 15) {
      const entry = Bits.pattern(source, end, place)
      place += entry >> 4
      store<u8>(current, <u8>(entry & 15))
      for (let level = levels - 1; level >= 1; level--) {
        const other = current == first ? second : first
        place = expand(source, end, place, current, other, ceilShift(rows, level), ceilShift(columns, level))
        current = other
      }
    } else return u64.MAX_VALUE
    if (place > (<u64>(end - source)) << 3) return u64.MAX_VALUE
    insertPlane(current, target, stride, rows, columns, plane)
  }
  return place
}
