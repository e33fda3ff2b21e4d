import { describe, expect, it } from 'vitest'
import { affineMap, type PixelMap } from '../../../web/core/pixel-map'
import { applyTransform, IDENTITY_TRANSFORM } from '../../../web/core/transform'
import { createRandom } from '../../../web/science/math/random'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { reprojectArea } from '../../../web/science/reprojection/reproject-area'
import { clipToPixel } from './clip-polygon'

const SIZE = 40
const whole = { left: 0, top: 0, width: SIZE, height: SIZE }
const random = createRandom('area')
const pixels = Float32Array.from({ length: SIZE * SIZE }, () =>
  random.uniform() < 0.02 ? Number.NaN : 100 * random.uniform(),
)
const full = pixels.map((value) => (Number.isNaN(value) ? 50 : value))
const turned = affineMap({ a: 0.7, b: -0.41, c: 9.2, d: 0.4, e: 0.72, f: -3.6 })

const run = (
  map: PixelMap,
  data: Float32Array,
  target = whole,
  per: 'source-pixel' | 'target-pixel' = 'source-pixel',
  leastCover = 0,
) => {
  const length = target.width * target.height
  const made = {
    data: new Float32Array(length),
    uncertainty: new Float32Array(length),
    coverage: new Float32Array(length),
  }
  const uncertainty = new Float32Array(data.length).fill(2)
  reprojectArea({ map, source: whole, target, per, leastCover }, { data, uncertainty }, made)
  return made
}

describe('reprojecting by area', () => {
  it('is the mean of the parts that clipping leaves (seed area)', () => {
    const { data, coverage, uncertainty } = run(turned, pixels)
    for (let y = 0; y < SIZE; y += 3) {
      for (let x = 0; x < SIZE; x += 3) {
        const polygon = [
          [-0.5, -0.5],
          [0.5, -0.5],
          [0.5, 0.5],
          [-0.5, 0.5],
        ].map(([u, v]) => applyTransform(turned.transform, { x: x + u!, y: y + v! }))
        let [sum, area, squares] = [0, 0, 0]
        for (let row = 0; row < SIZE; row++) {
          for (let column = 0; column < SIZE; column++) {
            const value = pixels[row * SIZE + column]!
            if (Number.isNaN(value)) continue
            const part = clipToPixel(polygon, column, row)
            sum += part * value
            area += part
            squares += (2 * part) ** 2
          }
        }
        const at = y * SIZE + x
        if (area < 1e-9) expect(data[at]).toBeNaN()
        else {
          expect(Math.abs(data[at]! - sum / area)).toBeLessThan(1e-4)
          expect(Math.abs(uncertainty[at]! - Math.sqrt(squares) / area)).toBeLessThan(1e-5)
        }
        const whole = 0.7 * 0.72 + 0.41 * 0.4
        expect(Math.abs(coverage[at]! - area / whole)).toBeLessThan(1e-6)
      }
    }
  })

  it.each([
    ['turned', turned],
    ['mirrored and small', affineMap({ a: -0.3, b: 0.02, c: 30, d: 0.01, e: 0.33, f: 5 })],
    ['large', affineMap({ a: 3.7, b: 0.5, c: -7, d: -0.4, e: 3.3, f: -9 })],
    [
      'bent',
      buildPixelMap({
        window: { left: -200, top: -200, width: 400, height: 400 },
        locate: (x, y, out) => {
          out[0] = 3 + 0.9 * x + 0.2 * y + 1e-4 * x * y
          out[1] = -4 - 0.21 * x + 0.8 * y + 2e-4 * x * x
          return true
        },
      }),
    ],
  ] as const)('conserves the sum of a frame to 1e-6: %s', (_name, map) => {
    const { data, coverage } = run(
      map,
      full,
      { left: -200, top: -200, width: 400, height: 400 },
      'target-pixel',
    )
    let sum = 0
    data.forEach((value, i) => {
      if (!Number.isNaN(value)) sum += value * coverage[i]!
    })
    const truth = full.reduce((total, value) => total + value, 0)
    expect(Math.abs(sum / truth - 1)).toBeLessThan(1e-6)
  })

  it('gives the frame back under the identity, and leaves out what is too little covered', () => {
    expect(run(affineMap(IDENTITY_TRANSFORM), pixels).data).toEqual(pixels)
    const strict = run(turned, pixels, whole, 'source-pixel', 0.9)
    strict.data.forEach((value, i) => expect(Number.isNaN(value)).toBe(strict.coverage[i]! < 0.9))
  })
})
