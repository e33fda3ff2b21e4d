import { colourValues } from '../../science/image/colour-values'
import { implement } from '../kernel'
import { stretchKernel } from '../kernels/stretch'

export const stretchOnCpu = implement(stretchKernel, (_host: null, { params, input, output }) =>
  colourValues(input.data, params, input.table, output.colours),
)
