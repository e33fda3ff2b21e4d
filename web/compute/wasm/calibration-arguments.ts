import type {
  CalibratedPixels,
  CalibrationFactors,
  PixelsToCalibrate,
} from '../../science/calibration/calibrate-pixels'
import { LEAST_FLAT } from '../../science/calibration/scale-flat'
import type { Addresses } from './with-addresses'

/** What follows the raw pixels in the calls of `calibrate` and `calibrateRaw`. */
export type CalibrationArguments = readonly [
  bias: number,
  dark: number,
  flat: number,
  mask: number,
  biasError: number,
  darkError: number,
  flatError: number,
  biasFactor: number,
  darkFactor: number,
  gain: number,
  leastFlat: number,
  readNoise: number,
  noiseGain: number,
  pedestal: number,
  output: number,
  uncertainty: number,
  length: number,
]

/** A plane whose factor is 0 is not looked at, nor is an uncertainty without its plane or without anybody to ask for it. */
export const calibrationArguments = (
  at: Addresses,
  factors: CalibrationFactors,
  pixels: Omit<PixelsToCalibrate, 'raw'>,
  output: CalibratedPixels,
): CalibrationArguments => {
  const { biasFactor, darkFactor, gain, readNoise = 0, noiseGain = gain, pedestal = 0 } = factors
  const bias = biasFactor === 0 ? undefined : pixels.bias
  const dark = darkFactor === 0 ? undefined : pixels.dark
  const errorOf = (plane: Float32Array | undefined, error: Float32Array | undefined): number =>
    plane === undefined || output.uncertainty === undefined ? 0 : at.input(error)
  return [
    at.input(bias),
    at.input(dark),
    at.input(pixels.flat),
    at.input(pixels.mask),
    errorOf(bias, pixels.biasUncertainty),
    errorOf(dark, pixels.darkUncertainty),
    errorOf(pixels.flat, pixels.flatUncertainty),
    biasFactor,
    darkFactor,
    gain,
    LEAST_FLAT,
    readNoise,
    noiseGain,
    pedestal,
    at.output(output.data),
    at.output(output.uncertainty),
    output.data.length,
  ]
}
