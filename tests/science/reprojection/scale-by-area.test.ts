import { expect, it } from 'vitest'
import { affineMap } from '../../../web/core/pixel-map'
import { reprojectWindow } from '../../../web/science/reprojection/reproject-window'
import { scaleByArea } from '../../../web/science/reprojection/scale-by-area'

it.each([0, 1e-3, -4e-3])(
  'a star keeps its flux through a plate whose scale is wrong by %d, as with a nominal area it would not',
  (error) => {
    const size = 64
    const window = { left: 0, top: 0, width: size, height: size }
    const data = Float32Array.from({ length: size * size }, (_, i) => {
      const [x, y] = [(i % size) - 30.3, Math.floor(i / size) - 33.8]
      return 1000 * Math.exp(-(x * x + y * y) / (2 * 2.1 ** 2))
    })
    const scale = 1 + error
    const map = affineMap({ a: scale, b: 0, c: 0.37, d: 0, e: scale, f: -0.21 })
    const made = { data: new Float32Array(size * size) }
    reprojectWindow(
      { method: 'lanczos3', map, source: window, target: window, leastCover: 0.1, clamp: null },
      { data },
      made,
    )
    const sum = (values: Float32Array): number =>
      values.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0)
    const nominal = sum(made.data) / sum(data) - 1
    scaleByArea(map, window, made.data)
    // What is left is what the table of weights does to a star through all phases.
    expect(Math.abs(sum(made.data) / sum(data) - 1)).toBeLessThan(5e-4)
    expect(Math.abs(nominal + 2 * error)).toBeLessThan(5e-4 + 4 * error * error)
  },
)
