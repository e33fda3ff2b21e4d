import { describe, expect, it } from 'vitest'
import { BAYER_PATTERNS } from '../../../web/science/colour/bayer'
import { divideByColourLevels, divideFlat, takeColour } from '../../../web/science/calibration/flat-colours'
import { divideByLevel } from '../../../web/science/calibration/scale-flat'
import { createRandom } from '../../../web/science/math/random'
import { makeMosaic } from '../../support/bayer-frames'

const [width, height] = [14, 11]
const levels = { R: 0.6, G: 1.2, B: 0.3 }
/** One shape of response for all colours under a lamp that has little blue. */
const responseAt = (x: number, y: number): number => 1 - 0.01 * (x + y)

describe.each(BAYER_PATTERNS)('a flat of a camera with %s', (pattern) => {
  const lamp = makeMosaic({
    width,
    height,
    pattern,
    scene: (x, y) => [levels.R * responseAt(x, y), levels.G * responseAt(x, y), levels.B * responseAt(x, y)],
  })

  it('shows the response alone, whatever the colour of the lamp; bands of it give the same as the whole', () => {
    const whole = lamp.slice()
    const errors = lamp.map((value) => 0.01 * value)
    const lost = divideByColourLevels({ data: whole, width, left: 0, top: 0, pattern }, errors, levels)
    expect(lost).toBe(0)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        expect(whole[y * width + x]).toBeCloseTo(responseAt(x, y), 6)
        expect(errors[y * width + x]).toBeCloseTo(0.01 * responseAt(x, y), 6)
      }
    for (const top of [0, 3, 6, 9]) {
      const band = lamp.slice(top * width, (top + 3) * width)
      divideFlat({ data: band, width, left: 0, top }, null, { pattern, levels })
      expect(band).toEqual(whole.slice(top * width, (top + 3) * width))
    }
  })

  it('has every pixel in one colour, also where a section of it begins with another', () => {
    for (const [left, top] of [
      [0, 0],
      [1, 0],
      [3, 2],
      [5, 7],
    ] as const) {
      const columns = width - left
      const data = Float32Array.from({ length: columns * (height - top) }, (_, index) => {
        const [x, y] = [left + (index % columns), top + Math.floor(index / columns)]
        return lamp[y * width + x]!
      })
      const parts = (['R', 'G', 'B'] as const).map((letter) =>
        takeColour({ data, width: columns, left, top, pattern }, letter),
      )
      expect(parts.reduce((sum, part) => sum + part.length, 0)).toBe(data.length)
      const means = parts.map((part) => part.reduce((sum, value) => sum + value, 0) / part.length)
      for (const [index, mean] of means.entries())
        expect(mean / [levels.R, levels.G, levels.B][index]!).toBeGreaterThan(0.8)
      for (const [index, mean] of means.entries())
        expect(mean / [levels.R, levels.G, levels.B][index]!).toBeLessThan(1)
    }
  })
})

it('with one level for all it is what it is for other cameras, NaN and dark pixels too (seed flat colours)', () => {
  const random = createRandom('flat colours')
  const data = Float32Array.from({ length: 90 }, (_, index) =>
    index % 7 === 3 ? Number.NaN : random.uniform(),
  )
  const [one, other] = [data.slice(), data.slice()]
  const lost = divideByLevel(one, null, 0.8)
  const rows = { data: other, width: 9, left: 0, top: 0, pattern: 'RGGB' } as const
  expect(divideByColourLevels(rows, null, { R: 0.8, G: 0.8, B: 0.8 })).toBe(lost)
  expect(other).toEqual(one)
  expect(lost).toBeGreaterThan(12)
})
