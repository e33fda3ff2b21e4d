import { countValues } from '../../science/image/count-values'
import { implement } from '../kernel'
import { histogramKernel } from '../kernels/histogram'

export const histogramOnCpu = implement(histogramKernel, (_host: null, { params, input, output }) => {
  const { counts, below, above, missing } = countValues(input.data, params)
  output.counts.set(counts)
  output.outside.set([below, above, missing])
})
