import { describe, expect, it } from 'vitest'
import type { GridPixelMap, PixelMap } from '../../../web/core/pixel-map'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { makeGrid } from '../../../web/science/astrometry/wcs/distortion/polynomial-grid'
import type { Wcs } from '../../../web/science/astrometry/wcs/wcs'
import type { PixelWindow } from '../../../web/science/image/pixel-window'
import { createRandom } from '../../../web/science/math/random'
import { buildPixelMap, type LocatePixel } from '../../../web/science/reprojection/build-pixel-map'
import { mapRow } from '../../../web/science/reprojection/map-positions'
import { joinBySky, makeWcs, type SimpleWcs } from './sky-maps'

const frame: SimpleWcs = { longitude: 88.1, latitude: 32.5, scale: 0.6, x: 765, y: 510 }
const whole: PixelWindow = { left: 0, top: 0, width: 1531, height: 1017 }

const bent = {
  a: makeGrid(3, (p, q) => (p + q === 2 ? 3e-6 : p === 3 ? 4e-9 : 0)),
  b: makeGrid(3, (p, q) => (p + q === 2 ? -2e-6 : q === 3 ? 5e-9 : 0)),
  inverse: null,
}

interface Pair {
  readonly name: string
  readonly from: Wcs
  readonly to: Wcs
  readonly window?: PixelWindow
}

const PAIRS: readonly Pair[] = [
  { name: 'turned and scaled', from: makeWcs({ ...frame, turn: 33, scale: 0.9 }), to: makeWcs(frame) },
  {
    name: 'mirrored and shifted',
    from: makeWcs({ ...frame, mirrored: true }),
    to: makeWcs({ ...frame, x: 400, y: 900 }),
  },
  { name: 'onto SIP', from: makeWcs(frame), to: makeWcs({ ...frame, turn: 2, sip: bent }) },
  { name: 'from SIP', from: makeWcs({ ...frame, turn: 2, sip: bent }), to: makeWcs(frame) },
  {
    name: 'over the pole',
    from: makeWcs({ ...frame, latitude: 89.97 }),
    to: makeWcs({ ...frame, longitude: 250, latitude: 89.9 }),
  },
  {
    name: 'across 0h',
    from: makeWcs({ ...frame, longitude: 0.01, latitude: -70 }),
    to: makeWcs({ ...frame, longitude: 359.95, latitude: -70.05, turn: -100 }),
  },
  {
    name: 'ten degrees wide',
    from: makeWcs({ ...frame, scale: 25 }),
    to: makeWcs({ ...frame, projection: 'STG', longitude: 89, scale: 24, turn: 10 }),
  },
  {
    name: 'the whole sky from a hemisphere',
    from: makeWcs({ projection: 'AIT', longitude: 0, latitude: 0, scale: 1000, x: 650, y: 325 }),
    to: makeWcs({ projection: 'SIN', longitude: 170, latitude: 40, scale: 700, x: 300, y: 310 }),
    window: { left: 0, top: 0, width: 1301, height: 651 },
  },
  {
    name: 'the whole sky, cut elsewhere',
    from: makeWcs({ projection: 'AIT', longitude: 0, latitude: 0, scale: 1000, x: 650, y: 325 }),
    to: makeWcs({ projection: 'CAR', longitude: 130, latitude: 0, scale: 900, x: 720, y: 360 }),
    window: { left: 0, top: 0, width: 1301, height: 651 },
  },
]

/** Largest distance from the exact map over `count` random pixels, and in how many only one of the two knows a position. */
const compare = (map: PixelMap, locate: LocatePixel, window: PixelWindow, seed: string) => {
  const random = createRandom(seed)
  const found = new Float64Array(2)
  const exact = new Float64Array(6)
  let [worst, disagreements, places] = [0, 0, 0]
  for (let i = 0; i < 20_000; i++) {
    const x = window.left + Math.floor(random.uniform() * window.width)
    const y = window.top + Math.floor(random.uniform() * window.height)
    const there = locate(x, y, exact) && Number.isFinite(exact[0]! + exact[1]!)
    mapRow(map, { x, y, count: 1 }, found)
    if (there === Number.isNaN(found[0]!)) disagreements++
    else if (there) {
      places++
      worst = Math.max(worst, Math.hypot(found[0]! - exact[0]!, found[1]! - exact[1]!))
    }
  }
  return { worst, disagreements, places }
}

describe('a grid in place of the exact map', () => {
  it.each(PAIRS)(
    '$name: within 0.001 pixels of it wherever one is asked for (seed: the name)',
    ({ name, from, to, window = whole }) => {
      const locate = joinBySky(from, to)
      let calls = 0
      const map = buildPixelMap({ window, locate: (x, y, out) => (calls++, locate(x, y, out)) })
      const { worst, disagreements, places } = compare(map, locate, window, name)
      expect(worst).toBeLessThan(1e-3)
      expect(disagreements).toBe(0)
      expect(places).toBeGreaterThan(5000)
      expect(calls).toBeLessThan(0.5 * window.width * window.height)
    },
  )

  it('is affine where the exact map is, and coarse where it is nearly so', () => {
    const { pixelToSky } = createTransform(makeWcs(frame))
    const affine = buildPixelMap({
      window: whole,
      locate: (x, y, out) => {
        out[0] = 0.5 * x + 0.2 * y - 7
        out[1] = -0.1 * x + 2 * y + 9
        return true
      },
    })
    expect(affine.kind).toBe('affine')
    if (affine.kind !== 'affine') return
    const { a, b, c, d, e, f } = affine.transform
    for (const [value, truth] of [
      [a, 0.5],
      [b, 0.2],
      [c, -7],
      [d, -0.1],
      [e, 2],
      [f, 9],
    ] as const)
      expect(value).toBeCloseTo(truth, 9)
    const wide = buildPixelMap({ window: whole, locate: pixelToSky, tolerance: 1e-7 }) as GridPixelMap
    expect(wide).toMatchObject({ kind: 'grid', spacing: 64, blocks: new Float64Array(0) })
  })

  it('answers for a part of the grid as for the whole, to the last bit, and nowhere else', () => {
    const { from, to } = PAIRS[7]!
    const map = buildPixelMap({
      window: { left: 37, top: -12, width: 900, height: 500 },
      locate: joinBySky(from, to),
    })
    const [row, part] = [new Float64Array(2 * 1000), new Float64Array(2 * 123)]
    for (const y of [-13, -12, 0, 77, 300, 488]) {
      mapRow(map, { x: 0, y, count: 1000 }, row)
      mapRow(map, { x: 401, y, count: 123 }, part)
      expect(part).toEqual(row.slice(802, 802 + 246))
      for (const x of [0, 36, 937, 999]) expect(row[2 * x]).toBeNaN()
      if (y === 300) expect(row.some((v) => !Number.isNaN(v))).toBe(true)
      if (y === -13 || y === 488) expect(row.every(Number.isNaN)).toBe(true)
    }
  })

  it('keeps corners between pixels on the same smooth surface', () => {
    const locate = joinBySky(makeWcs({ ...frame, turn: 33, scale: 0.9 }), makeWcs({ ...frame, sip: bent }))
    const map = buildPixelMap({ window: whole, locate })
    const places = new Float64Array(2 * 1532)
    const exact = new Float64Array(6)
    for (const y of [-0.5, 63.5, 511.5, 1016.5]) {
      mapRow(map, { x: -0.5, y, count: 1532 }, places)
      for (let i = 0; i < 1532; i += 7) {
        locate(i - 0.5, y, exact)
        expect(Math.hypot(places[2 * i]! - exact[0]!, places[2 * i + 1]! - exact[1]!)).toBeLessThan(1e-3)
      }
    }
  })
})
