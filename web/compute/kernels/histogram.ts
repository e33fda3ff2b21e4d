import type { Bins } from '../../science/image/count-values'
import type { Kernel } from '../kernel'

export interface HistogramInput {
  readonly data: Float32Array
}

export interface HistogramOutput {
  /** As many as there are bins. */
  readonly counts: Uint32Array
  /** Values below, above, and without a value. */
  readonly outside: Uint32Array
}

export const createHistogram = ({ bins }: Pick<Bins, 'bins'>): HistogramOutput => ({
  counts: new Uint32Array(bins),
  outside: new Uint32Array(3),
})

/** Values of a plane by equal bins; rules as in science/image/count-values. */
export const histogramKernel: Kernel<Bins, HistogramInput, HistogramOutput> = {
  name: 'histogram',
  tolerance: { abs: 0, rel: 0, reason: 'Numbers of pixels, with bins found by the same operations in f64.' },
  bytes: ({ bins }, { width, height }) => 4 * width * height + 16 * (bins + 3),
  sample: () => ({
    params: { lower: 10, upper: 90, bins: 7 },
    input: {
      data: Float32Array.from({ length: 67 }, (_, i) => (i % 13 === 5 ? Number.NaN : (i * 7919) % 101)),
    },
    output: () => createHistogram({ bins: 7 }),
  }),
}
