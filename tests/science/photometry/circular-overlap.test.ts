import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../web/science/math/random'
import { overlapPixel } from '../../../web/science/photometry/circular-overlap'

/** The slow twin: the chord's height summed over fine slices by the midpoint rule. */
const slowOverlap = (dx: number, dy: number, radius: number): number => {
  const slices = 20_000
  let area = 0
  for (let s = 0; s < slices; s++) {
    const x = dx - 0.5 + (s + 0.5) / slices
    if (Math.abs(x) >= radius) continue
    const half = Math.sqrt(radius * radius - x * x)
    area += Math.max(0, Math.min(dy + 0.5, half) - Math.max(dy - 0.5, -half)) / slices
  }
  return area
}

describe('overlapPixel', () => {
  test('seed "overlap": equals the slow twin for 400 pixels and radii', () => {
    const random = createRandom('overlap')
    for (let k = 0; k < 400; k++) {
      const radius = 0.05 + 6 * random.uniform() ** 2
      const dx = (2 * random.uniform() - 1) * (radius + 0.7)
      const dy = (2 * random.uniform() - 1) * (radius + 0.7)
      expect(Math.abs(overlapPixel(dx, dy, radius) - slowOverlap(dx, dy, radius))).toBeLessThan(2e-6)
    }
  })

  test('seed "whole circle": all pixels together make pi r^2', () => {
    const random = createRandom('whole circle')
    for (let k = 0; k < 200; k++) {
      const radius = 0.01 + 20 * random.uniform()
      const x = random.uniform()
      const y = random.uniform()
      let area = 0
      const reach = Math.ceil(radius) + 2
      for (let j = -reach; j <= reach; j++)
        for (let i = -reach; i <= reach; i++) area += overlapPixel(i - x, j - y, radius)
      expect(Math.abs(area / (Math.PI * radius * radius) - 1)).toBeLessThan(1e-12)
    }
  })

  test('corner cases: within one pixel, touching, half on an edge, a quarter on a corner', () => {
    expect(overlapPixel(0, 0, 0.5)).toBeCloseTo(Math.PI / 4, 15)
    expect(overlapPixel(0, 0, Math.SQRT1_2)).toBe(1)
    expect(overlapPixel(1, 0, 0.5)).toBe(0)
    expect(overlapPixel(0.5, 0, 0.3)).toBeCloseTo((Math.PI * 0.09) / 2, 15)
    expect(overlapPixel(0.5, -0.5, 0.3)).toBeCloseTo((Math.PI * 0.09) / 4, 15)
    expect(overlapPixel(3, 3, 0)).toBe(0)
    expect(overlapPixel(0, 0, 40)).toBe(1)
  })
})
