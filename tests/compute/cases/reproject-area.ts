import type { AreaToReproject } from '../../../web/science/reprojection/reproject-area'
import type { ReprojectPlanes, ReprojectSource } from '../../../web/science/reprojection/reproject-window'
import { affineMap } from '../../../web/core/pixel-map'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'
import { GRID_MAPS } from '../../support/grid-maps'

type Case = KernelCase<AreaToReproject, ReprojectSource, ReprojectPlanes>

const whole = (width: number, height: number) => ({ left: 0, top: 0, width, height })

const makeCase = (name: string, params: AreaToReproject, planes: 'data' | 'all'): Case => {
  const length = params.source.width * params.source.height
  const pixels = params.target.width * params.target.height
  return {
    name: `${name}, per ${params.per}, ${planes}, cover ${params.leastCover}, seed ${name}`,
    params,
    input: () => {
      const random = createRandom(name)
      const data = Float32Array.from({ length }, () =>
        random.uniform() < 0.01 ? Number.NaN : 500 * random.uniform() - 100,
      )
      if (planes === 'data') return { data }
      return { data, uncertainty: Float32Array.from({ length }, () => 5 + 3 * random.uniform()) }
    },
    output: () => {
      const data = new Float32Array(pixels)
      if (planes === 'data') return { data }
      return { data, uncertainty: new Float32Array(pixels), coverage: new Float32Array(pixels) }
    },
  }
}

const MAPS = [
  ...GRID_MAPS,
  ['coarse', affineMap({ a: 7.3, b: 2.2, c: -50, d: -2, e: 6.9, f: 30 })],
  ['too coarse', affineMap({ a: 131, b: 0.2, c: 0, d: 0.1, e: 0.9, f: 3 })],
  ['fine', affineMap({ a: 0.21, b: 0.01, c: 4, d: -0.02, e: 0.2, f: 7 })],
] as const

export const REPROJECT_AREA_CASES: readonly Case[] = [
  ...MAPS.flatMap(([name, map]) => {
    const params = { map, source: whole(67, 59), target: whole(63, 61) }
    return [
      makeCase(name, { ...params, per: 'source-pixel', leastCover: 0.99 }, 'data'),
      makeCase(name, { ...params, per: 'target-pixel', leastCover: 0 }, 'all'),
    ]
  }),
  makeCase(
    'a window of the grid from a window of the frame',
    {
      map: GRID_MAPS[0]![1],
      source: { left: 9, top: 11, width: 31, height: 27 },
      target: { left: 12, top: 8, width: 29, height: 23 },
      per: 'source-pixel',
      leastCover: 0.5,
    },
    'all',
  ),
]
