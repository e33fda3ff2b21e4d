import type { CalibrationFactors, PixelsToCalibrate } from '../../science/calibration/calibrate-pixels'
import type { Kernel } from '../kernel'

export interface CalibrateOutput {
  /** ADU, or electrons with a gain. */
  readonly data: Float32Array
}

/** gain (raw - biasFactor bias - darkFactor dark) / flat; NaN and masks as in science/calibration/calibrate-pixels. */
export const calibrateKernel: Kernel<CalibrationFactors, PixelsToCalibrate, CalibrateOutput> = {
  name: 'calibrate',
  tolerance: {
    abs: 0.016,
    rel: 5e-7,
    reason: 'f32 instead of f64: half a unit in the last place of the largest number on the way, 65535 ADU.',
  },
  bytes: (_params, { width, height }) => width * height * (5 * 4 + 1),
  sample: () => ({
    params: { biasFactor: 1, darkFactor: 0.5, gain: 1.5 },
    input: {
      raw: Float32Array.of(1000, 65535, Number.NaN, 0, 1200.5, 900, 1000),
      bias: Float32Array.of(300, 301, 299, 300, 300.25, 300, 300),
      dark: Float32Array.of(10, 20, 30, 40, 50, 60, 70),
      flat: Float32Array.of(1, 0.9, 1.1, 0.01, Number.NaN, 1, 0.5),
      mask: Uint8Array.of(0, 0, 0, 0, 0, 1, 0),
    },
    output: () => ({ data: new Float32Array(7) }),
  }),
}
