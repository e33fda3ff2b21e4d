import type { CalibrationFactors, PixelsToCalibrate } from '../../science/calibration/calibrate-pixels'
import type { PixelScaling } from '../../science/fits/decode-pixels'
import type { Kernel } from '../kernel'
import { calibrateKernel, calibrationBytes, type CalibrateOutput } from './calibrate'
import type { DecodeInput } from './decode'

export interface CalibrateRawParams extends CalibrationFactors {
  readonly scaling: PixelScaling
}

export type CalibrateRawInput = Omit<PixelsToCalibrate, 'raw'> & DecodeInput

/** `decode` and `calibrate` in one pass, straight from stored bytes. The reference throws 'truncated' when there are too few of them. */
export const calibrateRawKernel: Kernel<CalibrateRawParams, CalibrateRawInput, CalibrateOutput> = {
  name: 'calibrate-raw',
  tolerance: calibrateKernel.tolerance,
  bytes: ({ scaling }, { width, height }) =>
    calibrationBytes(width * height) + (width * height * Math.abs(scaling.bitpix)) / 8,
  sample: () => {
    const { params, input, output } = calibrateKernel.sample()
    const { raw: _raw, ...masters } = input
    const bytes = Uint8Array.of(
      0x83,
      0xe8,
      0x7f,
      0xff,
      0xff,
      0xff,
      0x80,
      0,
      0x84,
      0xb0,
      0x83,
      0x84,
      0x83,
      0xe8,
    )
    return {
      params: { ...params, scaling: { bitpix: 16, bzero: 32_768, bscale: 1, blank: -1 } },
      input: { ...masters, bytes },
      output,
    }
  },
}
