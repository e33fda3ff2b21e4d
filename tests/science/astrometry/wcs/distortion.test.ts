import { describe, expect, it } from 'vitest'
import { makeIrafMap, type IrafSurface } from '../../../../web/science/astrometry/wcs/distortion/iraf-surface'
import { addLookup, type LookupTable } from '../../../../web/science/astrometry/wcs/distortion/lookup-table'
import { makePixelMap, makeTableMap } from '../../../../web/science/astrometry/wcs/distortion/pixel-map'
import { invertMap, type PlaneMap } from '../../../../web/science/astrometry/wcs/distortion/plane-map'
import { makeGrid } from '../../../../web/science/astrometry/wcs/distortion/polynomial-grid'
import { makeTpvMap, TPV_TERMS } from '../../../../web/science/astrometry/wcs/distortion/tpv'
import { createTransform } from '../../../../web/science/astrometry/wcs/create-transform'
import { readWcs } from '../../../../web/science/astrometry/wcs/read-wcs'
import { createRandom } from '../../../../web/science/math/random'
import { makeHeader, makeTables, recordCards } from './wcs-support'

const random = createRandom(40)
const draw = (size: number): number => (2 * random.uniform() - 1) * size

const table = (width: number, height: number, size: number): LookupTable => ({
  width,
  height,
  values: Float64Array.from({ length: width * height }, () => draw(size)),
  reference: [0.5, -0.25],
  origin: [-3, 8],
  step: [64, 50],
})

const surface = (kind: IrafSurface['kind'], cross: IrafSurface['cross']): IrafSurface => ({
  kind,
  xOrder: 4,
  yOrder: 3,
  cross,
  range: { x: [-0.3, 0.4], y: [-0.2, 0.3] },
  coefficients: Array.from({ length: 12 }, () => draw(1e-3)),
})

const sip = {
  a: makeGrid(5, (p, q) => (p + q < 2 ? 0 : draw(3 / 500 ** (p + q)))),
  b: makeGrid(4, (p, q) => (p + q < 2 ? 0 : draw(3 / 500 ** (p + q)))),
  inverse: null,
}
const poor = makeGrid(2, (p, q) => (p + q < 2 ? 0 : draw(3 / 500 ** 2)))

/** Maps with the places where they are asked, and a length over which they are smooth. */
const MAPS: readonly (readonly [string, PlaneMap, () => [number, number], number])[] = [
  ['SIP', makePixelMap(sip, null, { x: 500, y: 400 }), () => [500 + draw(480), 400 + draw(380)], 1e-3],
  [
    'SIP with a poor inverse',
    makePixelMap({ ...sip, inverse: { a: poor, b: poor } }, null, { x: 500, y: 400 }),
    () => [500 + draw(480), 400 + draw(380)],
    1e-3,
  ],
  [
    'SIP and tables',
    makePixelMap(sip, { x: table(17, 17, 0.8), y: table(17, 17, 0.8) }, { x: 500, y: 400 }),
    () => [500 + draw(480), 400 + draw(380)],
    1e-6,
  ],
  ['a table on one axis', makeTableMap({ x: null, y: table(17, 17, 3) }), () => [draw(900), draw(900)], 1e-6],
  ['a table of one row', makeTableMap({ x: table(33, 1, 0.5), y: null }), () => [draw(900), draw(900)], 1e-6],
  [
    'TPV',
    makeTpvMap({
      longitude: Array.from({ length: TPV_TERMS }, (_, m) => draw(2e-3) + (m === 1 ? 1 : 0)),
      latitude: Array.from({ length: TPV_TERMS }, (_, m) => draw(2e-3) + (m === 1 ? 1 : 0)),
    }),
    () => [draw(0.6), draw(0.6)],
    1e-6,
  ],
  ...(['chebyshev', 'legendre', 'polynomial'] as const).map(
    (kind) =>
      [
        `TNX, ${kind}`,
        makeIrafMap({ longitude: surface(kind, 'full'), latitude: surface(kind, 'half') }),
        () => [draw(0.3), draw(0.2)] as [number, number],
        1e-6,
      ] as const,
  ),
]

describe.each(MAPS)('%s', (_name, map, place, step) => {
  const out = new Float64Array(6)

  it('has the derivatives that differences give (seed 40)', () => {
    let compared = 0
    for (let k = 0; k < 200; k++) {
      const [x, y] = place()
      map.apply(x, y, out)
      const given = Array.from(out.slice(2))
      const at = (p: number, q: number): [number, number] => {
        map.apply(p, q, out)
        return [out[0]!, out[1]!]
      }
      const [left, right, low, high] = [at(x - step, y), at(x + step, y), at(x, y - step), at(x, y + step)]
      const found = [
        (right[0] - left[0]) / (2 * step),
        (high[0] - low[0]) / (2 * step),
        (right[1] - left[1]) / (2 * step),
        (high[1] - low[1]) / (2 * step),
      ]
      for (const [cell, value] of found.entries()) expect(Math.abs(given[cell]! - value)).toBeLessThan(2e-6)
      compared++
    }
    expect(compared).toBe(200)
  })

  it('is undone by its inverse (seed 40)', () => {
    for (let k = 0; k < 500; k++) {
      const [x, y] = place()
      map.apply(x, y, out)
      expect(invertMap(map, out[0]!, out[1]!, out)).toBe(true)
      expect(Math.hypot(out[0]! - x, out[1]! - y)).toBeLessThan(1e-9)
    }
  })
})

describe('invertMap', () => {
  it('says where there is no inverse', () => {
    const fold: PlaneMap = {
      tolerance: 1e-12,
      apply: (x, y, out) => {
        out.set([x * x + 1, y, 2 * x, 0, 0, 1])
      },
    }
    const out = new Float64Array(6)
    expect(invertMap(fold, -5, 0, out)).toBe(false)
    expect(invertMap(fold, Number.NaN, 0, out)).toBe(false)
    expect(invertMap(fold, 5, 3, out)).toBe(true)
    expect(out[0]).toBeCloseTo(2, 12)
  })
})

describe('addLookup', () => {
  const grid: LookupTable = {
    width: 3,
    height: 2,
    values: Float64Array.of(1, 2, 4, 10, 20, 40),
    reference: [0, 0],
    origin: [100, 50],
    step: [10, 5],
  }
  const ask = (x: number, y: number): number => {
    const out = new Float64Array(6)
    addLookup(grid, x, y, out, [0, 2, 3])
    return out[0]!
  }

  it('gives the values at the grid, the mean between, and the edge beyond it', () => {
    expect([ask(100, 50), ask(110, 50), ask(120, 55)]).toEqual([1, 2, 40])
    expect(ask(105, 50)).toBe(1.5)
    expect(ask(115, 52.5)).toBe((2 + 4 + 20 + 40) / 4)
    expect([ask(-1e6, 50), ask(1e6, 1e6), ask(105, -1e6)]).toEqual([1, 40, 1.5])
  })
})

describe('tables after the matrix (CQDIS)', () => {
  const cards = {
    CTYPE1: 'RA---TAN',
    CTYPE2: 'DEC--TAN',
    CRPIX1: 101,
    CRPIX2: 81,
    CRVAL1: 0,
    CRVAL2: 0,
    CDELT1: -1e-4,
    CDELT2: 2e-4,
    CQDIS1: 'Lookup',
  }
  const records = [
    ['DQ1', 'EXTVER: 3'],
    ['DQ1', 'NAXES: 2'],
    ['DQ1', 'AXIS.1: 1'],
    ['DQ1', 'AXIS.2: 2'],
  ] as const
  const tables = makeTables([
    {
      name: 'WCSDVARR',
      version: 3,
      reference: [1, 1],
      origin: [-100, -80],
      step: [200, 160],
      width: 2,
      height: 2,
      values: [0, 4, 0, 4],
    },
  ])

  it('add in units of pixels, before CDELT', () => {
    const wcs = readWcs([...makeHeader(cards), ...recordCards(records)], { tables })!
    const { pixelToSky, skyToPixel } = createTransform(wcs)
    const out = new Float64Array(6)
    // 50 pixels right of the middle the table, which starts one unit later than pixels from 0 do, says 3 and a little.
    pixelToSky(150, 80, out)
    const correction = (4 * (50 + 101)) / 200
    const expected = (Math.atan(((50 + correction) * -1e-4 * Math.PI) / 180) * 180) / Math.PI
    expect(out[0]! - 360).toBeCloseTo(expected, 12)
    expect(skyToPixel(out[0]!, out[1]!, out)).toBe(true)
    expect(out[0]).toBeCloseTo(150, 8)
    expect(out[1]).toBeCloseTo(80, 8)
  })
})
