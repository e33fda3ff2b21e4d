import { calibratePixels } from '../../science/calibration/calibrate-pixels'
import { decodePixels } from '../../science/fits/decode-pixels'
import { implement } from '../kernel'
import { calibrateRawKernel } from '../kernels/calibrate-raw'

export const calibrateRawOnCpu = implement(calibrateRawKernel, (_host: null, { params, input, output }) => {
  const raw = decodePixels(input.bytes, params.scaling, new Float32Array(output.data.length))
  calibratePixels({ ...input, raw }, params, output)
})
