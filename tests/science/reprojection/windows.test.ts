import { describe, expect, it } from 'vitest'
import { affineMap, type PixelMap } from '../../../web/core/pixel-map'
import type { PixelWindow } from '../../../web/science/image/pixel-window'
import { createRandom } from '../../../web/science/math/random'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { findFootprint } from '../../../web/science/reprojection/find-footprint'
import { findMappedWindow } from '../../../web/science/reprojection/find-mapped-window'
import { mapRow } from '../../../web/science/reprojection/map-positions'
import { joinBySky, makeWcs } from './sky-maps'

const frame = makeWcs({ longitude: 359.9, latitude: 60, scale: 2, x: 300, y: 200 })
const grid = makeWcs({ longitude: 0.1, latitude: 60.1, scale: 1.7, turn: 25, x: 500, y: 400 })
const [WIDTH, HEIGHT] = [601, 413]
const everything: PixelWindow = { left: 0, top: 0, width: 1000, height: 800 }

/** What a window needs, pixel by pixel. */
const searchWindow = (map: PixelMap, target: PixelWindow) => {
  const places = new Float64Array(2 * target.width)
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  let complete = true
  for (let y = target.top; y < target.top + target.height; y++) {
    mapRow(map, { x: target.left, y, count: target.width }, places)
    for (let i = 0; i < target.width; i++) {
      const [column, row] = [places[2 * i]!, places[2 * i + 1]!]
      if (!(column > -0.5 && row > -0.5 && column < WIDTH - 0.5 && row < HEIGHT - 0.5)) {
        complete = false
        continue
      }
      left = Math.min(left, Math.round(column))
      right = Math.max(right, Math.round(column))
      top = Math.min(top, Math.round(row))
      bottom = Math.max(bottom, Math.round(row))
    }
  }
  return { left, right, top, bottom, complete }
}

const MAPS: readonly (readonly [string, PixelMap])[] = [
  ['a turned field', buildPixelMap({ window: everything, locate: joinBySky(grid, frame) })],
  [
    'a part of the grid',
    buildPixelMap({
      window: { left: 200, top: 100, width: 450, height: 380 },
      locate: joinBySky(grid, frame),
    }),
  ],
  [
    'a torn sky',
    buildPixelMap({
      window: everything,
      locate: joinBySky(
        makeWcs({ projection: 'AIT', longitude: 0, latitude: 0, scale: 1500, x: 500, y: 400 }),
        makeWcs({ projection: 'CAR', longitude: 130, latitude: 0, scale: 2150, x: 300, y: 206 }),
      ),
    }),
  ],
  ['an affine map', affineMap({ a: 0.7, b: -0.3, c: 40, d: 0.3, e: 0.8, f: -200 })],
]

describe('the part of a frame that a window needs', () => {
  it.each(MAPS)('%s: holds every pixel that is asked for and hardly more (seed 5)', (_name, map) => {
    const random = createRandom(5)
    let found = 0
    for (let i = 0; i < 60; i++) {
      const left = Math.floor(random.uniform() * 900)
      const top = Math.floor(random.uniform() * 700)
      const target = {
        left,
        top,
        width: 1 + Math.floor(random.uniform() * 99),
        height: 1 + Math.floor(random.uniform() * 99),
      }
      const needed = searchWindow(map, target)
      const window = findMappedWindow({ map, target, width: WIDTH, height: HEIGHT, reach: 4 })
      if (needed.left === Infinity) continue
      found++
      expect(window).not.toBeNull()
      const { left: first, top: upper, width, height } = window!
      expect(first).toBeGreaterThanOrEqual(0)
      expect(first + width).toBeLessThanOrEqual(WIDTH)
      expect(first).toBeLessThanOrEqual(Math.max(0, needed.left - 3))
      expect(upper).toBeLessThanOrEqual(Math.max(0, needed.top - 3))
      expect(first + width).toBeGreaterThanOrEqual(Math.min(WIDTH, needed.right + 4))
      expect(upper + height).toBeGreaterThanOrEqual(Math.min(HEIGHT, needed.bottom + 4))
      if (needed.complete && needed.left > 8) expect(first).toBeGreaterThanOrEqual(needed.left - 8)
    }
    expect(found).toBeGreaterThan(10)
  })

  it('is none beside the frame', () => {
    const map = affineMap({ a: 1, b: 0, c: 5000, d: 0, e: 1, f: 0 })
    const target = { left: 0, top: 0, width: 10, height: 10 }
    expect(findMappedWindow({ map, target, width: WIDTH, height: HEIGHT, reach: 4 })).toBeNull()
    const elsewhere = { left: 2000, top: 0, width: 10, height: 10 }
    expect(
      findMappedWindow({ map: MAPS[1]![1], target: elsewhere, width: WIDTH, height: HEIGHT, reach: 4 }),
    ).toBeNull()
  })
})

describe('the footprint of a frame', () => {
  it('holds all of its pixels to their edges and hardly more', () => {
    const locate = joinBySky(frame, grid)
    const window = findFootprint({ width: WIDTH, height: HEIGHT, locate })!
    const out = new Float64Array(6)
    let [left, right] = [Infinity, -Infinity]
    for (let y = -0.5; y < HEIGHT; y++) {
      for (let x = -0.5; x < WIDTH; x++) {
        locate(x, y, out)
        left = Math.min(left, out[0]!)
        right = Math.max(right, out[0]!)
      }
    }
    expect(window.left).toBeLessThan(left - 0.5)
    expect(window.left).toBeGreaterThan(left - 2.6)
    expect(window.left + window.width).toBeGreaterThan(right + 0.5)
    expect(window.left + window.width).toBeLessThan(right + 3)
  })

  it('is not known where an edge has no place', () => {
    const behind = makeWcs({ longitude: 180, latitude: -60, scale: 2, x: 0, y: 0 })
    expect(findFootprint({ width: 10, height: 10, locate: joinBySky(frame, behind) })).toBeNull()
  })
})
