import { describe, expect, it } from 'vitest'
import { affineMap, type PixelMap } from '../../../web/core/pixel-map'
import { readWcs } from '../../../web/science/astrometry/wcs/read-wcs'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { drizzleFrame } from '../../../web/science/reprojection/drizzle-frame'
import { addDrizzle, createDrizzleSums, settleDrizzle } from '../../support/drizzle-sums'
import { reprojectArea } from '../../../web/science/reprojection/reproject-area'
import { reprojectWindow, type ReprojectMethod } from '../../../web/science/reprojection/reproject-window'
import golden from '../../golden/reprojection/reprojection.json'
import { makeHeader } from '../astrometry/wcs/wcs-support'
import { hashNoise, makeGoldenFrame } from './golden-frame'
import { joinBySky } from './sky-maps'

const frame = makeGoldenFrame(golden)
const source = { left: 0, top: 0, width: golden.width, height: golden.height }

type GoldenCase = (typeof golden.cases)[number]

const readGrid = (cards: object) => readWcs(makeHeader(cards as Record<string, string | number>))!

const findMap = (example: GoldenCase, tolerance: number): PixelMap =>
  buildPixelMap({
    window: { left: 0, top: 0, width: example.width, height: example.height },
    locate: joinBySky(readGrid(example.target), readGrid(example.source)),
    tolerance,
  })

const interpolate = (example: GoldenCase, method: ReprojectMethod, tolerance = 1e-7): Float32Array => {
  const target = { left: 0, top: 0, width: example.width, height: example.height }
  const data = new Float32Array(example.width * example.height)
  const leastCover = method === 'lanczos3' ? 1 : 0.5
  const map = findMap(example, tolerance)
  reprojectWindow({ method, map, source, target, leastCover, clamp: null }, { data: frame }, { data })
  return data
}

const byArea = (example: GoldenCase) => {
  const target = { left: 0, top: 0, width: example.width, height: example.height }
  const [data, coverage] = [
    new Float32Array(target.width * target.height),
    new Float32Array(target.width * target.height),
  ]
  const map = findMap(example, 1e-7)
  reprojectArea(
    { map, source, target, per: 'source-pixel', leastCover: 0 },
    { data: frame },
    { data, coverage },
  )
  return { data, coverage }
}

/** Largest difference over the sampled places; a place that only one of the two knows counts as endless. */
const compare = (example: GoldenCase, column: string, found: Float32Array) => {
  const index = golden.columns.indexOf(column)
  let [worst, count] = [0, 0]
  for (const place of example.places) {
    const expected = place[index] ?? Number.NaN
    const value = found[place[1]! * example.width + place[0]!]!
    if (Number.isNaN(expected) && Number.isNaN(value)) continue
    count++
    worst = Math.max(
      worst,
      Number.isNaN(expected) || Number.isNaN(value) ? Infinity : Math.abs(value - expected),
    )
  }
  return { worst, count }
}

it('the frame is the one of the golden file', () => {
  const sum = frame.reduce((total, value) => total + value, 0)
  expect(Math.abs(sum / golden.sum - 1)).toBeLessThan(1e-9)
})

// Stars are up to 3000 high and change by 1200 from pixel to pixel.
describe.each(golden.cases.map((example) => [example.name, example] as const))(
  'against reproject and SWarp, %s',
  (name, example) => {
    it('nearest and bilinear as reproject_interp, half a pixel about the frame too', () => {
      const [nearest, bilinear] = [interpolate(example, 'nearest'), interpolate(example, 'bilinear')]
      expect(compare(example, 'nearest', nearest).worst).toBeLessThan(1e-4)
      const { worst, count } = compare(example, 'bilinear', bilinear)
      expect(count).toBeGreaterThan(60)
      expect(worst).toBeLessThan(5e-4)
      // With the map as coarse as it is in use.
      expect(compare(example, 'bilinear', interpolate(example, 'bilinear', 5e-4)).worst).toBeLessThan(0.1)
    })

    it('area weighting as reproject_exact, whose pixels are spherical polygons', () => {
      const { data, coverage } = byArea(example)
      expect(compare(example, 'exact', data).worst).toBeLessThan(name === 'SIP' ? 0.02 : 1e-3)
      expect(compare(example, 'coverage', coverage).worst).toBeLessThan(3e-5)
    })
  },
)

// SWarp leaves the distortion of SIP alone.
const STRAIGHT = golden.cases.filter(({ name }) => name !== 'SIP')

it.each(STRAIGHT.map((example) => [example.name, example] as const))(
  'Lanczos-3 as SWarp, %s',
  (_name, example) => {
    const { worst, count } = compare(example, 'swarp', interpolate(example, 'lanczos3'))
    expect(count).toBeGreaterThan(60)
    expect(worst).toBeLessThan(0.3)
  },
)

describe.each(golden.drizzles.map((example) => [example.name, example] as const))(
  'against drizzle, %s',
  (_name, example) => {
    it('three weighted, dithered frames', () => {
      const { width, height, pixfrac, transform } = example
      const target = { left: 0, top: 0, width, height }
      const sums = createDrizzleSums({
        pixels: width * height,
        frames: 3,
        withVariance: false,
        withContext: false,
      })
      const offsets = [
        [0, 0],
        [0.4, -0.3],
        [-0.25, 0.6],
      ] as const
      for (const [k, offset] of offsets.entries()) {
        const { a, b, c, d, e, f } = transform
        const moved = {
          ...transform,
          c: c - a * offset[0] - b * offset[1],
          f: f - d * offset[0] - e * offset[1],
        }
        const one = { flux: new Float64Array(width * height), weight: new Float64Array(width * height) }
        const weights = Float32Array.from(
          { length: frame.length },
          (_, i) => 0.5 + hashNoise(7_000_000 * (k + 1) + i),
        )
        const job = {
          map: affineMap(moved),
          source,
          target,
          pixfrac,
          per: 'source-pixel',
          weight: 1,
        } as const
        drizzleFrame(job, { data: makeGoldenFrame(golden, offset, 1_000_000 * k), weights }, one)
        addDrizzle(sums, one, k)
      }
      const { data } = settleDrizzle(sums)
      for (const [x, y, value, weight] of example.places) {
        const at = y! * width + x!
        expect(Math.abs(data[at]! / value! - 1)).toBeLessThan(1e-6)
        expect(Math.abs(sums.weight[at]! / weight! - 1)).toBeLessThan(1e-6)
      }
      expect(example.places.length).toBeGreaterThan(40)
      const whole = sums.weight.reduce((total, value) => total + value, 0)
      expect(Math.abs(whole / example.weight - 1)).toBeLessThan(1e-6)
    })
  },
)
