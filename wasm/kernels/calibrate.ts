/** Four pixels at a time; an address of 0 is a master that is not there. The rest of up to three pixels is done one by one. */
export function calibrate(
  raw: usize,
  bias: usize,
  dark: usize,
  flat: usize,
  mask: usize,
  biasFactor: f32,
  darkFactor: f32,
  gain: f32,
  leastFlat: f32,
  output: usize,
  length: i32,
): void {
  const biases = f32x4.splat(biasFactor)
  const darks = f32x4.splat(darkFactor)
  const gains = f32x4.splat(gain)
  const least = f32x4.splat(leastFlat)
  const nothing = f32x4.splat(NaN)
  const bytes = (<usize>length) << 2
  const inFours = bytes & ~15
  let at: usize = 0
  for (; at < inFours; at += 16) {
    let value = v128.load(raw + at)
    if (bias) value = f32x4.sub(value, f32x4.mul(biases, v128.load(bias + at)))
    if (dark) value = f32x4.sub(value, f32x4.mul(darks, v128.load(dark + at)))
    if (flat) {
      const response = v128.load(flat + at)
      value = v128.bitselect(f32x4.div(value, response), nothing, f32x4.gt(response, least))
    }
    value = f32x4.mul(value, gains)
    if (mask) {
      const good = i32x4.eq(
        i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask + (at >> 2)))),
        i32x4.splat(0),
      )
      value = v128.bitselect(value, nothing, good)
    }
    v128.store(output + at, value)
  }
  for (; at < bytes; at += 4) {
    let value = load<f32>(raw + at)
    if (bias) value -= biasFactor * load<f32>(bias + at)
    if (dark) value -= darkFactor * load<f32>(dark + at)
    if (flat) {
      const response = load<f32>(flat + at)
      value = response > leastFlat ? value / response : <f32>NaN
    }
    if (mask && load<u8>(mask + (at >> 2)) != 0) value = <f32>NaN
    store<f32>(output + at, value * gain)
  }
}
