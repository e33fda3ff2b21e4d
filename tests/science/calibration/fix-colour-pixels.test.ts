import { describe, expect, it } from 'vitest'
import { fixColourPixels } from '../../../web/science/calibration/fix-colour-pixels'

const WIDTH = 7
const HEIGHT = 6
/** Each place of a cell has a level of its own, far from the others. */
const levelAt = (pixel: number): number =>
  1000 * (1 + ((pixel % WIDTH) % 2) + 2 * (Math.floor(pixel / WIDTH) % 2))
const BAD = [0, 16, 24, WIDTH * HEIGHT - 1]

describe('bad pixels behind a mask of colours', () => {
  it('are filled from their own colour, on odd widths and at corners too', () => {
    const data = Float32Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => levelAt(pixel))
    const uncertainty = data.map((value) => value / 100)
    const bad = new Uint8Array(data.length)
    for (const pixel of BAD) {
      bad[pixel] = 1
      data[pixel] = 60_000
    }
    fixColourPixels({ data, uncertainty, bad }, WIDTH, { method: 'interpolate' })
    data.forEach((value, pixel) => expect(value).toBeCloseTo(levelAt(pixel), 2))
    // A mean of neighbours: smaller than one pixel's error, and of the right colour.
    for (const pixel of BAD) expect(uncertainty[pixel]! / levelAt(pixel)).toBeLessThanOrEqual(0.01)
  })
})
