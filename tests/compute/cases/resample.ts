import type { ResampleInput, ResampleOutput, ResampleParams } from '../../../web/compute/kernels/resample'
import type { Transform } from '../../../web/core/transform'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<ResampleParams, ResampleInput, ResampleOutput>

const SHIFT: Transform = { a: 1, b: 0, c: 3.37, d: 0, e: 1, f: -2.81 }

const turned = (degrees: number, scale: number, c: number, f: number): Transform => {
  const angle = (degrees * Math.PI) / 180
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  return { a: cos, b: -sin, c, d: sin, e: cos, f }
}

const TRANSFORMS: readonly (readonly [string, Transform])[] = [
  ['identity', { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 }],
  ['whole shift', { a: 1, b: 0, c: -4, d: 0, e: 1, f: 7 }],
  ['shift', SHIFT],
  ['shift beyond the frame', { ...SHIFT, c: 1000 }],
  ['a little turned', turned(0.02, 1.0003, 5.2, -3.1)],
  ['hardly turned', turned(0.0004, 1.000005, 5.2, -3.1)],
  ['hardly turned the other way', turned(-0.0006, 0.999993, -5.2, 3.1)],
  ['turned by 30 degrees', turned(30, 0.9, 20, -8)],
  ['turned by 90 degrees', { a: 0, b: 1, c: 0.25, d: -1, e: 0, f: 60.5 }],
  ['over the meridian', { a: -1, b: 0.0001, c: 66.4, d: -0.0001, e: -1, f: 58.2 }],
  ['mirrored', { a: -1, b: 0, c: 66.4, d: 0, e: 1, f: 0.3 }],
  ['not a number', { ...SHIFT, c: Number.NaN }],
]

const METHODS = ['nearest', 'bilinear', 'lanczos3'] as const

const makePixels = (seed: string, length: number): Float32Array => {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () =>
    random.uniform() < 0.002
      ? Number.NaN
      : 300 + 20 * random.normal() + (random.uniform() < 0.02 ? 60_000 : 0),
  )
}

const whole = (width: number, height: number) => ({ left: 0, top: 0, width, height })

const makeCase = (name: string, params: ResampleParams, withMap = false): Case => {
  const { width, height } = params.target
  const { source } = params
  return {
    name: `${params.method}, ${name}, seed ${name}`,
    params,
    input: () => {
      const data = makePixels(name, source.width * source.height)
      if (!withMap) return { data }
      const random = createRandom(`map-${name}`)
      const map = Float64Array.from({ length: 2 * width * height }, () => -5 + 75 * random.uniform())
      map[6] = Number.NaN
      return { data, map }
    },
    output: () => ({ data: new Float32Array(width * height) }),
  }
}

export const RESAMPLE_CASES: readonly Case[] = METHODS.flatMap((method) => [
  ...TRANSFORMS.map(([name, transform]) =>
    makeCase(name, { method, transform, source: whole(67, 59), target: whole(63, 61) }),
  ),
  makeCase('a window of the grid from a window of the frame', {
    method,
    transform: turned(2, 1.01, 100.3, 47.7),
    source: { left: 110, top: 90, width: 41, height: 37 },
    target: { left: 20, top: 45, width: 29, height: 23 },
  }),
  makeCase('a shift between windows', {
    method,
    transform: SHIFT,
    source: { left: 10, top: 20, width: 30, height: 31 },
    target: { left: 12, top: 22, width: 33, height: 34 },
  }),
  makeCase('one pixel', {
    method,
    transform: SHIFT,
    source: whole(20, 20),
    target: { ...whole(1, 1), left: 5, top: 9 },
  }),
  makeCase('a frame smaller than the taps', {
    method,
    transform: SHIFT,
    source: whole(5, 1),
    target: whole(9, 9),
  }),
  makeCase('a map', { method, transform: SHIFT, source: whole(67, 59), target: whole(21, 19) }, true),
])
