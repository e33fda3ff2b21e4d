import { affineMap, type PixelMap } from '../../web/core/pixel-map'
import { buildPixelMap, type LocatePixel } from '../../web/science/reprojection/build-pixel-map'

const bent: LocatePixel = (x, y, out) => {
  out[0] = 4.3 + 0.93 * x - 0.21 * y + 2e-4 * x * y
  out[1] = -3.1 + 0.22 * x + 0.95 * y - 3e-4 * x * x
  return true
}

/** One half of the plane shows nothing, another is cut off and lies elsewhere. */
const torn: LocatePixel = (x, y, out) => {
  bent(x, y, out)
  if (x + 0.3 * y > 40) out[0]! -= 23.4
  return x - 2 * y < 20
}

const wavy: LocatePixel = (x, y, out) => {
  out[0] = x + 3 * Math.sin(y / 2)
  out[1] = y + 3 * Math.cos(x / 2)
  return true
}

const build = (locate: LocatePixel, left = -5, top = -3): PixelMap =>
  buildPixelMap({ window: { left, top, width: 90, height: 80 }, locate })

/** Maps of all kinds from grids of some 60 x 60 pixels to frames of that size: each kind of cell is in one of them. */
export const GRID_MAPS: readonly (readonly [string, PixelMap])[] = [
  ['bent', build(bent)],
  ['torn', build(torn)],
  ['wavy, all cells exact', build(wavy)],
  ['a part of the grid', build(bent, 13, 17)],
  ['identity', affineMap({ a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 })],
  ['shift', affineMap({ a: 1, b: 0, c: 3.37, d: 0, e: 1, f: -2.81 })],
  ['turned by 30 degrees', affineMap({ a: 0.78, b: -0.45, c: 20, d: 0.45, e: 0.78, f: -8 })],
  ['mirrored', affineMap({ a: -1, b: 0, c: 66.4, d: 0, e: 1, f: 0.3 })],
  ['far away', affineMap({ a: 1, b: 0, c: 1e12, d: 0, e: 1, f: 0 })],
  ['not a number', affineMap({ a: 1, b: 0, c: Number.NaN, d: 0, e: 1, f: 0 })],
]
