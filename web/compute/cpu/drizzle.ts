import { drizzleFrame } from '../../science/reprojection/drizzle-frame'
import { implement } from '../kernel'
import { drizzleKernel } from '../kernels/drizzle'

export const drizzleOnCpu = implement(drizzleKernel, (_host: null, { params, input, output }) =>
  drizzleFrame(params, input, output),
)
