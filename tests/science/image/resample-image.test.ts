import { describe, expect, it } from 'vitest'
import { createImage, type Image } from '../../../web/core/image'
import { IDENTITY_TRANSFORM } from '../../../web/core/transform'
import { createRandom } from '../../../web/science/math/random'
import { resampleImage } from '../../../web/science/image/resample-image'

const fill = (width: number, height: number, value: (x: number, y: number) => number): Image => {
  const image = createImage(width, height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) image.data[y * width + x] = value(x, y)
  return image
}

const star = (x: number, y: number, cx: number, cy: number) =>
  1000 * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * 2.2 ** 2))
const METHODS = ['nearest', 'bilinear', 'lanczos3'] as const

describe.each(METHODS)('resampling, %s', (method) => {
  it('gives the image back under the identity, bit for bit where it has a value (seed resample)', () => {
    const random = createRandom('resample')
    const image = fill(20, 16, () => random.uniform())
    const same = resampleImage(image, IDENTITY_TRANSFORM, { width: 20, height: 16, method })
    const kept = [...same.data.entries()].filter(([, value]) => !Number.isNaN(value))
    expect(kept.length).toBeGreaterThan(100)
    for (const [index, value] of kept) expect(value).toBe(image.data[index])
  })

  it('keeps a constant constant under any shift, turn and scale', () => {
    const image = fill(40, 40, () => 7)
    const turned = {
      a: 0.98 * Math.cos(0.3),
      b: -0.98 * Math.sin(0.3),
      c: 9.3,
      d: 0.98 * Math.sin(0.3),
      e: 0.98 * Math.cos(0.3),
      f: -1.7,
    }
    const { data } = resampleImage(image, turned, { width: 40, height: 40, method })
    const kept = data.filter((value) => !Number.isNaN(value))
    expect(kept.length).toBeGreaterThan(200)
    for (const value of kept) expect(value).toBeCloseTo(7, 5)
  })

  it('has no value where the image has none', () => {
    const image = fill(30, 30, (x, y) => (x === 15 && y === 15 ? NaN : 1))
    const { data } = resampleImage(
      image,
      { ...IDENTITY_TRANSFORM, c: 100 },
      { width: 10, height: 10, method },
    )
    expect([...data].every(Number.isNaN)).toBe(true)
    const whole = resampleImage(image, IDENTITY_TRANSFORM, { width: 30, height: 30, method })
    expect(Number.isNaN(whole.data[15 * 30 + 15])).toBe(true)
  })
})

it('moves a star where the transform says, Lanczos-3 to 0.5 % of its peak', () => {
  const image = fill(60, 50, (x, y) => star(x, y, 33.3, 21.7))
  const shifted = resampleImage(
    image,
    { ...IDENTITY_TRANSFORM, c: 4.6, f: -3.2 },
    { width: 60, height: 50, method: 'lanczos3' },
  )
  let worst = 0
  for (let y = 8; y < 42; y++) {
    for (let x = 8; x < 48; x++)
      worst = Math.max(worst, Math.abs(shifted.data[y * 60 + x]! - star(x, y, 33.3 - 4.6, 21.7 + 3.2)))
  }
  expect(worst).toBeLessThan(5)
})
