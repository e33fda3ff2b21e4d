import { cleanCosmicRays } from '../../science/calibration/cosmic-rays'
import { implement } from '../kernel'
import { cosmicRaysKernel } from '../kernels/cosmic-rays'

export const cosmicRaysOnCpu = implement(cosmicRaysKernel, (_host: null, { params, input, output }) =>
  cleanCosmicRays(input, params, output),
)
