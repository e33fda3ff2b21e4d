import { Lanes } from './decode-lanes'

/** 2^31 and 2^63: the offsets of unsigned integers, which FITS stores with the sign bit flipped. */
const UNSIGNED_32: f64 = 2147483648
// With the point: without it the compiler reads a 64-bit integer, and that is a negative one.
const UNSIGNED_64: f64 = 9223372036854775808.0

/** Stored values of 8 and 16 bits: with a whole offset the sum is an exact 32-bit integer, which is rounded once. */
function decodeShort(
  source: usize,
  bitpix: i32,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i32,
  output: usize,
  length: i32,
): void {
  const whole = Lanes.isWholeOffset(bzero, bscale)
  const offset = i32x4.splat(whole ? <i32>bzero : 0)
  const blanks = i32x4.splat(blank)
  const inFours = length & ~3
  let index = 0
  for (; index < inFours; index += 4) {
    const stored =
      bitpix == 8 ? Lanes.load8(source + <usize>index) : Lanes.load16(source + ((<usize>index) << 1))
    let value = whole
      ? f32x4.convert_i32x4_s(i32x4.add(stored, offset))
      : Lanes.scaleIntegers(stored, bzero, bscale)
    if (hasBlank) value = v128.or(value, i32x4.eq(stored, blanks))
    v128.store(output + ((<usize>index) << 2), value)
  }
  for (; index < length; index++) {
    const stored: i32 =
      bitpix == 8
        ? load<u8>(source + <usize>index)
        : <i32>(<i16>bswap<u16>(load<u16>(source + ((<usize>index) << 1))))
    const value = hasBlank && stored == blank ? <f32>NaN : <f32>(bzero + bscale * <f64>stored)
    store<f32>(output + ((<usize>index) << 2), value)
  }
}

function decode32(
  source: usize,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i32,
  output: usize,
  length: i32,
): void {
  const signed = bscale == 1 && bzero == 0
  const unsigned = bscale == 1 && bzero == UNSIGNED_32
  const blanks = i32x4.splat(blank)
  const signs = i32x4.splat(i32.MIN_VALUE)
  const inFours = length & ~3
  let index = 0
  for (; index < inFours; index += 4) {
    const stored = Lanes.load32(source + ((<usize>index) << 2))
    let value = signed
      ? f32x4.convert_i32x4_s(stored)
      : unsigned
        ? f32x4.convert_i32x4_u(v128.xor(stored, signs))
        : Lanes.scaleIntegers(stored, bzero, bscale)
    if (hasBlank) value = v128.or(value, i32x4.eq(stored, blanks))
    v128.store(output + ((<usize>index) << 2), value)
  }
  for (; index < length; index++) {
    const stored = <i32>bswap<u32>(load<u32>(source + ((<usize>index) << 2)))
    const value = hasBlank && stored == blank ? <f32>NaN : <f32>(bzero + bscale * <f64>stored)
    store<f32>(output + ((<usize>index) << 2), value)
  }
}

/** One by one: there is no vector road from 64-bit integers to floats. */
function decode64(
  source: usize,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i64,
  output: usize,
  length: i32,
): void {
  const unsigned = bscale == 1 && bzero == UNSIGNED_64
  for (let index = 0; index < length; index++) {
    const stored = <i64>bswap<u64>(load<u64>(source + ((<usize>index) << 3)))
    const value = unsigned ? <f64>((<u64>stored) ^ 0x8000000000000000) : bzero + bscale * <f64>stored
    store<f32>(output + ((<usize>index) << 2), hasBlank && stored == blank ? <f32>NaN : <f32>value)
  }
}

function decodeFloat32(source: usize, bzero: f64, bscale: f64, output: usize, length: i32): void {
  const plain = bzero == 0 && bscale == 1
  const inFours = length & ~3
  let index = 0
  for (; index < inFours; index += 4) {
    const stored = Lanes.load32(source + ((<usize>index) << 2))
    v128.store(output + ((<usize>index) << 2), plain ? stored : Lanes.scaleFloats(stored, bzero, bscale))
  }
  for (; index < length; index++) {
    const bits = bswap<u32>(load<u32>(source + ((<usize>index) << 2)))
    const value = reinterpret<f32>(bits)
    store<f32>(output + ((<usize>index) << 2), plain ? value : <f32>(bzero + bscale * <f64>value))
  }
}

function decodeFloat64(source: usize, bzero: f64, bscale: f64, output: usize, length: i32): void {
  const inFours = length & ~3
  let index = 0
  for (; index < inFours; index += 4) {
    const low = Lanes.loadDoubles(source + ((<usize>index) << 3))
    const high = Lanes.loadDoubles(source + ((<usize>index) << 3) + 16)
    v128.store(output + ((<usize>index) << 2), Lanes.scaleDoubles(low, high, bzero, bscale))
  }
  for (; index < length; index++) {
    const value = reinterpret<f64>(bswap<u64>(load<u64>(source + ((<usize>index) << 3))))
    store<f32>(output + ((<usize>index) << 2), <f32>(bzero + bscale * value))
  }
}

/** `length` big-endian stored values as floats. `hasBlank` only for integers, with a blank that the width can hold. */
export function decode(
  source: usize,
  bitpix: i32,
  bzero: f64,
  bscale: f64,
  hasBlank: bool,
  blank: i64,
  output: usize,
  length: i32,
): void {
  if (bitpix == 8 || bitpix == 16)
    decodeShort(source, bitpix, bzero, bscale, hasBlank, <i32>blank, output, length)
  else if (bitpix == 32) decode32(source, bzero, bscale, hasBlank, <i32>blank, output, length)
  else if (bitpix == 64) decode64(source, bzero, bscale, hasBlank, blank, output, length)
  else if (bitpix == -32) decodeFloat32(source, bzero, bscale, output, length)
  else decodeFloat64(source, bzero, bscale, output, length)
}
