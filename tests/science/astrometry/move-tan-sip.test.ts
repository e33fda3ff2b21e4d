import { expect, test } from 'vitest'
import golden from '../../golden/astrometry/tan-sip.json'
import type { TanSip } from '../../../web/core/tan-sip'
import { applyTransform, type Transform } from '../../../web/core/transform'
import { createIcrsTransform } from '../../../web/science/astrometry/icrs-transform'
import { moveTanSip } from '../../../web/science/astrometry/move-tan-sip'
import { tanSipToSky } from '../../../web/science/astrometry/solve/tan-sip'
import { tanSipToWcs } from '../../../web/science/astrometry/tan-sip-to-wcs'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

const toTerms = (terms: number[][]) => terms.map(([p = 0, q = 0, coefficient = 0]) => ({ p, q, coefficient }))
const cases = golden.cases.map(({ crpix, crval, cd, order, a, b, points }) => ({
  wcs: {
    crpix: [crpix[0]!, crpix[1]!],
    crval: [crval[0]!, crval[1]!],
    cd: [cd[0]!, cd[1]!, cd[2]!, cd[3]!],
    order,
    a: toTerms(a),
    b: toTerms(b),
  } satisfies TanSip as TanSip,
  points: points.map(([x = 0, y = 0, ra = 0, dec = 0]) => ({ x, y, ra, dec })),
}))

test('as world coordinates a solution has every pixel where astropy has it, in both directions', () => {
  const out = new Float64Array(6)
  for (const { wcs, points } of cases) {
    const transform = createIcrsTransform(tanSipToWcs(wcs))!
    for (const { x, y, ra, dec } of points) {
      expect(transform.pixelToSky(x, y, out)).toBe(true)
      expect(arcsecondsBetween([out[0]!, out[1]!], [ra, dec])).toBeLessThan(1e-5)
      expect(transform.skyToPixel(ra, dec, out)).toBe(true)
      expect(Math.hypot(out[0]! - x, out[1]! - y)).toBeLessThan(1e-5)
    }
  }
})

const MOVES: Record<string, Transform> = {
  trimmed: { a: 1, b: 0, c: 12, d: 0, e: 1, f: -7 },
  'one colour of a mosaic': { a: 2, b: 0, c: 0.5, d: 0, e: 2, f: 0.5 },
  'turned, stretched and mirrored': { a: 0.8, b: 0.61, c: 33.3, d: 0.59, e: -0.82, f: 91.7 },
}

for (const [name, move] of Object.entries(MOVES))
  test(`a pixel of a frame that was ${name} shows the sky of its pixel on the original`, () => {
    for (const { wcs, points } of cases) {
      const moved = moveTanSip(wcs, move)
      expect(moved.order).toBe(wcs.order)
      for (const point of points) {
        const old = applyTransform(move, point)
        expect(
          arcsecondsBetween(tanSipToSky(moved, point.x, point.y), tanSipToSky(wcs, old.x, old.y)),
        ).toBeLessThan(1e-7)
      }
    }
  })
