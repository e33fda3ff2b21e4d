import {
  createColours,
  type DebayerInput,
  type DebayerOutput,
  type DebayerParams,
} from '../../../web/compute/kernels/debayer'
import { BAYER_PATTERNS } from '../../../web/science/colour/bayer'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

const SIZES = [
  [1, 1, 0],
  [2, 3, 0],
  [5, 5, 0],
  [4, 9, 0.1],
  [33, 17, 0],
  [64, 20, 0.03],
  [37, 29, 1],
] as const

export const DEBAYER_CASES: readonly KernelCase<DebayerParams, DebayerInput, DebayerOutput>[] =
  BAYER_PATTERNS.flatMap((pattern) =>
    (['bilinear', 'vng'] as const).flatMap((method) =>
      SIZES.map(([width, height, holes]) => ({
        name: `${pattern}, ${method}, ${width} x ${height}, ${holes * 100} % holes, seed debayer`,
        params: { width, height, pattern, method },
        input: () => {
          const random = createRandom('debayer')
          const data = Float32Array.from({ length: width * height }, (_, at) => {
            if (random.uniform() < holes) return random.uniform() < 0.5 ? Number.NaN : Infinity
            const edge = (at % width) + Math.floor(at / width) > 20 ? 4000 : 300
            return edge + 30 * random.normal()
          })
          return { data }
        },
        output: () => createColours(width * height),
      })),
    ),
  )
