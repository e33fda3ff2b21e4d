import { LEAST_FLAT } from './scale-flat'

export interface CalibrationFactors {
  /** Factors on the bias and the dark; 0 leaves one out. */
  readonly biasFactor: number
  readonly darkFactor: number
  /** Electrons per ADU, which the result is multiplied with; 1 keeps ADU. */
  readonly gain: number
  /** Electrons, of one reading; for the uncertainty alone. Absent: photon noise alone. */
  readonly readNoise?: number | undefined
  /** Electrons per ADU for the uncertainty where the result stays in ADU; absent: `gain`. */
  readonly noiseGain?: number | undefined
  /** ADU of the raw pixels that are no electrons, such as the overscan level; for the uncertainty alone. Absent: 0. */
  readonly pedestal?: number | undefined
}

/** Strips of one length. */
export interface PixelsToCalibrate {
  /** ADU. */
  readonly raw: Float32Array
  readonly bias?: Float32Array | undefined
  readonly dark?: Float32Array | undefined
  /** Relative response, median 1. */
  readonly flat?: Float32Array | undefined
  /** 0 is good. */
  readonly mask?: Uint8Array | undefined
  /** Standard deviations, in the unit of the plane that each is of; absent: none. Used only with that plane. */
  readonly biasUncertainty?: Float32Array | undefined
  readonly darkUncertainty?: Float32Array | undefined
  readonly flatUncertainty?: Float32Array | undefined
}

export interface CalibratedPixels {
  /** ADU, or electrons with a gain. */
  readonly data: Float32Array
  /** Standard deviations in the same unit; left out where nobody asks. */
  readonly uncertainty?: Float32Array | undefined
}

/**
 * data = gain (raw - biasFactor bias - darkFactor dark) / flat for each pixel in f64, rounded once to f32. NaN in any of
 * them, a flat at or below LEAST_FLAT, or a mask gives NaN.
 *
 * uncertainty by the rules of ccdproc (create_deviation, subtract_bias, subtract_dark, flat_correct, gain_correct), which are
 * those of uncorrelated errors in astropy.nddata. With g electrons per ADU, r electrons of read noise, s the deviations:
 *   v_raw = (max(0, g (raw - pedestal)) + r^2) / g^2
 *   v = (v_raw + (biasFactor s_bias)^2 + (darkFactor s_dark)^2) / flat^2 + ((data / gain) s_flat / flat)^2
 * and the result is gain sqrt(v). It is NaN where the data are.
 */
export const calibratePixels = (
  pixels: PixelsToCalibrate,
  factors: CalibrationFactors,
  output: CalibratedPixels,
): void => {
  const { raw, bias, dark, flat, mask } = pixels
  const { biasFactor, darkFactor, gain } = factors
  const { data, uncertainty } = output
  const findVariance = uncertainty === undefined ? null : makeVariance(pixels, factors)
  for (let i = 0; i < data.length; i++) {
    let value = raw[i]!
    if (bias !== undefined && biasFactor !== 0) value -= biasFactor * bias[i]!
    if (dark !== undefined && darkFactor !== 0) value -= darkFactor * dark[i]!
    if (flat !== undefined) value = flat[i]! > LEAST_FLAT ? value / flat[i]! : Number.NaN
    if (mask !== undefined && mask[i] !== 0) value = Number.NaN
    data[i] = gain * value
    if (findVariance !== null) uncertainty![i] = gain * Math.sqrt(findVariance(i, value))
  }
}

/** Variance of a pixel in ADU^2, given its value before the gain; NaN with the value. */
const makeVariance = (
  pixels: PixelsToCalibrate,
  factors: CalibrationFactors,
): ((i: number, value: number) => number) => {
  const { raw, bias, dark, flat } = pixels
  const { biasFactor, darkFactor, gain, readNoise = 0, noiseGain = gain, pedestal = 0 } = factors
  const biasError = bias !== undefined && biasFactor !== 0 ? pixels.biasUncertainty : undefined
  const darkError = dark !== undefined && darkFactor !== 0 ? pixels.darkUncertainty : undefined
  const flatError = flat === undefined ? undefined : pixels.flatUncertainty
  return (i, value) => {
    if (Number.isNaN(value)) return Number.NaN
    const electrons = Math.max(0, noiseGain * (raw[i]! - pedestal))
    let variance = (electrons + readNoise ** 2) / noiseGain ** 2
    if (biasError !== undefined) variance += (biasFactor * biasError[i]!) ** 2
    if (darkError !== undefined) variance += (darkFactor * darkError[i]!) ** 2
    if (flat === undefined) return variance
    const ofFlat = flatError === undefined ? 0 : value * flatError[i]!
    return (variance + ofFlat ** 2) / flat[i]! ** 2
  }
}
