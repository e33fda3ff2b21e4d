import {
  createStatistics,
  type StatisticsInput,
  type StatisticsOutput,
} from '../../../web/compute/kernels/statistics'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<null, StatisticsInput, StatisticsOutput>

const makeCase = (
  name: string,
  length: number,
  draw: (random: ReturnType<typeof createRandom>, i: number) => number,
): Case => ({
  name: `${name}, ${length} pixels, seed ${name}`,
  params: null,
  input: () => {
    const random = createRandom(name)
    return { data: Float32Array.from({ length }, (_, i) => draw(random, i)) }
  },
  output: createStatistics,
})

const normal: Parameters<typeof makeCase>[2] = (random) => 1000 + 20 * random.normal()

export const STATISTICS_CASES: readonly Case[] = [
  ...[1, 2, 3, 4, 5, 1023, 16_384, 16_387, 50_001].map((length) => makeCase('normal', length, normal)),
  makeCase('with holes', 40_003, (random, i) =>
    i % 5 === 2 ? Number.NaN : i % 11 === 3 ? Infinity : random.normal(),
  ),
  makeCase('whole numbers', 30_002, (random) => Math.round(3 * random.normal())),
  makeCase('constant', 20_001, () => 7),
  makeCase('no value', 33, () => Number.NaN),
  makeCase('rising', 60_000, (_random, i) => i),
  // The sample takes every so many-th pixel: here they are all alike, and tell nothing of the others.
  makeCase('a sample that misleads', 2048 * 16, (random, i) => (i % 16 === 0 ? 1e6 : random.uniform())),
  makeCase('limits of integers', 20_000, (random) => (random.uniform() < 0.5 ? -32_768 : 65_535)),
]
