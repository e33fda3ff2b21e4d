import type { Combine } from '../../../web/core/combine'
import type { CombineOutput } from '../../../web/compute/kernels/combine'
import type { CombineRawInput, CombineRawParams } from '../../../web/compute/kernels/combine-raw'
import type { PixelScaling } from '../../../web/science/fits/decode-pixels'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<CombineRawParams, CombineRawInput, CombineOutput>

const UNSIGNED: PixelScaling = { bitpix: 16, bzero: 32_768, bscale: 1, blank: null }
const CLIP: Combine = { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3, iterations: 1 }

/** Levels about `level`, with the ends of the range thrown in. */
const makePlanes = (seed: string, frames: number, length: number, level = 20_000): CombineRawInput => {
  const random = createRandom(seed)
  const draw = (): number => {
    const chance = random.uniform()
    if (chance < 0.01) return -32_768
    if (chance < 0.02) return 32_767
    return Math.round(level - 32_768 + 30 * random.normal())
  }
  const planes = Array.from({ length: frames }, () => {
    const bytes = new Uint8Array(2 * length)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < length; i++) view.setInt16(2 * i, draw())
    return bytes
  })
  return { planes }
}

const makeCase = (
  name: string,
  frames: number,
  length: number,
  params: Partial<CombineRawParams> = {},
): Case => ({
  name: `${name}: ${frames} planes, ${length} pixels, seed raw-${frames}`,
  params: { combine: CLIP, scaling: UNSIGNED, ...params },
  input: () => makePlanes(`raw-${frames}`, frames, length),
  output: () => ({
    data: new Float32Array(length),
    uncertainty: new Float32Array(length),
    count: new Uint16Array(length),
  }),
})

export const COMBINE_RAW_CASES: readonly Case[] = [
  ...[1, 2, 3, 20, 21, 32, 33, 64, 65, 300].map((frames) => makeCase('clipped mean', frames, 45)),
  ...[1, 7, 8, 9, 15, 16, 17, 1000].map((length) => makeCase('lengths', 20, length)),
  makeCase('median', 20, 45, { combine: { method: 'median', rejection: 'none' } }),
  makeCase('median of what is left', 21, 45, { combine: { ...CLIP, method: 'median', iterations: 3 } }),
  makeCase('mean', 20, 45, { combine: { method: 'mean', rejection: 'none' } }),
  makeCase('sum', 3, 45, { combine: { method: 'sum', rejection: 'none' } }),
  makeCase('winsorized', 20, 45, { combine: { method: 'mean', rejection: 'winsorized' } }),
  makeCase('signed', 20, 45, { scaling: { ...UNSIGNED, bzero: 0 } }),
  makeCase('BLANK', 20, 45, { scaling: { ...UNSIGNED, blank: 32_767 } }),
  makeCase('BSCALE', 20, 45, { scaling: { ...UNSIGNED, bscale: -0.1, bzero: 3.3 } }),
]
