import { describe, expect, it } from 'vitest'
import { createPolygon, isInsidePolygon } from '../../../web/science/math/point-in-polygon'
import { createRandom } from '../../../web/science/math/random'
import golden from '../../golden/math/plot-math.json'

const polygonOf = (corners: readonly (readonly number[])[]) =>
  createPolygon(corners.map(([x = NaN, y = NaN]) => ({ x, y })))

describe('a point in a polygon', () => {
  for (const { corners, points, inside } of golden.polygons) {
    it(`is inside where matplotlib says so: ${corners.length} corners`, () => {
      const polygon = polygonOf(corners)
      expect(points.map(([x = NaN, y = NaN]) => isInsidePolygon(polygon, x, y))).toEqual(inside)
    })
  }

  it('is the same from wherever the outline begins and whichever way it runs (seed 7)', () => {
    const random = createRandom(7)
    for (let round = 0; round < 40; round++) {
      const corners = Array.from(
        { length: 3 + (round % 9) },
        () => [random.uniform(), random.uniform()] as const,
      )
      const turned = polygonOf([...corners.slice(2), ...corners.slice(0, 2)])
      const [plain, backwards] = [polygonOf(corners), polygonOf(corners.toReversed())]
      for (let k = 0; k < 50; k++) {
        const [x, y] = [random.uniform(), random.uniform()]
        const answer = isInsidePolygon(plain, x, y)
        expect([isInsidePolygon(turned, x, y), isInsidePolygon(backwards, x, y)]).toEqual([answer, answer])
      }
    }
  })

  it('counts crossings: the middle of a pentagram is outside', () => {
    const star = polygonOf(
      Array.from({ length: 5 }, (_, k) => {
        const angle = (4 * Math.PI * k) / 5
        return [Math.sin(angle), Math.cos(angle)]
      }),
    )
    expect(isInsidePolygon(star, 0, 0)).toBe(false)
    expect(isInsidePolygon(star, 0, 0.8)).toBe(true)
  })

  it('belongs to one of two polygons that share a side, and nothing to an outline without area', () => {
    const left = polygonOf([
      [0, 0],
      [1, 0],
      [1, 2],
      [0, 2],
    ])
    const right = polygonOf([
      [1, 0],
      [2, 0],
      [2, 2],
      [1, 2],
    ])
    for (const y of [0.5, 1, 1.5])
      expect(Number(isInsidePolygon(left, 1, y)) + Number(isInsidePolygon(right, 1, y))).toBe(1)
    expect(isInsidePolygon(left, NaN, 1)).toBe(false)
    expect(isInsidePolygon(polygonOf([]), 0, 0)).toBe(false)
    expect(
      isInsidePolygon(
        polygonOf([
          [0, 0],
          [1, 1],
        ]),
        0.5,
        0.5,
      ),
    ).toBe(false)
  })
})
