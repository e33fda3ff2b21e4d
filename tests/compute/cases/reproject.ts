import type {
  ReprojectPlanes,
  ReprojectSource,
  WindowToReproject,
} from '../../../web/science/reprojection/reproject-window'
import { createRandom } from '../../../web/science/math/random'
import type { PixelMap } from '../../../web/core/pixel-map'
import type { KernelCase } from '../../support/check-parity'
import { GRID_MAPS } from '../../support/grid-maps'

type Case = KernelCase<WindowToReproject, ReprojectSource, ReprojectPlanes>

const METHODS = ['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const
const whole = (width: number, height: number) => ({ left: 0, top: 0, width, height })

/** Sky with noise, bright pixels that ring, and a few without a value. */
const makePixels = (seed: string, length: number): Float32Array => {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () =>
    random.uniform() < 0.004
      ? Number.NaN
      : 300 + 20 * random.normal() + (random.uniform() < 0.02 ? 60_000 * random.uniform() : 0),
  )
}

const makeCase = (name: string, params: WindowToReproject, planes: 'data' | 'all'): Case => {
  const { width, height } = params.target
  const length = params.source.width * params.source.height
  return {
    name: `${params.method}, ${name}, ${planes}, cover ${params.leastCover}, clamp ${params.clamp}, seed ${name}`,
    params,
    input: () => {
      const data = makePixels(name, length)
      if (planes === 'data') return { data }
      const random = createRandom(`deviation-${name}`)
      return { data, uncertainty: Float32Array.from({ length }, () => 5 + 3 * random.uniform()) }
    },
    output: () => {
      const data = new Float32Array(width * height)
      if (planes === 'data') return { data }
      return {
        data,
        uncertainty: new Float32Array(width * height),
        coverage: new Float32Array(width * height),
      }
    },
  }
}

const turned = (angle: number, scale: number): PixelMap => {
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  return { kind: 'affine', transform: { a: cos, b: -sin, c: 3.37, d: sin, e: cos, f: -2.81 } }
}

/** Where neighbours share their weights, for all of a row or for a while. */
export const AFFINE_MAPS: readonly (readonly [string, PixelMap])[] = [
  ['shifted by whole pixels', { kind: 'affine', transform: { a: 1, b: 0, c: -4, d: 0, e: 1, f: 7 } }],
  ['hardly turned', turned(7e-6, 1.000005)],
  ['hardly turned the other way', turned(-1e-5, 0.999993)],
  ['a little turned', turned(3e-4, 1.0003)],
]

export const REPROJECT_CASES: readonly Case[] = METHODS.flatMap((method) => [
  ...[...GRID_MAPS, ...AFFINE_MAPS].flatMap(([name, map]) => {
    const params = { method, map, source: whole(67, 59), target: whole(63, 61) }
    return [
      makeCase(name, { ...params, leastCover: 1, clamp: null }, 'data'),
      makeCase(name, { ...params, leastCover: 0.5, clamp: 0.3 }, 'all'),
    ]
  }),
  makeCase(
    'a window of the grid from a window of the frame',
    {
      method,
      map: GRID_MAPS[0]![1],
      source: { left: 9, top: 11, width: 31, height: 27 },
      target: { left: 12, top: 8, width: 29, height: 23 },
      leastCover: 0.7,
      clamp: 0,
    },
    'all',
  ),
  makeCase(
    'a frame smaller than the taps',
    { method, map: GRID_MAPS[0]![1], source: whole(5, 1), target: whole(9, 9), leastCover: 0.2, clamp: 1 },
    'all',
  ),
  makeCase(
    'one pixel',
    {
      method,
      map: GRID_MAPS[5]![1],
      source: whole(20, 20),
      target: { left: 5, top: 9, width: 1, height: 1 },
      leastCover: 1,
      clamp: 0.3,
    },
    'data',
  ),
])
