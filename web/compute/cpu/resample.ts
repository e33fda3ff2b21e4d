import { resampleWindow } from '../../science/image/resample-image'
import { implement } from '../kernel'
import { resampleKernel } from '../kernels/resample'

export const resampleOnCpu = implement(resampleKernel, (_host: null, { params, input, output }) =>
  resampleWindow(params, input.data, output.data, input.map),
)
