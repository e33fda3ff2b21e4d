import { expect, test } from 'vitest'
import golden from '../../../golden/astrometry/tan-sip.json'
import { fitSimilarity, fitTanSip } from '../../../../web/science/astrometry/solve/fit-tan-sip'
import { fitPose } from '../../../../web/science/astrometry/solve/pose'
import type { TanSip } from '../../../../web/core/tan-sip'
import { liftPoint, toVector, toVectors, touchAt } from '../../../../web/science/astrometry/solve/sphere'
import {
  tanSipToSky,
  touchAtReference,
  vectorToPixel,
} from '../../../../web/science/astrometry/solve/tan-sip'
import { createRandom } from '../../../../web/science/math/random'
import { arcsecondsBetween } from '../../../support/simulate-sky-field'

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

test('pixels are where astropy has them on the sky, and come back', () => {
  for (const { wcs, points } of cases) {
    const plane = touchAtReference(wcs)
    for (const { x, y, ra, dec } of points) {
      expect(arcsecondsBetween(tanSipToSky(wcs, x, y), [ra, dec])).toBeLessThan(1e-5)
      const [backX, backY] = vectorToPixel(wcs, plane, ...toVector(ra, dec))
      expect(Math.hypot(backX - x, backY - y)).toBeLessThan(1e-5)
    }
  }
})

test('a fit of the same order to points of astropy gives its solution again', () => {
  for (const { wcs, points } of cases) {
    const fit = fitTanSip(
      {
        u: Float64Array.from(points, ({ x }) => x - wcs.crpix[0]),
        v: Float64Array.from(points, ({ y }) => y - wcs.crpix[1]),
        references: Int32Array.from(points.keys()),
        vectors: toVectors(
          points.map(({ ra }) => ra),
          points.map(({ dec }) => dec),
        ),
      },
      wcs.crpix,
      toVector(points[0]!.ra, points[0]!.dec),
      wcs.order,
    )
    expect(fit).not.toBeNull()
    expect(arcsecondsBetween(fit!.wcs.crval, wcs.crval)).toBeLessThan(1e-4)
    for (const [i, value] of fit!.wcs.cd.entries())
      expect(
        Math.abs(value / Math.hypot(wcs.cd[0], wcs.cd[1]) - wcs.cd[i]! / Math.hypot(wcs.cd[0], wcs.cd[1])),
      ).toBeLessThan(1e-8)
    for (const { p, q, coefficient } of wcs.a) {
      const found = fit!.wcs.a.find((term) => term.p === p && term.q === q)
      expect(Math.abs(found!.coefficient - coefficient) * 900 ** (p + q)).toBeLessThan(1e-3)
    }
  }
})

test('a camera of thirty degrees is found from four of its stars in a corner (seed pose)', () => {
  const random = createRandom('pose')
  for (const parity of [1, -1] as const) {
    const plane = touchAt(toVector(123.4, -67.8))
    const angle = 2 * Math.PI * random.uniform()
    const [real, imaginary] = [2.9e-4 * Math.cos(angle), 2.9e-4 * Math.sin(angle)]
    const u = Float64Array.from({ length: 4 }, () => 600 + 300 * random.uniform())
    const v = Float64Array.from({ length: 4 }, () => 400 + 200 * random.uniform())
    const places = [...u].map((along, i) =>
      liftPoint(plane, real * along - imaginary * parity * v[i]!, imaginary * along + real * parity * v[i]!),
    )
    const vectors = {
      x: Float64Array.from(places, ([x]) => x),
      y: Float64Array.from(places, ([, y]) => y),
      z: Float64Array.from(places, ([, , z]) => z),
    }
    const pairs = { u, v, references: Int32Array.of(0, 1, 2, 3), vectors }
    const pose = fitPose({ ...pairs, count: 4 }, places[0]!, parity, 100)
    expect(pose!.turnReal).toBeCloseTo(real, 9)
    expect(pose!.turnImaginary).toBeCloseTo(imaginary, 9)
    expect(Math.hypot(...pose!.plane.center.map((part, i) => part - plane.center[i]!))).toBeLessThan(1e-6)
    const similarity = fitSimilarity(pairs, [0, 0], places[0]!, parity)
    expect(arcsecondsBetween(similarity!.wcs.crval, [123.4, -67.8])).toBeLessThan(60)
  }
})

test('stars in one place settle nothing', () => {
  const vectors = toVectors([10, 10, 10], [20, 20, 20])
  const pairs = {
    u: new Float64Array(3),
    v: new Float64Array(3),
    references: Int32Array.of(0, 1, 2),
    vectors,
  }
  expect(fitPose({ ...pairs, count: 3 }, toVector(10, 20), 1)).toBeNull()
  expect(fitTanSip(pairs, [0, 0], toVector(10, 20), 1)).toBeNull()
})
