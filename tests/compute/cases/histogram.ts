import {
  createHistogram,
  type HistogramInput,
  type HistogramOutput,
} from '../../../web/compute/kernels/histogram'
import type { Bins } from '../../../web/science/image/count-values'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

const draw = (seed: string, length: number): Float32Array => {
  const random = createRandom(seed)
  return Float32Array.from({ length }, (_, i) => {
    if (i % 19 === 4) return Number.NaN
    if (i % 101 === 7) return i % 2 === 0 ? Infinity : -Infinity
    return Math.round(4 * (500 + 100 * random.normal())) / 4
  })
}

const RANGES: readonly Bins[] = [
  { lower: 400, upper: 700, bins: 64 },
  // No width of a bin is a number of bits here, and many values lie on edges.
  { lower: 450.1, upper: 612.7, bins: 13 },
  { lower: 300, upper: 600, bins: 1 },
  { lower: 500, upper: 500, bins: 5 },
  { lower: 0, upper: 65_535, bins: 4096 },
  { lower: Number.NaN, upper: Number.NaN, bins: 3 },
]

export const HISTOGRAM_CASES: readonly KernelCase<Bins, HistogramInput, HistogramOutput>[] = [
  0, 1, 3, 4, 1001, 16_387,
].flatMap((length) =>
  RANGES.map((range) => ({
    name: `${length} values, ${range.bins} bins from ${range.lower} to ${range.upper}, seed histogram`,
    params: range,
    input: () => ({ data: draw('histogram', length) }),
    output: () => createHistogram(range),
  })),
)
