import { describe, expect, it } from 'vitest'
import { flattenOutlines, traceOutline } from '../../../web/render/sky/frame-outline'
import { tanSipToWcs } from '../../../web/science/astrometry/tan-sip-to-wcs'

const SIZE = { width: 600, height: 400 }
const SCALE = 2 / 3600

/** North up, east to the left, `turn` degrees from north to the y axis; rows upwards. */
const wcsAt = (ra: number, dec: number, turn = 0) => {
  const [sine, cosine] = [Math.sin((turn * Math.PI) / 180) * SCALE, Math.cos((turn * Math.PI) / 180) * SCALE]
  return tanSipToWcs({
    crpix: [(SIZE.width - 1) / 2, (SIZE.height - 1) / 2],
    crval: [ra, dec],
    cd: [-cosine, sine, sine, cosine],
    order: 1,
    a: [],
    b: [],
  })
}

const trace = (ra: number, dec: number, turn = 0) => {
  const outline = traceOutline(wcsAt(ra, dec, turn), SIZE)
  if (outline === null) throw new Error('there is no outline')
  return outline
}

describe('outlines of frames on the sky', () => {
  it.each([
    ['near the equator', 120, 5],
    ['across the beginning of right ascension', 0, 40],
    ['about the pole', 200, 90],
  ])('have the size of the frame %s', (_where, ra, dec) => {
    const [outline = []] = flattenOutlines([trace(ra, dec)])?.outlines ?? []
    // Twice the area within, around the edge (about the pole a frame is turned as right ascension is).
    const doubled = outline.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = outline[(index + 1) % outline.length] ?? [x, y]
      return sum + x * nextY - nextX * y
    }, 0)
    const expected = SIZE.width * SIZE.height * SCALE ** 2
    expect(Math.abs(doubled) / 2 / expected).toBeCloseTo(1, 4)
  })

  it('have east to the left and north up', () => {
    const east = 0.2
    const flat = flattenOutlines([
      trace(50, 20),
      trace(50 + east / Math.cos((20 * Math.PI) / 180), 20),
      trace(50, 20.2),
    ])
    const middle = (index: number) => {
      const outline = flat?.outlines[index] ?? []
      return [0, 1].map((axis) => outline.reduce((sum, point) => sum + point[axis]!, 0) / outline.length)
    }
    const [own, eastern, northern] = [middle(0), middle(1), middle(2)]
    expect(eastern[0]! - own[0]!).toBeCloseTo(-east, 3)
    expect(northern[1]! - own[1]!).toBeCloseTo(-0.2, 3)
    // A screen counts downwards.
    expect(northern[1]!).toBeLessThan(own[1]!)
  })

  it('of a frame that is turned by a right angle are turned', () => {
    const flat = flattenOutlines([trace(50, 20, 90)])
    expect(flat?.width).toBeCloseTo(SIZE.height * SCALE, 4)
    expect(flat?.height).toBeCloseTo(SIZE.width * SCALE, 4)
  })

  it('that lie on opposite sides of the sky are not drawn, and neither are none', () => {
    expect(flattenOutlines([trace(0, 0), trace(120, 0), trace(240, 0)])).toBeNull()
    expect(flattenOutlines([])).toBeNull()
  })
})
