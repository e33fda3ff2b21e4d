/** The arithmetic of calibration, four pixels and one at a time. An address of 0 is a plane that is not there. */
export class Calibration {
  @inline static subtractFour(value: v128, plane: usize, factor: f32): v128 {
    return f32x4.sub(value, f32x4.mul(f32x4.splat(factor), v128.load(plane)))
  }

  /** All bits set is a NaN; a response that is NaN gives one by itself. */
  @inline static divideFour(value: v128, flat: usize, leastFlat: f32): v128 {
    const response = v128.load(flat)
    return v128.or(f32x4.div(value, response), f32x4.le(response, f32x4.splat(leastFlat)))
  }

  /** (raw - biasFactor bias - darkFactor dark) / flat, gain not yet applied; NaN where the flat has no response. */
  @inline static reduceFour(
    raw: v128,
    at: usize,
    bias: usize,
    dark: usize,
    flat: usize,
    biasFactor: f32,
    darkFactor: f32,
    leastFlat: f32,
  ): v128 {
    let value = raw
    if (bias) value = Calibration.subtractFour(value, bias + at, biasFactor)
    if (dark) value = Calibration.subtractFour(value, dark + at, darkFactor)
    if (flat) value = Calibration.divideFour(value, flat + at, leastFlat)
    return value
  }

  @inline static reduceOne(
    raw: f32,
    at: usize,
    bias: usize,
    dark: usize,
    flat: usize,
    biasFactor: f32,
    darkFactor: f32,
    leastFlat: f32,
  ): f32 {
    let value = raw
    if (bias) value -= biasFactor * load<f32>(bias + at)
    if (dark) value -= darkFactor * load<f32>(dark + at)
    if (flat) {
      const response = load<f32>(flat + at)
      value = response > leastFlat ? value / response : <f32>NaN
    }
    return value
  }

  /** NaN where the mask is not 0. */
  @inline static maskFour(value: v128, at: usize, mask: usize): v128 {
    if (!mask) return value
    const bytes = v128.load32_zero(mask + (at >> 2))
    const flags = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes))
    return v128.or(value, i32x4.gt_s(flags, i32x4.splat(0)))
  }

  @inline static maskOne(value: f32, at: usize, mask: usize): f32 {
    return mask && load<u8>(mask + (at >> 2)) != 0 ? <f32>NaN : value
  }

  /**
   * Standard deviation of a reduced value, gain not yet applied; NaN with the value. `inverse` is 1 / noiseGain^2 and
   * `readVariance` the square of the read noise in electrons.
   */
  @inline static deviateFour(
    raw: v128,
    value: v128,
    at: usize,
    biasError: usize,
    darkError: usize,
    flat: usize,
    flatError: usize,
    biasFactor: f32,
    darkFactor: f32,
    noiseGain: f32,
    readVariance: f32,
    inverse: f32,
    pedestal: f32,
  ): v128 {
    const counts = f32x4.mul(f32x4.splat(noiseGain), f32x4.sub(raw, f32x4.splat(pedestal)))
    const electrons = f32x4.pmax(counts, f32x4.splat(0))
    let variance = f32x4.mul(f32x4.add(electrons, f32x4.splat(readVariance)), f32x4.splat(inverse))
    if (biasError) {
      const error = f32x4.mul(f32x4.splat(biasFactor), v128.load(biasError + at))
      variance = f32x4.add(variance, f32x4.mul(error, error))
    }
    if (darkError) {
      const error = f32x4.mul(f32x4.splat(darkFactor), v128.load(darkError + at))
      variance = f32x4.add(variance, f32x4.mul(error, error))
    }
    if (flat) {
      const response = v128.load(flat + at)
      if (flatError) {
        const error = f32x4.mul(value, v128.load(flatError + at))
        variance = f32x4.add(variance, f32x4.mul(error, error))
      }
      variance = f32x4.div(variance, f32x4.mul(response, response))
    }
    return v128.or(f32x4.sqrt(variance), f32x4.ne(value, value))
  }

  @inline static deviateOne(
    raw: f32,
    value: f32,
    at: usize,
    biasError: usize,
    darkError: usize,
    flat: usize,
    flatError: usize,
    biasFactor: f32,
    darkFactor: f32,
    noiseGain: f32,
    readVariance: f32,
    inverse: f32,
    pedestal: f32,
  ): f32 {
    const counts = noiseGain * (raw - pedestal)
    let variance: f32 = ((counts < 0 ? <f32>0 : counts) + readVariance) * inverse
    if (biasError) {
      const error = biasFactor * load<f32>(biasError + at)
      variance += error * error
    }
    if (darkError) {
      const error = darkFactor * load<f32>(darkError + at)
      variance += error * error
    }
    if (flat) {
      const response = load<f32>(flat + at)
      if (flatError) {
        const error = value * load<f32>(flatError + at)
        variance += error * error
      }
      variance /= response * response
    }
    return isNaN<f32>(value) ? <f32>NaN : sqrt<f32>(variance)
  }
}
