import { measurePlane } from '../../science/image/plane-statistics'
import { implement } from '../kernel'
import { STATISTICS, statisticsKernel } from '../kernels/statistics'

export const statisticsOnCpu = implement(statisticsKernel, (_host: null, { input, output }) => {
  const measured = measurePlane(input.data)
  output.values.set(STATISTICS.map((name) => measured[name]))
})
