import type {
  CalibratedPixels,
  CalibrationFactors,
  PixelsToCalibrate,
} from '../../science/calibration/calibrate-pixels'
import type { Kernel } from '../kernel'

/** ADU, or electrons with a gain; the uncertainty is made where an array is lent for it. */
export type CalibrateOutput = CalibratedPixels

/** Planes that a run can hold besides the raw pixels: three masters, their three uncertainties, two of output; and the mask. */
export const calibrationBytes = (pixels: number): number => pixels * (8 * 4 + 1)

/** gain (raw - biasFactor bias - darkFactor dark) / flat and its uncertainty; NaN and masks as in science/calibration/calibrate-pixels. */
export const calibrateKernel: Kernel<CalibrationFactors, PixelsToCalibrate, CalibrateOutput> = {
  name: 'calibrate',
  tolerance: {
    abs: 0.016,
    rel: 5e-7,
    reason: 'f32 instead of f64: half a unit in the last place of the largest number on the way, 65535 ADU.',
  },
  bytes: (_params, { width, height }) => calibrationBytes(width * height) + width * height * 4,
  sample: () => ({
    params: { biasFactor: 1, darkFactor: 0.5, gain: 1.5, readNoise: 8, pedestal: 100 },
    input: {
      raw: Float32Array.of(1000, 65535, Number.NaN, 0, 1200.5, 900, 1000),
      bias: Float32Array.of(300, 301, 299, 300, 300.25, 300, 300),
      dark: Float32Array.of(10, 20, 30, 40, 50, 60, 70),
      flat: Float32Array.of(1, 0.9, 1.1, 0.01, Number.NaN, 1, 0.5),
      mask: Uint8Array.of(0, 0, 0, 0, 0, 1, 0),
      biasUncertainty: Float32Array.of(1, 2, 1, 2, 1, 2, 1),
      darkUncertainty: Float32Array.of(2, 1, 2, 1, 2, 1, 2),
      flatUncertainty: Float32Array.of(0.01, 0.02, 0.01, 0.02, 0.01, 0.02, 0.01),
    },
    output: () => ({ data: new Float32Array(7), uncertainty: new Float32Array(7) }),
  }),
}
