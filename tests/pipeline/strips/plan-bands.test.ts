import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandRows, countBands, planBand, type BandsToPlan } from '../../../web/pipeline/strips/plan-bands'
import { sampleBands } from '../../../web/pipeline/strips/sample-bands'

const MEBIBYTE = 1024 * 1024

const bandsOf = (changes: Partial<BandsToPlan>): BandsToPlan => ({
  width: 2048,
  height: 2048,
  planes: ['f32', 'f32'],
  label: 'test',
  workers: 2,
  memoryBytes: 1024 * MEBIBYTE,
  ...changes,
})

describe('bands of a picture', () => {
  it('is one for what fits into memory', () => {
    expect(countBands(bandsOf({}))).toBe(1)
    expect(planBand(bandsOf({}), 0, 0).parts).toHaveLength(4)
  })

  it('covers every row once, in parts of whole rows, within the memory, for any picture: seed 3', () => {
    const any = fc.record({
      width: fc.integer({ min: 1, max: 12_000 }),
      height: fc.integer({ min: 1, max: 9000 }),
      workers: fc.integer({ min: 1, max: 8 }),
      memoryBytes: fc.integer({ min: 8, max: 2048 }).map((mebibytes) => mebibytes * MEBIBYTE),
    })
    fc.assert(
      fc.property(any, (changes) => {
        const bands = bandsOf(changes)
        let row = 0
        for (let band = 0; band < countBands(bands); band++) {
          const { top, bottom } = bandRows(bands, band)
          const { parts, length } = planBand(bands, band, band)
          expect(top).toBe(row)
          expect(length).toBe((bottom - top) * bands.width)
          expect(length * 8).toBeLessThanOrEqual(Math.max(bands.memoryBytes * 0.4, 16 * bands.width * 8))
          let pixel = 0
          for (const part of parts) {
            expect(part.from).toBe(pixel)
            expect(part.to % bands.width).toBe(0)
            expect(part.to).toBeGreaterThan(part.from)
            pixel = part.to
          }
          expect(pixel).toBe(length)
          row = bottom
        }
        expect(row).toBe(bands.height)
      }),
      { seed: 3, numRuns: 200 },
    )
  })
})

describe('bands that stand for a frame', () => {
  it('are the whole of a small one', () => {
    expect(sampleBands(650, 500)).toEqual([{ top: 0, bottom: 500 }])
  })

  it('are enough, lie within the frame, do not overlap and are spread over all of it: seed 5', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12_000 }), fc.integer({ min: 1, max: 9000 }), (width, height) => {
        const bands = sampleBands(width, height)
        const rows = bands.reduce((sum, { top, bottom }) => sum + bottom - top, 0)
        expect(rows * width).toBeGreaterThanOrEqual(Math.min(width * height, 1 << 20))
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
