import { reprojectArea } from '../../science/reprojection/reproject-area'
import { implement } from '../kernel'
import { reprojectAreaKernel } from '../kernels/reproject-area'

export const reprojectAreaOnCpu = implement(reprojectAreaKernel, (_host: null, { params, input, output }) =>
  reprojectArea(params, input, output),
)
