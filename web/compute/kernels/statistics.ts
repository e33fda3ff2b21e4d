import type { PlaneStatistics } from '../../science/image/plane-statistics'
import type { Kernel } from '../kernel'

export interface StatisticsInput {
  readonly data: Float32Array
}

export interface StatisticsOutput {
  /** In the order of STATISTICS. */
  readonly values: Float64Array
}

/** Where each number is in the output. */
export const STATISTICS: readonly (keyof PlaneStatistics)[] = [
  'count',
  'minimum',
  'maximum',
  'mean',
  'deviation',
  'median',
  'robustDeviation',
]

export const createStatistics = (): StatisticsOutput => ({ values: new Float64Array(STATISTICS.length) })

export const readStatistics = ({ values }: StatisticsOutput): PlaneStatistics =>
  Object.fromEntries(STATISTICS.map((name, index) => [name, values[index]!])) as unknown as PlaneStatistics

/** Of the finite values of a plane; rules as in science/image/plane-statistics. */
export const statisticsKernel: Kernel<null, StatisticsInput, StatisticsOutput> = {
  name: 'statistics',
  tolerance: {
    abs: 1e-9,
    rel: 1e-9,
    reason: 'Sums in f64 in another order; count, extremes and median are exact.',
  },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: null,
    input: {
      data: Float32Array.from({ length: 101 }, (_, i) => (i === 7 ? Number.NaN : ((i * 7919) % 211) - 50)),
    },
    output: createStatistics,
  }),
}
