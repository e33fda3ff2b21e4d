import { createStatistics, readStatistics, statisticsKernel } from '../../compute/kernels/statistics'
import type { StripRoom } from './strip-room'

export interface Level {
  readonly median: number
  readonly deviation: number
}

/** Median and robust deviation of pixels that stand for a whole frame. */
export const measureLevel = async (
  { compute, task }: Pick<StripRoom, 'compute' | 'task'>,
  sample: Float32Array,
): Promise<Level> => {
  const made = createStatistics()
  await compute.run(statisticsKernel, null, { data: sample }, made, task)
  const { median, robustDeviation } = readStatistics(made)
  return { median, deviation: robustDeviation }
}
