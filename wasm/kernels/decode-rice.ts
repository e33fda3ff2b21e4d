import { finishTile } from './finish-tile'

/** Eight bytes as one big-endian word. */
function loadWord(at: usize): u64 {
  const bytes = v128.load64_zero(at)
  return <u64>(
    i64x2.extract_lane(i8x16.shuffle(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0)
  )
}

/**
 * One RICE_1 tile from [source, end) as 32-bit integers, of which the lowest 8 bytesPerPixel bits count. False when the bytes
 * end before the pixels do, or say what no encoder says; nothing is read past them.
 *
 * `bits` holds the next bits of the stream from its top on, at least `held` of them. A refill takes whole bytes until 56 to 63 are
 * held (F. Giesen, "Reading bits in far too many ways", 2018, variant 4), near the end byte by byte.
 */
function decodeRiceTile(
  source: usize,
  end: usize,
  output: usize,
  count: i32,
  blockSize: i32,
  bytesPerPixel: i32,
): bool {
  if (count == 0) return true
  const splitBits = bytesPerPixel == 1 ? 3 : bytesPerPixel == 2 ? 4 : 5
  const splitWhole = bytesPerPixel == 1 ? 6 : bytesPerPixel == 2 ? 14 : 25
  const wholeBits = bytesPerPixel << 3
  if (end - source < <usize>bytesPerPixel) return false
  let at = source
  let last: u32 = 0
  for (let byte = 0; byte < bytesPerPixel; byte++) last = (last << 8) | load<u8>(at++)

  let bits: u64 = 0
  let held: i32 = 0
  let index = 0
  while (index < count) {
    const blockEnd = min(index + min(blockSize, count), count)
    if (held < splitBits) {
      while (held <= 55 && at < end) {
        bits |= (<u64>load<u8>(at++)) << (56 - held)
        held += 8
      }
      if (held < splitBits) return false
    }
    const split = <i32>(bits >> (64 - splitBits)) - 1
    bits <<= splitBits
    held -= splitBits
    if (split > splitWhole) return false

    if (split < 0) {
      for (; index < blockEnd; index++) store<u32>(output + ((<usize>index) << 2), last)
      continue
    }
    if (split == splitWhole) {
      for (; index < blockEnd; index++) {
        while (held < wholeBits && at < end) {
          bits |= (<u64>load<u8>(at++)) << (56 - held)
          held += 8
        }
        if (held < wholeBits) return false
        const folded = <u32>(bits >> (64 - wholeBits))
        bits <<= wholeBits
        held -= wholeBits
        last += (folded >> 1) ^ (0 - (folded & 1))
        store<u32>(output + ((<usize>index) << 2), last)
      }
      continue
    }

    // So many pixels are had from one refill in the mean: a code is hardly longer than its low bits, a one and some zeros.
    const perRefill = max(1, 56 / (split + 3))
    while (index < blockEnd) {
      if (at + 8 <= end) {
        bits |= loadWord(at) >> held
        at += (63 - held) >> 3
        held |= 56
      } else {
        while (held <= 55 && at < end) {
          bits |= (<u64>load<u8>(at++)) << (56 - held)
          held += 8
        }
      }
      const stop = min(index + perRefill, blockEnd)
      for (; index < stop; index++) {
        let zeros = <i32>clz(bits)
        let used = zeros + split + 1
        if (used > held) {
          // More bits than are held: unusual pixels before this one, or a long run of zeros.
          let run = 0
          while (true) {
            while (held <= 55 && at < end) {
              bits |= (<u64>load<u8>(at++)) << (56 - held)
              held += 8
            }
            zeros = <i32>clz(bits)
            if (zeros < held) break
            if (at == end) return false
            run += held
            bits = 0
            held = 0
          }
          // Only the one and the low bits are left to be had.
          bits <<= zeros
          held -= zeros
          zeros += run
          used = split + 1
          while (held <= 55 && at < end) {
            bits |= (<u64>load<u8>(at++)) << (56 - held)
            held += 8
          }
          if (used > held) return false
        }
        // The one that ends the zeros stands above the low bits and is taken off with the zeros.
        const folded = ((<u32>(zeros - 1)) << split) + <u32>(bits >> (64 - used))
        bits <<= used
        held -= used
        last += (folded >> 1) ^ (0 - (folded & 1))
        store<u32>(output + ((<usize>index) << 2), last)
      }
    }
  }
  return true
}

/** 16-bit values get their sign; 8-bit values have none. */
function extend(at: usize, count: i32, bytesPerPixel: i32): void {
  const end = at + ((<usize>count) << 2)
  for (; at + 16 <= end; at += 16) {
    const value = v128.load(at)
    const signed = i32x4.shr_s(i32x4.shl(value, 16), 16)
    v128.store(at, bytesPerPixel == 1 ? v128.and(value, i32x4.splat(0xff)) : signed)
  }
  for (; at < end; at += 4) {
    const value = load<i32>(at)
    store<i32>(at, bytesPerPixel == 1 ? value & 0xff : <i32>(<i16>value))
  }
}

/**
 * Many RICE_1 tiles of `pixelsPerTile` pixels (the last one may be shorter) out of one heap, as floats. A tile that cannot be
 * decoded is NaN and has a 1 in `damaged`.
 */
export function decodeRice(
  blockSize: i32,
  bytesPerPixel: i32,
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
    const source = heap + <usize>offset
    const good = inside && decodeRiceTile(source, source + <usize>length, at, count, blockSize, bytesPerPixel)
    store<u8>(damaged + tile, good ? 0 : 1)
    if (bytesPerPixel < 4) extend(at, count, bytesPerPixel)
    finishTile(
      at,
      count,
      good,
      bytesPerPixel < 4,
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
