import { describe, expect, it } from 'vitest'
import { createImage, type Image } from '../../../web/core/image'
import { estimateBackgroundMesh, interpolateBackground } from '../../../web/science/image/background-mesh'
import { countValues } from '../../../web/science/image/count-values'
import { splineRow } from '../../../web/science/image/natural-spline'
import { measurePlane } from '../../../web/science/image/plane-statistics'
import { resampleImage } from '../../../web/science/image/resample-image'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/image/image.json'

const { width, height } = golden

/** The hash of make_image.py. */
const noise = (index: number): number => {
  let x = Math.imul(index, 2_654_435_761) >>> 0
  x ^= x >>> 15
  x = Math.imul(x, 2_246_822_519) >>> 0
  x ^= x >>> 13
  return (x >>> 0) / 4_294_967_296
}

const fill = (size: { width: number; height: number }, value: (x: number, y: number) => number): Image => {
  const image = createImage(size.width, size.height)
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) image.data[y * size.width + x] = value(x, y)
  }
  return image
}

const STARS = [
  [20, 20, 900],
  [70.3, 40.8, 300],
  [100, 80, 5000],
  [37, 77, 120],
] as const

const image = fill({ width, height }, (x, y) => {
  const i = y * width + x
  const sky = 500 + 0.2 * x + 0.1 * y + 8 * (noise(i) + noise(i + 1_000_003) + noise(i + 2_000_003) - 1.5)
  return STARS.reduce(
    (total, [cx, cy, peak]) => total + peak * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 8),
    sky,
  )
})

it('the image is the one of the golden file', () => {
  const total = image.data.reduce((sum, value) => sum + value, 0)
  expect(Math.abs(total / golden.sum - 1)).toBeLessThan(1e-10)
})

describe('statistics against numpy', () => {
  it('moments, median and histogram', () => {
    const { minimum, maximum, mean, median, deviation, counts, below, above } = golden.statistics
    const found = measurePlane(image.data)
    expect(found.count).toBe(width * height)
    expect(found.minimum).toBeCloseTo(minimum, 4)
    expect(found.maximum).toBeCloseTo(maximum, 3)
    expect(found.mean).toBeCloseTo(mean, 6)
    expect(found.median).toBeCloseTo(median, 4)
    expect(found.deviation).toBeCloseTo(deviation, 5)
    const histogram = countValues(image.data, { lower: 480, upper: 620, bins: 40 })
    expect(histogram).toEqual({ counts: Uint32Array.from(counts), below, above, missing: 0 })
  })

  it('an edge belongs to the bin on its right, the last edge to the last bin, and nothing is lost', () => {
    const values = Float32Array.of(-1, 0, 0.99, 1, 2, 3, 4, 4.01, Number.NaN, Infinity, -Infinity)
    expect(countValues(values, { lower: 0, upper: 4, bins: 4 })).toEqual({
      counts: Uint32Array.of(2, 1, 1, 2),
      below: 2,
      above: 2,
      missing: 1,
    })
    const constant = countValues(new Float32Array(16).fill(9), { lower: 9, upper: 9, bins: 8 })
    expect([...constant.counts]).toEqual([16, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('background mesh against photutils', () => {
  for (const { estimator, filter, level, rms } of golden.meshes) {
    it(`${estimator}, filter ${filter}`, () => {
      const grid = estimateBackgroundMesh(image, {
        box: golden.box,
        filter,
        estimator: estimator as 'sextractor' | 'median',
      })
      expect([grid.columns, grid.rows]).toEqual([8, 6])
      level.forEach((value, i) => expect(Math.abs(grid.level[i]! / value - 1)).toBeLessThan(1e-7))
      rms.forEach((value, i) => expect(Math.abs(grid.rms[i]! / value - 1)).toBeLessThan(1e-5))
    })
  }

  it('the spline is the natural one of scipy between the knots', () => {
    const pixels = new Float64Array(60)
    splineRow(Float64Array.from(golden.spline.knots), pixels, 'bicubic')
    golden.spline.values.forEach((value, i) =>
      expect(pixels[golden.spline.first + i]!).toBeCloseTo(value, 12),
    )
  })

  for (const method of ['bicubic', 'bilinear'] as const) {
    it(`${method}: a tilted plane comes back as it is, to the edges, under boxes that do not fit`, () => {
      const plane = fill({ width: 101, height: 67 }, (x, y) => 100 + 0.5 * x - 0.25 * y)
      const grid = estimateBackgroundMesh(plane, { box: 16, filter: 1, estimator: 'median' })
      const back = interpolateBackground(grid, 'level', method)
      // Boxes of 16 and 17 pixels stand for equal ones: their centres are off by up to half a pixel.
      back.data.forEach((value, i) => expect(Math.abs(value - plane.data[i]!)).toBeLessThan(0.5))
    })
  }

  it('fills boxes without pixels from their neighbours, and leaves nothing where there is nothing (seed gaps)', () => {
    const random = createRandom('gaps')
    const holed = fill({ width: 80, height: 80 }, (x, y) =>
      x < 40 && y < 20 ? Number.NaN : 50 + random.normal(),
    )
    const grid = estimateBackgroundMesh(holed, { box: 10 })
    for (const value of grid.level) expect(Math.abs(value - 50)).toBeLessThan(0.6)
    for (const value of interpolateBackground(grid, 'rms').data) expect(Math.abs(value - 1)).toBeLessThan(0.4)
    const empty = estimateBackgroundMesh(
      fill({ width: 20, height: 20 }, () => Number.NaN),
      { box: 10 },
    )
    expect(empty.level.every(Number.isNaN)).toBe(true)
  })
})

describe('resampling against scipy and the definition', () => {
  it('bilinear and Lanczos-3 at sampled places of a turned and shifted grid', () => {
    const { transform, places } = golden.resample
    const bilinear = resampleImage(image, transform, { width, height, method: 'bilinear' })
    const lanczos = resampleImage(image, transform, { width, height, method: 'lanczos3' })
    let compared = 0
    for (const [x, y, linear, sharp] of places) {
      const at = y! * width + x!
      if (linear === null) expect(bilinear.data[at]).toBeNaN()
      else expect(Math.abs(bilinear.data[at]! / linear! - 1)).toBeLessThan(1e-6)
      if (sharp === null) expect(lanczos.data[at]).toBeNaN()
      else {
        // Its weights come from a table of 4096 phases.
        expect(Math.abs(lanczos.data[at]! / sharp! - 1)).toBeLessThan(1e-4)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(10)
  })
})
