import { finishTile } from './finish-tile'
import { invertHTransform, LARGEST_COEFFICIENT } from './h-transform'
import { Bits } from './hcompress-bits'
import { decodeQuadtree } from './hcompress-quadtree'

const HEADER_BYTES: i32 = 25
const MOST_PLANES: i32 = 48

function loadInteger(at: usize): i32 {
  return <i32>bswap<u32>(load<u32>(at))
}

/**
 * One tile as 32-bit integers at `output`. False when its bytes end too early, make no sense or hold another number of pixels.
 * `scratch`: 18 bytes a pixel.
 */
function decodeHcompressTile(
  source: usize,
  length: i32,
  output: usize,
  count: i32,
  smooth: bool,
  scratch: usize,
): bool {
  if (length < HEADER_BYTES || load<u8>(source) != 0xdd || load<u8>(source + 1) != 0x99) return false
  const rows = loadInteger(source + 2)
  const columns = loadInteger(source + 6)
  const scale = loadInteger(source + 10)
  if (rows < 1 || columns < 1 || <i64>rows * <i64>columns != <i64>count) return false
  const planes0 = <i32>load<u8>(source + 22)
  const planes1 = <i32>load<u8>(source + 23)
  const planes2 = <i32>load<u8>(source + 24)
  if (max(planes0, max(planes1, planes2)) > MOST_PLANES) return false

  const size = <usize>count
  const data = scratch
  const spare = data + (size << 3)
  const first = spare + (size << 3)
  const second = first + size
  const end = source + <usize>length
  memory.fill(data, 0, size << 3)

  const down = (rows + 1) >> 1
  const across = (columns + 1) >> 1
  const right = (<usize>across) << 3
  const below = (<usize>(down * columns)) << 3
  let place: u64 = (<u64>HEADER_BYTES) << 3
  for (let quadrant = 0; quadrant < 4; quadrant++) {
    const lower = quadrant >> 1
    const later = quadrant & 1
    place = decodeQuadtree(
      source,
      end,
      place,
      data + (lower ? below : 0) + (later ? right : 0),
      columns,
      lower ? rows - down : down,
      later ? columns - across : across,
      quadrant == 0 ? planes0 : quadrant == 3 ? planes2 : planes1,
      first,
      second,
    )
    if (place == u64.MAX_VALUE) return false
  }
  if (Bits.look(source, end, place) >> 28 != 0) return false
  place = (place + 4 + 7) & ~7

  const factor: i64 = max(1, scale)
  const bytes = size << 3
  const sum = <i64>bswap<u64>(load<u64>(source + 14))
  if (sum == i64.MIN_VALUE) return false
  let largest = sum < 0 ? -sum : sum
  for (let at: usize = 0; at < bytes; at += 8) largest = max(largest, load<i64>(data + at))
  if (largest > (LARGEST_COEFFICIENT - 1) / factor) return false
  for (let at: usize = 0; at < bytes; at += 8) {
    const magnitude = load<i64>(data + at)
    if (magnitude == 0) continue
    const negative = Bits.look(source, end, place) >> 31
    place++
    store<i64>(data + at, (negative ? -magnitude : magnitude) * factor)
  }
  if (place > (<u64>length) << 3) return false
  store<i64>(data, sum * factor)
  if (!invertHTransform(data, spare, rows, columns, smooth ? scale : 0)) return false
  for (let index: usize = 0; index < size; index++)
    store<i32>(output + (index << 2), <i32>load<i64>(data + (index << 3)))
  return true
}

/** Many HCOMPRESS_1 tiles out of one heap, as floats; as decodeRice. */
export function decodeHcompress(
  smooth: bool,
  scratch: usize,
  heap: usize,
  heapLength: i32,
  offsets: usize,
  lengths: usize,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i32,
  scales: usize,
  zeros: usize,
  seeds: usize,
  dither: i32,
  randoms: usize,
  pixelsPerTile: i32,
  output: usize,
  pixels: i32,
  damaged: usize,
): void {
  let start = 0
  for (let tile: usize = 0; start < pixels; tile++) {
    const count = min(pixelsPerTile, pixels - start)
    const offset = load<i32>(offsets + (tile << 2))
    const length = load<i32>(lengths + (tile << 2))
    const at = output + ((<usize>start) << 2)
    const inside = offset >= 0 && length >= 0 && length <= heapLength && offset <= heapLength - length
    const good = inside && decodeHcompressTile(heap + <usize>offset, length, at, count, smooth, scratch)
    store<u8>(damaged + tile, good ? 0 : 1)
    finishTile(
      at,
      count,
      good,
      false,
      scales ? load<f64>(zeros + (tile << 3)) : bzero,
      scales ? load<f64>(scales + (tile << 3)) : bscale,
      hasBlank,
      blank,
      dither,
      seeds ? load<i32>(seeds + (tile << 2)) : 0,
      randoms,
    )
    start += count
  }
}
