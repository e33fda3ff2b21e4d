import { LEAST_FLAT } from './scale-flat'

export interface CalibrationFactors {
  /** Factors on the bias and the dark; 0 leaves one out. */
  readonly biasFactor: number
  readonly darkFactor: number
  /** Electrons per ADU; 1 keeps ADU. */
  readonly gain: number
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
}

/**
 * gain (raw - biasFactor bias - darkFactor dark) / flat for each pixel in f64, rounded once to f32. NaN in any of them, a
 * flat at or below LEAST_FLAT, or a mask gives NaN.
 */
export const calibratePixels = (
  { raw, bias, dark, flat, mask }: PixelsToCalibrate,
  { biasFactor, darkFactor, gain }: CalibrationFactors,
  output: Float32Array,
): void => {
  for (let i = 0; i < output.length; i++) {
    let value = raw[i]!
    if (bias !== undefined && biasFactor !== 0) value -= biasFactor * bias[i]!
    if (dark !== undefined && darkFactor !== 0) value -= darkFactor * dark[i]!
    if (flat !== undefined) value = flat[i]! > LEAST_FLAT ? value / flat[i]! : Number.NaN
    output[i] = mask !== undefined && mask[i] !== 0 ? Number.NaN : gain * value
  }
}
