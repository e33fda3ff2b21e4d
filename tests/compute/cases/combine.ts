import type { Combine } from '../../../web/core/combine'
import type { CombineInput, CombineOutput, CombineParams } from '../../../web/compute/kernels/combine'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<CombineParams, CombineInput, CombineOutput>

const METHODS = ['mean', 'median', 'sum'] as const

/** Every rule with the settings that take another path through a kernel. */
const RULES: readonly Omit<Combine, 'method'>[] = [
  { rejection: 'none' },
  { rejection: 'sigma-clip', low: 3, high: 3, iterations: 1 },
  { rejection: 'sigma-clip', low: 2, high: 2.5, iterations: 5 },
  { rejection: 'sigma-clip', deviation: 'std', iterations: 3 },
  { rejection: 'sigma-clip', center: 'mean', iterations: 2 },
  { rejection: 'winsorized', low: 2.5, high: 3, iterations: 4 },
  { rejection: 'min-max', low: 1, high: 2 },
  { rejection: 'percentile', low: 12, high: 20 },
]

const FRAMES = [1, 2, 3, 4, 20, 21, 32, 33, 40, 64, 65, 100, 130, 300] as const

interface Contents {
  readonly frames: number
  readonly length: number
  /** Part of the values that are not there. */
  readonly holes: number
  /** Small whole numbers, of which many are alike, instead of any. */
  readonly whole: boolean
  readonly masked: boolean
}

const makeInput = (seed: string, { frames, length, holes, whole, masked }: Contents): CombineInput => {
  const random = createRandom(seed)
  const level = Array.from({ length }, () => 100 + 50 * random.normal())
  const draw = (pixel: number): number => {
    if (random.uniform() < holes) return random.uniform() < 0.5 ? Number.NaN : Number.POSITIVE_INFINITY
    const value = level[pixel]! + 10 * random.normal() + (random.uniform() < 0.02 ? 1000 : 0)
    return whole ? Math.round(value / 10) : value
  }
  const planes = Array.from({ length: frames }, () =>
    Float32Array.from({ length }, (_, pixel) => draw(pixel)),
  )
  // One pixel that nobody has, and one that is the same everywhere.
  for (const plane of planes) {
    if (holes > 0) plane[length - 1] = Number.NaN
    plane[0] = 7
  }
  if (!masked) return { planes }
  const masks = planes.map((_, frame) =>
    frame % 3 === 1 ? undefined : Uint8Array.from({ length }, () => (random.uniform() < 0.1 ? 8 : 0)),
  )
  return { planes, masks }
}

const outputOf = (length: number) => (): CombineOutput => ({
  data: new Float32Array(length),
  uncertainty: new Float32Array(length),
  count: new Uint16Array(length),
})

const nameOf = ({ method, ...rule }: Combine): string =>
  [method, ...Object.entries(rule).map(([key, value]) => `${key} ${value}`)].join(', ')

const everyRule: Case[] = FRAMES.flatMap((frames) =>
  RULES.flatMap((rule) =>
    METHODS.map((method) => {
      const combine: Combine = { method, ...rule }
      const name = `${frames} planes, ${nameOf(combine)}, seed combine-${frames}`
      const contents = { frames, length: 37, holes: 0, whole: false, masked: false }
      return {
        name,
        params: { combine },
        input: () => makeInput(`combine-${frames}`, contents),
        output: outputOf(37),
      }
    }),
  ),
)

const withHoles: Case[] = [3, 20, 65].flatMap((frames) =>
  RULES.flatMap((rule) =>
    [false, true].map((masked) => {
      const combine: Combine = { method: 'mean', ...rule }
      const contents = { frames, length: 41, holes: 0.1, whole: true, masked }
      return {
        name: `${frames} planes with holes${masked ? ' and masks' : ''}, whole numbers, ${nameOf(combine)}`,
        params: { combine },
        input: () => makeInput(`holes-${frames}`, contents),
        output: outputOf(41),
      }
    }),
  ),
)

const plain = { frames: 20, holes: 0.02, whole: false, masked: true }
const CLIP: Combine = { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3, iterations: 2 }

const lengths: Case[] = [1, 2, 3, 4, 5, 1023].map((length) => ({
  name: `${length} pixels`,
  params: { combine: CLIP },
  input: () => makeInput(`length-${length}`, { ...plain, length }),
  output: outputOf(length),
}))

const numbers = (seed: string, low: number, high: number, count = 20): number[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => low + (high - low) * random.uniform())
}

const scaled: Case[] = [
  {
    name: 'scales',
    params: { combine: { ...CLIP, method: 'median' }, scales: numbers('scales', 0.8, 1.2) },
    input: () => makeInput('scaled', { ...plain, length: 50 }),
    output: outputOf(50),
  },
  {
    name: 'scales and offsets, no holes',
    params: { combine: CLIP, scales: numbers('scales', 0.8, 1.2), offsets: numbers('offsets', -40, 40) },
    input: () => makeInput('moved', { ...plain, holes: 0, masked: false, length: 50 }),
    output: outputOf(50),
  },
  {
    name: 'weights',
    params: { combine: { ...CLIP, weights: 'inverse-variance' }, weights: numbers('weights', 0.1, 3) },
    input: () => makeInput('weighted', { ...plain, length: 50 }),
    output: outputOf(50),
  },
  {
    name: 'weights without rejection',
    params: {
      combine: { method: 'mean', rejection: 'none', weights: 'inverse-variance' },
      weights: numbers('weights', 0.1, 3),
    },
    input: () => makeInput('weighted', { ...plain, length: 50 }),
    output: outputOf(50),
  },
  {
    name: 'no plane lent for uncertainty and count',
    params: { combine: CLIP },
    input: () => makeInput('alone', { ...plain, length: 50 }),
    output: () => ({ data: new Float32Array(50) }),
  },
]

export const COMBINE_CASES: readonly Case[] = [...everyRule, ...withHoles, ...lengths, ...scaled]
