import { describe, expect, it } from 'vitest'
import { measureNeighbourNoise } from '../../../web/science/image/neighbour-noise'
import { median } from '../../../web/science/math/median'
import { createRandom } from '../../../web/science/math/random'

const noisy = (width: number, height: number, add: (x: number, y: number) => number) => {
  const random = createRandom('neighbours')
  const data = Float32Array.from(
    { length: width * height },
    (_, at) => 500 + 7 * random.normal() + add(at % width, Math.floor(at / width)),
  )
  return { width, height, data }
}

describe('noise from neighbours', () => {
  it('is the noise that was put in, whatever slope and however many hot pixels there are', () => {
    expect(measureNeighbourNoise(noisy(400, 300, () => 0))).toBeCloseTo(7, 1)
    expect(measureNeighbourNoise(noisy(400, 300, (x, y) => 0.5 * x + 2 * y))).toBeCloseTo(7, 1)
    const hot = noisy(400, 300, (x, y) => ((x * 7 + y * 13) % 101 === 0 ? 5000 : 0))
    expect(Math.abs(measureNeighbourNoise(hot) - 7)).toBeLessThan(0.25)
  })

  it('does not come in steps where pixels are whole numbers', () => {
    for (const sigma of [1.6, 2, 2.4]) {
      const random = createRandom(`rounded ${sigma}`)
      const data = Float32Array.from({ length: 120_000 }, () => Math.round(100 + sigma * random.normal()))
      const rounded = Math.hypot(sigma, Math.sqrt(1 / 12))
      expect(Math.abs(measureNeighbourNoise({ width: 400, height: 300, data }) / rounded - 1)).toBeLessThan(
        0.04,
      )
    }
  })

  it('keeps the colours of a mask apart', () => {
    const mosaic = noisy(400, 300, (x) => (x % 2 === 0 ? 300 : 0))
    expect(measureNeighbourNoise(mosaic, 2)).toBeCloseTo(7, 1)
    expect(measureNeighbourNoise(mosaic, 1)).toBeGreaterThan(100)
  })

  it('is that of a slow twin, and leaves out what has no value', () => {
    const { width, height, data } = noisy(37, 11, () => 0)
    data[40] = Number.NaN
    data[90] = Number.POSITIVE_INFINITY
    const differences: number[] = []
    for (let y = 0; y < height; y++)
      for (let x = 0; x + 1 < width; x++) {
        const difference = data[y * width + x + 1]! - data[y * width + x]!
        if (Number.isFinite(difference)) differences.push(difference)
      }
    const reach = 3 * 1.482602218505602 * median(Float32Array.from(differences, Math.abs))
    const kept = differences.filter((difference) => Math.abs(difference) <= reach)
    const square = kept.reduce((sum, difference) => sum + difference ** 2, 0) / kept.length
    const expected = Math.sqrt(square / 2) / 0.986578
    expect(measureNeighbourNoise({ width, height, data })).toBeCloseTo(expected, 6)
    expect(measureNeighbourNoise({ width: 1, height: 5, data: new Float32Array(5) })).toBeNaN()
  })
})
