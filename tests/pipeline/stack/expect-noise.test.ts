import { describe, expect, it } from 'vitest'
import { expectNoise, type FrameNoise } from '../../../web/pipeline/stack/expect-noise'
import { median } from '../../../web/science/math/median'
import { createRandom } from '../../../web/science/math/random'

const alike = (count: number, noise = 7): FrameNoise[] =>
  Array.from({ length: count }, () => ({ noise, scale: 1, weight: 1 }))

/** One sigma of the combined pixel, from many pixels drawn by chance. */
const simulate = (frames: readonly FrameNoise[], method: 'mean' | 'median' | 'sum', seed: string): number => {
  const random = createRandom(seed)
  const pixels = Array.from({ length: 20_000 }, () => {
    const values = frames.map(({ noise, scale }) => scale * noise * random.normal())
    if (method === 'median') return median(values)
    if (method === 'sum') return values.reduce((sum, value) => sum + value, 0)
    const weights = frames.reduce((sum, { weight }) => sum + weight, 0)
    return values.reduce((sum, value, at) => sum + (frames[at]?.weight ?? 0) * value, 0) / weights
  })
  return Math.sqrt(pixels.reduce((sum, value) => sum + value ** 2, 0) / pixels.length)
}

describe('the noise that a stack ought to have', () => {
  it.each([1, 2, 14, 100])('falls with the square root of %i frames that are alike', (count) => {
    for (const method of ['mean', 'sum'] as const) {
      const expected = expectNoise(alike(count), method)
      expect(expected?.gain).toBeCloseTo(Math.sqrt(count), 10)
      expect(expected?.single).toBe(7)
    }
  })

  const uneven: FrameNoise[] = [
    { noise: 5, scale: 1, weight: 1 },
    { noise: 8, scale: 1.4, weight: 0.4 },
    { noise: 6, scale: 0.9, weight: 1.1 },
    { noise: 20, scale: 1, weight: 0.2 },
    { noise: 7, scale: 1, weight: 0.9 },
  ]
  it.each([
    ['mean', uneven],
    ['sum', uneven],
    ['median', alike(3)],
    ['median', alike(5)],
    ['median', alike(31)],
  ] as const)('is that of pixels drawn by chance: %s (seed expected noise)', (method, frames) => {
    const found = simulate(frames, method, 'expected noise')
    const expected = expectNoise(frames, method)?.stacked ?? Number.NaN
    // 20 000 draws know a sigma to half a per cent; the formula for medians is good to 1.5.
    expect(found / expected).toBeGreaterThan(0.97)
    expect(found / expected).toBeLessThan(1.03)
  })

  it('is not known where nothing is known of the frames', () => {
    expect(expectNoise([], 'mean')).toBeNull()
    expect(expectNoise([{ noise: Number.NaN, scale: 1, weight: 1 }], 'mean')).toBeNull()
  })
})
