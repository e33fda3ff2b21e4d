import { describe, expect, it } from 'vitest'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { makeGrid } from '../../../web/science/astrometry/wcs/distortion/polynomial-grid'
import { createRandom } from '../../../web/science/math/random'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { drizzleFrame } from '../../../web/science/reprojection/drizzle-frame'
import { settleDrizzle } from '../../support/drizzle-sums'
import { reprojectArea } from '../../../web/science/reprojection/reproject-area'
import { reprojectWindow } from '../../../web/science/reprojection/reproject-window'
import { scaleByArea } from '../../../web/science/reprojection/scale-by-area'
import { joinBySky, makeWcs } from './sky-maps'

const SIZE = 460
const GRID = 700
const whole = { left: 0, top: 0, width: SIZE, height: SIZE }
const target = { left: 0, top: 0, width: GRID, height: GRID }
const sip = {
  a: makeGrid(2, (p, q) => (p + q === 2 ? 2e-6 : 0)),
  b: makeGrid(2, (p, q) => (p + q === 2 ? -3e-6 : 0)),
  inverse: null,
}
const frame = makeWcs({ longitude: 0.02, latitude: 71, scale: 1, x: 230, y: 230, sip })
const grid = makeWcs({
  longitude: 359.97,
  latitude: 71.01,
  scale: 0.93,
  turn: 24,
  mirrored: true,
  x: 250,
  y: 240,
})

interface TrueStar {
  readonly x: number
  readonly y: number
  readonly flux: number
}

const SIGMA = 1.5
const random = createRandom('hundred stars')
/** Ten rows of ten, far enough from each other for apertures of 12 pixels, each somewhere within a pixel. */
const stars: readonly TrueStar[] = Array.from({ length: 100 }, (_, k) => ({
  x: 95 + 30 * (k % 10) + random.uniform(),
  y: 95 + 30 * Math.floor(k / 10) + random.uniform(),
  flux: 10 ** (3 + 3 * random.uniform()),
}))

/** No noise and no sky: what is lost is lost by reprojection. A pixel is the value at its centre, which for this width is its mean but for 1e-9. */
const picture = (() => {
  const data = new Float64Array(SIZE * SIZE)
  for (const { x, y, flux } of stars) {
    for (let row = Math.floor(y) - 14; row <= y + 14; row++) {
      for (let column = Math.floor(x) - 14; column <= x + 14; column++) {
        const square = (column - x) ** 2 + (row - y) ** 2
        data[row * SIZE + column]! +=
          (flux / (2 * Math.PI * SIGMA ** 2)) * Math.exp(-square / (2 * SIGMA ** 2))
      }
    }
  }
  return Float32Array.from(data)
})()

const map = buildPixelMap({ window: target, locate: joinBySky(grid, frame) })
const back = buildPixelMap({ window: whole, locate: joinBySky(frame, grid) })

const METHODS = {
  lanczos3: (): Float32Array => {
    const data = new Float32Array(GRID * GRID)
    const job = {
      method: 'lanczos3',
      map,
      source: whole,
      target,
      leastCover: 0.7,
      clamp: 0.3,
    } as const
    reprojectWindow(job, { data: picture }, { data })
    scaleByArea(map, target, data)
    return data
  },
  area: (): Float32Array => {
    const data = new Float32Array(GRID * GRID)
    reprojectArea(
      { map, source: whole, target, per: 'target-pixel', leastCover: 0 },
      { data: picture },
      { data },
    )
    return data
  },
  drizzle: (): Float32Array => {
    const sums = {
      flux: new Float64Array(GRID * GRID),
      weight: new Float64Array(GRID * GRID),
      variance: null,
    }
    const job = {
      map: back,
      source: whole,
      target,
      pixfrac: 1,
      per: 'target-pixel',
      weight: 1,
    } as const
    drizzleFrame(job, { data: picture }, { flux: sums.flux, weight: sums.weight })
    return settleDrizzle(sums).data
  },
}

describe.each(Object.entries(METHODS))(
  'a hundred stars over 0h at +71 degrees, out of SIP, mirrored and turned: %s',
  (_name, make) => {
    it('keep their flux to 0.2 % and their places to 0.02 pixels', () => {
      const data = make()
      const { pixelToSky } = createTransform(frame)
      const { skyToPixel } = createTransform(grid)
      const out = new Float64Array(6)
      let [worstFlux, worstPlace] = [0, 0]
      for (const star of stars) {
        expect(pixelToSky(star.x, star.y, out) && skyToPixel(out[0]!, out[1]!, out)).toBe(true)
        const [x, y] = [out[0]!, out[1]!]
        let [flux, sumX, sumY] = [0, 0, 0]
        for (let row = Math.ceil(y - 12); row <= y + 12; row++) {
          for (let column = Math.ceil(x - 12); column <= x + 12; column++) {
            if (Math.hypot(column - x, row - y) > 12) continue
            const value = data[row * GRID + column]!
            flux += value
            sumX += value * column
            sumY += value * row
          }
        }
        worstFlux = Math.max(worstFlux, Math.abs(flux / star.flux - 1))
        worstPlace = Math.max(worstPlace, Math.hypot(sumX / flux - x, sumY / flux - y))
      }
      expect(worstFlux).toBeLessThan(0.002)
      expect(worstPlace).toBeLessThan(0.02)
    })
  },
)
