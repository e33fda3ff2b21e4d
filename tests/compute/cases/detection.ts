import type { BoxesOutput, ConvolveParams, FoundPixels } from '../../../web/compute/kernels/detection'
import { layGrid, type BackgroundMesh } from '../../../web/science/detection/background-mesh'
import type { BoxGrid } from '../../../web/science/detection/clip-boxes'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

interface Plane {
  readonly data: Float32Array
}

interface Size {
  readonly width: number
  readonly height: number
}

const SIZES: readonly (readonly [number, number, number])[] = [
  [1, 1, 64],
  [3, 2, 64],
  [37, 29, 8],
  [64, 64, 64],
  [131, 67, 32],
  [200, 150, 64],
]

const makeSky = (seed: string, width: number, height: number, holes = 0.01): Plane => {
  const random = createRandom(seed)
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    if (random.uniform() < holes) return random.uniform() < 0.5 ? Number.NaN : Number.NEGATIVE_INFINITY
    const star = random.uniform() < 0.01 ? 5000 * random.uniform() : 0
    return 300 + 0.05 * (i % width) + 12 * random.normal() + star
  })
  return { data }
}

export const CLIP_BOXES_CASES: readonly KernelCase<BoxGrid & Size, Plane, BoxesOutput>[] = SIZES.map(
  ([width, height, box]) => {
    const grid = layGrid({ width, height }, box)
    return {
      name: `${width} x ${height}, boxes of ${box}, seed boxes`,
      params: { ...grid, width, height },
      input: () => {
        const sky = makeSky('boxes', width, height)
        // One corner without any value.
        for (let y = 0; y < Math.min(height, 40); y++)
          sky.data.fill(Number.NaN, y * width, y * width + Math.min(width, 40))
        return sky
      },
      output: () => ({
        level: new Float64Array(grid.columns * grid.rows),
        noise: new Float64Array(grid.columns * grid.rows),
      }),
    }
  },
)

export const SUBTRACT_MESH_CASES: readonly KernelCase<BackgroundMesh & Size, Plane, Plane>[] = SIZES.map(
  ([width, height, box]) => {
    const grid = layGrid({ width, height }, box)
    const random = createRandom('mesh')
    const level = Float64Array.from({ length: grid.columns * grid.rows }, () => 300 + 20 * random.normal())
    return {
      name: `${width} x ${height}, boxes of ${box}, seed mesh`,
      params: { ...grid, width, height, level, noise: level },
      input: () => makeSky('subtract', width, height),
      output: () => ({ data: new Float32Array(width * height) }),
    }
  },
)

export const CONVOLVE_CASES: readonly KernelCase<ConvolveParams, Plane, Plane>[] = SIZES.flatMap(
  ([width, height]) =>
    [1, 3, 7, 20].map((taps) => {
      const weights = Float64Array.from({ length: taps }, (_, i) => Math.exp(-0.5 * (i / taps) ** 2) / taps)
      return {
        name: `${width} x ${height}, ${taps} weights, seed convolve`,
        params: { width, height, weights },
        input: () => makeSky('convolve', width, height, 0),
        output: () => ({ data: new Float32Array(width * height) }),
      }
    }),
)

export const FIND_ABOVE_CASES: readonly KernelCase<{ level: number }, Plane, FoundPixels>[] = [
  [1, 310, 1],
  [3, 310, 3],
  [1001, 330, 1001],
  [1001, 330, 5],
  [1000, Number.NEGATIVE_INFINITY, 1000],
  [1000, Number.POSITIVE_INFINITY, 10],
  // No f32: values at the next one above and below it must be told apart.
  [1000, 300.000_01, 1000],
].map(([length = 0, level = 0, room = 0]) => ({
  name: `${length} pixels above ${level}, room for ${room}, seed above`,
  params: { level },
  input: () => {
    const { data } = makeSky('above', length, 1)
    data[0] = Math.fround(level)
    return { data }
  },
  output: () => ({ indices: new Uint32Array(room), count: new Uint32Array(1) }),
}))

/** Few values, so that equal neighbours are many; holes, and sides that are no multiples of four. */
export const FIND_PEAKS_CASES: readonly KernelCase<Size & { level: number }, Plane, FoundPixels>[] = [
  [1, 1, 2],
  [1, 9, 2],
  [9, 1, 2],
  [2, 2, 2],
  [5, 4, 1],
  [6, 5, Number.NEGATIVE_INFINITY],
  [33, 31, 3],
  [127, 65, 4],
  [128, 64, 2.5],
].flatMap(([width = 0, height = 0, level = 0]) =>
  [6, 1000].map((values) => ({
    name: `${width} x ${height}, ${values} values, above ${level}, seed peaks`,
    params: { width, height, level },
    input: () => {
      const random = createRandom(`peaks ${values}`)
      const data = Float32Array.from({ length: width * height }, () => Math.floor(random.uniform() * values))
      for (let i = 3; i < data.length; i += 17) data[i] = Number.NaN
      return { data }
    },
    output: () => ({ indices: new Uint32Array(width * height), count: new Uint32Array(1) }),
  })),
)
