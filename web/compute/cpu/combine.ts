import { combineInto } from '../../science/calibration/combine-frames'
import { implement } from '../kernel'
import { combineKernel } from '../kernels/combine'

export const combineOnCpu = implement(combineKernel, (_host: null, { params, input, output }) =>
  combineInto({ ...params, strips: input.planes, masks: input.masks }, output),
)
