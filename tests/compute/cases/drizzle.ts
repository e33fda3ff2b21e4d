import { affineMap } from '../../../web/core/pixel-map'
import type {
  DrizzlePlanes,
  DrizzleSource,
  FrameToDrizzle,
} from '../../../web/science/reprojection/drizzle-frame'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'
import { GRID_MAPS } from '../../support/grid-maps'

type Case = KernelCase<FrameToDrizzle, DrizzleSource, DrizzlePlanes>

const makeCase = (name: string, params: FrameToDrizzle, planes: 'data' | 'all'): Case => {
  const length = params.source.width * params.source.height
  const pixels = params.target.width * params.target.height
  return {
    name: `${name}, drops of ${params.pixfrac}, per ${params.per}, ${planes}, seed ${name}`,
    params,
    input: () => {
      const random = createRandom(name)
      const data = Float32Array.from({ length }, () =>
        random.uniform() < 0.01 ? Number.NaN : 500 * random.uniform() - 100,
      )
      if (planes === 'data') return { data }
      const uncertainty = Float32Array.from({ length }, () => 5 + 3 * random.uniform())
      const weights = Float32Array.from({ length }, () => (random.uniform() < 0.1 ? 0 : random.uniform()))
      return { data, uncertainty, weights }
    },
    output: () => {
      const sums = { flux: new Float64Array(pixels), weight: new Float64Array(pixels) }
      return planes === 'data' ? sums : { ...sums, variance: new Float64Array(pixels) }
    },
  }
}

const MAPS = [...GRID_MAPS, ['fine', affineMap({ a: 2.9, b: 0.3, c: -20, d: -0.4, e: 3.1, f: 3 })]] as const

export const DRIZZLE_CASES: readonly Case[] = MAPS.flatMap(([name, map]) => {
  const params = {
    map,
    source: { left: 0, top: 0, width: 61, height: 53 },
    target: { left: -3, top: -2, width: 70, height: 66 },
  }
  return [
    makeCase(name, { ...params, pixfrac: 1, per: 'source-pixel', weight: 1 }, 'data'),
    makeCase(name, { ...params, pixfrac: 0.6, per: 'target-pixel', weight: 2.5 }, 'all'),
    makeCase(name, { ...params, pixfrac: 0, per: 'target-pixel', weight: 0.5 }, 'all'),
    makeCase(
      name,
      {
        ...params,
        source: { left: 7, top: 11, width: 30, height: 19 },
        target: { left: 10, top: 20, width: 23, height: 9 },
        pixfrac: 0.9,
        per: 'source-pixel',
        weight: 1,
      },
      'all',
    ),
  ]
})
