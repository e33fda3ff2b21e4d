import { reprojectWindow } from '../../science/reprojection/reproject-window'
import { implement } from '../kernel'
import { reprojectKernel } from '../kernels/reproject'

export const reprojectOnCpu = implement(reprojectKernel, (_host: null, { params, input, output }) =>
  reprojectWindow(params, input, output),
)
