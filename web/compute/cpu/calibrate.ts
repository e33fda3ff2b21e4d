import { calibratePixels } from '../../science/calibration/calibrate-pixels'
import { implement } from '../kernel'
import { calibrateKernel } from '../kernels/calibrate'

export const calibrateOnCpu = implement(calibrateKernel, (_host: null, { params, input, output }) =>
  calibratePixels(input, params, output),
)
