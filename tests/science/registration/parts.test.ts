import { describe, expect, test } from 'vitest'
import { applyTransform } from '../../../web/core/transform'
import { createRandom } from '../../../web/science/math/random'
import { logBinomialTail } from '../../../web/science/registration/chance'
import { describeTransform } from '../../../web/science/registration/describe-transform'
import { fitAffine, fitSimilarity } from '../../../web/science/registration/fit-transform'
import { createStarIndex, findNearest } from '../../../web/science/registration/star-index'
import { buildTriangles } from '../../../web/science/registration/triangles'
import { createSimilarity, scatterStars } from '../../support/star-fields'

const SIZE = { width: 650, height: 500 }

describe('the parts of registration', () => {
  test('the binomial tail equals the plain sum', () => {
    for (const [hits, trials, p] of [
      [1, 10, 0.3],
      [4, 12, 0.05],
      [7, 7, 0.5],
      [3, 40, 0.01],
      [30, 60, 0.4],
    ] as const) {
      let sum = 0
      for (let k = hits; k <= trials; k++) {
        let term = 1
        for (let i = 0; i < k; i++) term *= ((trials - i) / (k - i)) * p
        sum += term * (1 - p) ** (trials - k)
      }
      expect(logBinomialTail(hits, trials, p)).toBeCloseTo(Math.log10(sum), 9)
    }
    expect(logBinomialTail(0, 5, 0.1)).toBe(0)
    expect(logBinomialTail(6, 5, 0.1)).toBe(-Infinity)
  })

  test('seed "fits": similarity and affine give back the map that made the pairs, mirrored or not', () => {
    const random = createRandom('fits')
    for (const flipped of [false, true]) {
      const parts = { rotation: -37.5, scale: 1.03, dx: 12, dy: -8, flipped }
      const truth = createSimilarity(SIZE, parts)
      const from = scatterStars(random, 12, SIZE)
      const to = from.map((star) => applyTransform(truth, star))
      for (const fit of [fitSimilarity({ from, to }, flipped), fitAffine({ from, to })]) {
        for (const key of ['a', 'b', 'c', 'd', 'e', 'f'] as const)
          expect(fit![key]).toBeCloseTo(truth[key], 8)
      }
      const described = describeTransform(truth, { x: SIZE.width / 2, y: SIZE.height / 2 })
      for (const key of ['rotation', 'scale', 'dx', 'dy'] as const)
        expect(described[key]).toBeCloseTo(parts[key], 9)
      expect(described.flipped).toBe(flipped)
    }
    const line = [0, 1, 2, 3].map((x) => ({ x, y: 2 * x }))
    expect(fitAffine({ from: line, to: line })).toBeNull()
    expect(fitSimilarity({ from: line.slice(0, 1), to: line.slice(0, 1) }, false)).toBeNull()
  })

  test('seed "nearest": the cells find what a look at all finds', () => {
    const random = createRandom('nearest')
    const points = scatterStars(random, 300, SIZE)
    const index = createStarIndex(points, 12)
    for (let k = 0; k < 500; k++) {
      const [x, y] = [700 * random.uniform() - 25, 550 * random.uniform() - 25]
      const distances = points.map((point) => Math.hypot(point.x - x, point.y - y))
      const least = Math.min(...distances)
      expect(findNearest(index, x, y, 12)).toBe(least <= 12 ? distances.indexOf(least) : -1)
    }
  })

  test('seed "invariants": a triangle keeps its shape and corners under rotation, scale and mirror', () => {
    const random = createRandom('invariants')
    const points = scatterStars(random, 9, SIZE)
    const truth = createSimilarity(SIZE, { rotation: 77, scale: 1.04, dx: 5, dy: 9, flipped: true })
    const before = buildTriangles(points, 9, 1)
    const after = buildTriangles(
      points.map((point) => applyTransform(truth, point)),
      9,
      1,
    )
    expect(after.count).toBe(before.count)
    expect([...after.vertices.subarray(0, 3 * after.count)]).toEqual([
      ...before.vertices.subarray(0, 3 * before.count),
    ])
    for (let t = 0; t < before.count; t++) {
      expect(after.middle[t]).toBeCloseTo(before.middle[t]!, 5)
      expect(after.shortest[t]).toBeCloseTo(before.shortest[t]!, 5)
      expect(after.longest[t]! / before.longest[t]!).toBeCloseTo(1.04, 5)
      expect(after.turn[t]).toBe(-before.turn[t]!)
    }
  })
})
