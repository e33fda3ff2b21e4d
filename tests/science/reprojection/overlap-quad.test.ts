import { expect, it } from 'vitest'
import { createRandom } from '../../../web/science/math/random'
import { createOverlap, LARGEST_SIDE, overlapQuad } from '../../../web/science/reprojection/overlap-quad'
import { clipToPixel } from './clip-polygon'

it('is the area that clipping against every pixel leaves, either way round, and adds to the whole (seed quads)', () => {
  const random = createRandom('quads')
  const overlap = createOverlap()
  for (let trial = 0; trial < 3000; trial++) {
    const size = [0.2, 1, 3, 9][trial % 4]!
    const [centreX, centreY] = [20 * random.uniform() - 10, 20 * random.uniform() - 10]
    const turn = 7 * random.uniform()
    // A convex quadrilateral: four places around a centre, in their order; some with sides along the pixels' edges.
    const polygon = [0, 1, 2, 3].map((k) => {
      const angle = turn + (k * Math.PI) / 2 + 0.5 * random.uniform()
      const radius = size * (0.8 + 0.2 * random.uniform())
      const [x, y] = [centreX + radius * Math.cos(angle), centreY + radius * Math.sin(angle)]
      return trial % 7 === 0 ? { x: Math.round(2 * x) / 2, y: Math.round(2 * y) / 2 } : { x, y }
    })
    if (trial % 2 === 0) polygon.reverse()
    const corners = Float64Array.from(polygon.flatMap(({ x, y }) => [x, y]))
    expect(overlapQuad(corners, overlap)).toBe(true)
    let sum = 0
    for (let row = 0; row < overlap.rows; row++) {
      for (let column = 0; column < overlap.columns; column++) {
        const area = overlap.areas[row * (overlap.columns + 1) + column]!
        expect(Math.abs(area - clipToPixel(polygon, overlap.left + column, overlap.top + row))).toBeLessThan(
          2e-12,
        )
        sum += area
      }
    }
    expect(Math.abs(sum - overlap.area)).toBeLessThan(1e-12 * (1 + overlap.area))
  }
})

it('a pixel on a pixel is that one alone', () => {
  const overlap = createOverlap()
  overlapQuad(Float64Array.of(3.5, 6.5, 4.5, 6.5, 4.5, 7.5, 3.5, 7.5), overlap)
  const found: number[][] = []
  for (let row = 0; row < overlap.rows; row++) {
    for (let column = 0; column < overlap.columns; column++) {
      const area = overlap.areas[row * (overlap.columns + 1) + column]!
      if (area !== 0) found.push([overlap.left + column, overlap.top + row, area])
    }
  }
  expect(found).toEqual([[4, 7, 1]])
  expect(overlap.area).toBe(1)
})

it('does not follow what has no place or is too wide', () => {
  const overlap = createOverlap()
  expect(overlapQuad(Float64Array.of(0, 0, 1, 0, Number.NaN, 1, 0, 1), overlap)).toBe(false)
  expect(overlapQuad(Float64Array.of(0, 0, LARGEST_SIDE + 1, 0, 1, 1, 0, 1), overlap)).toBe(false)
  expect(overlapQuad(Float64Array.of(0, 0, Infinity, 0, 1, 1, 0, 1), overlap)).toBe(false)
})
