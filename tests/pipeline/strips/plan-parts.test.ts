import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planParts } from '../../../web/pipeline/strips/plan-parts'
import { sampleBands } from '../../../web/pipeline/strips/sample-bands'

const side = (most: number) => fc.integer({ min: 1, max: most })

describe('parts of a picture', () => {
  it('are several for each worker', () => {
    expect(planParts(2048, 2048, 2)).toHaveLength(6)
    expect(planParts(100, 20, 8)).toHaveLength(1)
  })

  it('cover every row once, in whole rows: seed 3', () => {
    fc.assert(
      fc.property(side(12_000), side(9000), side(8), (width, height, workers) => {
        let pixel = 0
        for (const part of planParts(width, height, workers)) {
          expect(part.from).toBe(pixel)
          expect(part.to % width).toBe(0)
          expect(part.to).toBeGreaterThan(part.from)
          pixel = part.to
        }
        expect(pixel).toBe(width * height)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('bands that stand for a frame', () => {
  it('are the whole of a small one', () => {
    expect(sampleBands(650, 500)).toEqual([{ top: 0, bottom: 500 }])
  })

  it('are enough, lie within the frame, do not overlap and are spread over all of it: seed 5', () => {
    fc.assert(
      fc.property(side(12_000), side(9000), (width, height) => {
        const bands = sampleBands(width, height)
        const rows = bands.reduce((sum, { top, bottom }) => sum + bottom - top, 0)
        expect(rows * width).toBeGreaterThanOrEqual(Math.min(width * height, 1 << 18))
        let last = 0
        for (const { top, bottom } of bands) {
          expect(top).toBeGreaterThanOrEqual(last)
          expect(bottom).toBeGreaterThan(top)
          last = bottom
        }
        expect(last).toBeLessThanOrEqual(height)
        const middle = bands.reduce((sum, { top, bottom }) => sum + top + bottom, 0) / (2 * bands.length)
        expect(Math.abs(middle - height / 2)).toBeLessThanOrEqual(1)
      }),
      { seed: 5, numRuns: 300 },
    )
  })
})
