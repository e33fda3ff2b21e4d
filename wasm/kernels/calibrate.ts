import { Calibration } from './calibrate-lanes'

/**
 * Four pixels at a time, the rest of up to three one by one. An address of 0 is a plane that is not there; no uncertainty is made
 * when its address is 0.
 */
export function calibrate(
  raw: usize,
  bias: usize,
  dark: usize,
  flat: usize,
  mask: usize,
  biasError: usize,
  darkError: usize,
  flatError: usize,
  biasFactor: f32,
  darkFactor: f32,
  gain: f32,
  leastFlat: f32,
  readNoise: f32,
  noiseGain: f32,
  pedestal: f32,
  output: usize,
  uncertainty: usize,
  length: i32,
): void {
  const gains = f32x4.splat(gain)
  const readVariance = readNoise * readNoise
  const inverse: f32 = 1 / (noiseGain * noiseGain)
  const bytes = (<usize>length) << 2
  const inFours = bytes & ~15
  let at: usize = 0
  for (; at < inFours; at += 16) {
    const counts = v128.load(raw + at)
    const reduced = Calibration.reduceFour(counts, at, bias, dark, flat, biasFactor, darkFactor, leastFlat)
    const value = Calibration.maskFour(reduced, at, mask)
    if (uncertainty) {
      // prettier-ignore
      const deviation = Calibration.deviateFour(
        counts, value, at, biasError, darkError, flat, flatError,
        biasFactor, darkFactor, noiseGain, readVariance, inverse, pedestal,
      )
      v128.store(uncertainty + at, f32x4.mul(deviation, gains))
    }
    v128.store(output + at, f32x4.mul(value, gains))
  }
  for (; at < bytes; at += 4) {
    const counts = load<f32>(raw + at)
    const reduced = Calibration.reduceOne(counts, at, bias, dark, flat, biasFactor, darkFactor, leastFlat)
    const value = Calibration.maskOne(reduced, at, mask)
    if (uncertainty) {
      // prettier-ignore
      const deviation = Calibration.deviateOne(
        counts, value, at, biasError, darkError, flat, flatError,
        biasFactor, darkFactor, noiseGain, readVariance, inverse, pedestal,
      )
      store<f32>(uncertainty + at, deviation * gain)
    }
    store<f32>(output + at, value * gain)
  }
}
