import { describe, expect, it } from 'vitest'
import { affineMap, type PixelMap } from '../../../web/core/pixel-map'
import { createRandom } from '../../../web/science/math/random'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { drizzleFrame, type FrameToDrizzle } from '../../../web/science/reprojection/drizzle-frame'
import { findNoiseRatio } from '../../../web/science/reprojection/find-noise-ratio'
import { addDrizzle, createDrizzleSums, settleDrizzle } from '../../support/drizzle-sums'

const SIZE = 30
const whole = { left: 0, top: 0, width: SIZE, height: SIZE }
const wide = { left: -30, top: -40, width: 150, height: 160 }
const random = createRandom('drizzle')
const frame = Float32Array.from({ length: SIZE * SIZE }, () =>
  random.uniform() < 0.02 ? Number.NaN : 100 * random.uniform(),
)

const bent = buildPixelMap({
  window: whole,
  locate: (x, y, out) => {
    out[0] = 30 + 1.7 * x + 0.6 * y + 2e-4 * x * y
    out[1] = 8 - 0.5 * x + 1.8 * y + 3e-4 * x * x
    return true
  },
})
const MAPS: readonly (readonly [string, PixelMap])[] = [
  ['bent, finer', bent],
  ['turned', affineMap({ a: 0.8, b: 0.6, c: 10, d: -0.6, e: 0.8, f: 30 })],
  ['mirrored, coarser', affineMap({ a: -0.31, b: 0.05, c: 30, d: 0.02, e: 0.33, f: 5 })],
]

const run = (
  params: Partial<FrameToDrizzle> & Pick<FrameToDrizzle, 'map'>,
  data: Float32Array,
  weights?: Float32Array,
) => {
  const job: FrameToDrizzle = {
    source: whole,
    target: wide,
    pixfrac: 1,
    per: 'source-pixel',
    weight: 1,
    ...params,
  }
  const length = job.target.width * job.target.height
  const made = {
    flux: new Float64Array(length),
    weight: new Float64Array(length),
    variance: new Float64Array(length),
  }
  drizzleFrame(job, { data, weights, uncertainty: new Float32Array(data.length).fill(3) }, made)
  return made
}

const add = (values: Iterable<number>): number => {
  let sum = 0
  for (const value of values) sum += Number.isNaN(value) ? 0 : value
  return sum
}

describe.each(MAPS)('drizzle, %s', (_name, map) => {
  it.each([1, 0.6, 0.1, 0])('conserves flux and weight to 1e-9 with drops of %f', (pixfrac) => {
    const { flux, weight } = run({ map, pixfrac, weight: 2.5 }, frame)
    expect(Math.abs(add(flux) / (2.5 * add(frame)) - 1)).toBeLessThan(1e-9)
    const known = frame.filter((value) => !Number.isNaN(value)).length
    expect(Math.abs(add(weight) / (2.5 * known) - 1)).toBeLessThan(1e-9)
  })

  it('keeps a constant sky, per pixel of the frame or of the grid', () => {
    const flat = new Float32Array(SIZE * SIZE).fill(40)
    const plain = settleDrizzle(run({ map, pixfrac: 0.7 }, flat)).data
    for (const value of plain) if (!Number.isNaN(value)) expect(Math.abs(value - 40)).toBeLessThan(1e-5)
    const counts = run({ map, pixfrac: 1, per: 'target-pixel' }, flat)
    // Where the grid is covered to the full, weights are one over the area of a pixel: values times covered parts add to the frame's.
    let sum = 0
    settleDrizzle(counts).data.forEach((value, i) => {
      if (!Number.isNaN(value)) sum += (value * counts.weight[i]!) / (value / 40)
    })
    expect(Math.abs(sum / (40 * SIZE * SIZE) - 1)).toBeLessThan(1e-6)
  })

  it('is the same in strips, bit for bit', () => {
    const all = run({ map, pixfrac: 0.8 }, frame)
    for (let row = 0; row < wide.height; row += 13) {
      const strip = { ...wide, top: wide.top + row, height: Math.min(13, wide.height - row) }
      const part = run({ map, pixfrac: 0.8, target: strip }, frame)
      const [from, until] = [row * wide.width, (row + strip.height) * wide.width]
      expect(part.flux).toEqual(all.flux.slice(from, until))
      expect(part.variance).toEqual(all.variance.slice(from, until))
    }
  })
})

describe('sums over frames', () => {
  it('a star in sixteen dithered frames keeps its flux to 1e-4 and its place to 0.01 pixels (seed dither)', () => {
    const dither = createRandom('dither')
    const sums = createDrizzleSums({ pixels: 90 * 90, frames: 40, withVariance: true, withContext: true })
    const target = { left: 0, top: 0, width: 90, height: 90 }
    for (let k = 0; k < 16; k++) {
      const [dx, dy] = [2 * dither.uniform(), 2 * dither.uniform()]
      const map = affineMap({ a: 2, b: 0.1, c: 14 + 2 * dx, d: -0.1, e: 2, f: 18 + 2 * dy })
      const centre = { x: 15 - dx, y: 14 - dy }
      const star = Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
        const [x, y] = [(i % SIZE) - centre.x, Math.floor(i / SIZE) - centre.y]
        return 20 + 5000 * Math.exp(-(x * x + y * y) / (2 * 1.8 ** 2))
      })
      addDrizzle(sums, run({ map, target, pixfrac: 0.8, per: 'target-pixel' }, star), k === 15 ? 37 : k)
    }
    const { data } = settleDrizzle(sums)
    // Twice as many pixels in each direction, and a little turned: the sky is 20 over the area of a pixel.
    const area = 4.01
    let [flux, x, y] = [0, 0, 0]
    for (let row = 0; row < 90; row++) {
      for (let column = 0; column < 90; column++) {
        const value = data[row * 90 + column]! - 20 / area
        if (Math.hypot(column - 45.4, row - 44.5) > 22) continue
        flux += value
        x += value * column
        y += value * row
      }
    }
    expect(Math.abs(flux / (5000 * 2 * Math.PI * 1.8 ** 2) - 1)).toBeLessThan(1e-4)
    expect(Math.abs(x / flux - (2 * 15 + 0.1 * 14 + 14))).toBeLessThan(0.2)
    expect(sums.frames[45 * 90 + 45]).toBe(16)
    expect(sums.context[0]![45 * 90 + 45]).toBe(0x7fff)
    expect(sums.context[1]![45 * 90 + 45]).toBe(1 << 5)
  })

  it('the uncertainty is the scatter of pixels, and noise of large areas is larger by the ratio (seed ratio)', () => {
    const noise = createRandom('ratio')
    const target = { left: 0, top: 0, width: 60, height: 60 }
    const [pixfrac, scale] = [1, 0.5]
    const block = 20
    let [pixel, sum, blocks, predicted] = [0, 0, 0, 0]
    for (let trial = 0; trial < 40; trial++) {
      const sums = createDrizzleSums({ pixels: 3600, frames: 9, withVariance: true, withContext: false })
      for (let k = 0; k < 9; k++) {
        const map = affineMap({ a: 2, b: 0, c: noise.uniform() * 2, d: 0, e: 2, f: noise.uniform() * 2 })
        addDrizzle(
          sums,
          run(
            { map, target, pixfrac },
            Float32Array.from({ length: SIZE * SIZE }, () => 3 * noise.normal()),
          ),
          k,
        )
      }
      const { data, uncertainty } = settleDrizzle(sums)
      for (let top = 4; top + block < 58; top += block) {
        for (let left = 4; left + block < 58; left += block) {
          let total = 0
          for (let row = top; row < top + block; row++) {
            for (let column = left; column < left + block; column++) {
              total += data[row * 60 + column]!
              pixel += data[row * 60 + column]! ** 2
              predicted += uncertainty![row * 60 + column]! ** 2
            }
          }
          sum += total ** 2
          blocks++
        }
      }
    }
    expect(Math.abs(pixel / predicted - 1)).toBeLessThan(0.06)
    const ratio = Math.sqrt(sum / pixel)
    // Blocks are not endless: their edges share less.
    expect(Math.abs(ratio / findNoiseRatio(pixfrac, scale) - 1)).toBeLessThan(0.1)
    expect(findNoiseRatio(1, 1)).toBeCloseTo(1.5, 12)
    expect(findNoiseRatio(0.5, 1)).toBeCloseTo(1.2, 12)
  })
})
