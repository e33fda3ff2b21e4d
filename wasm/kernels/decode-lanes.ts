/** How bytes become lanes and lanes become pixels. Shared by what reads raw pixels. */
export class Lanes {
  /** Four big-endian 16-bit integers, signed: each pair of bytes goes to the upper half of a lane and is shifted down. */
  @inline static load16(source: usize): v128 {
    const bytes = v128.load64_zero(source)
    return i32x4.shr_s(i8x16.shuffle(bytes, bytes, 0, 0, 1, 0, 0, 0, 3, 2, 0, 0, 5, 4, 0, 0, 7, 6), 16)
  }

  /** Four big-endian 32-bit words. */
  @inline static load32(source: usize): v128 {
    const bytes = v128.load(source)
    return i8x16.shuffle(bytes, bytes, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
  }

  /** Four bytes, unsigned. */
  @inline static load8(source: usize): v128 {
    return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(source)))
  }

  /** Two big-endian 64-bit floats. */
  @inline static loadDoubles(source: usize): v128 {
    const bytes = v128.load(source)
    return i8x16.shuffle(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)
  }

  /** bzero + bscale x of two pairs of doubles, rounded once, as four floats: the order and the rounding of the reference. */
  @inline static scaleDoubles(low: v128, high: v128, bzero: f64, bscale: f64): v128 {
    const zeros = f64x2.splat(bzero)
    const scales = f64x2.splat(bscale)
    return i32x4.shuffle(
      f32x4.demote_f64x2_zero(f64x2.add(zeros, f64x2.mul(scales, low))),
      f32x4.demote_f64x2_zero(f64x2.add(zeros, f64x2.mul(scales, high))),
      0,
      1,
      4,
      5,
    )
  }

  /** The same of four signed integers. */
  @inline static scaleIntegers(stored: v128, bzero: f64, bscale: f64): v128 {
    return Lanes.scaleDoubles(
      f64x2.convert_low_i32x4_s(stored),
      f64x2.convert_low_i32x4_s(i32x4.shuffle(stored, stored, 2, 3, 2, 3)),
      bzero,
      bscale,
    )
  }

  /** The same of four floats. */
  @inline static scaleFloats(stored: v128, bzero: f64, bscale: f64): v128 {
    return Lanes.scaleDoubles(
      f64x2.promote_low_f32x4(stored),
      f64x2.promote_low_f32x4(i32x4.shuffle(stored, stored, 2, 3, 2, 3)),
      bzero,
      bscale,
    )
  }

  /** True when values of up to 16 bits can be added to `bzero` as 32-bit integers: the sum is exact and rounded once. */
  @inline static isWholeOffset(bzero: f64, bscale: f64): bool {
    return bscale == 1 && Math.abs(bzero) < 1073741824 && Math.floor(bzero) == bzero
  }
}
