import { describe, expect, test } from 'vitest'
import { flagBit } from '../../../web/core/flags'
import { type Image, createImage } from '../../../web/core/image'
import { detectStars, detectStarsWithQuality } from '../../../web/science/detection/detect-stars'
import { type Random, createRandom } from '../../../web/science/math/random'
import { median } from '../../../web/science/math/median'

interface MadeStar {
  readonly x: number
  readonly y: number
  readonly flux: number
}

interface Scene {
  readonly stars: readonly MadeStar[]
  readonly fwhm: number
  readonly noise: number
  /** Major over minor axis, along x. */
  readonly stretch?: number
}

/** Gaussian stars on a sloping sky of 300 to 340 with white noise. */
const paint = (random: Random, width: number, height: number, scene: Scene): Image => {
  const image = createImage(width, height)
  for (let i = 0; i < image.data.length; i++) {
    image.data[i] = 300 + (40 * (i % width)) / width + scene.noise * random.normal()
  }
  const stretch = Math.sqrt(scene.stretch ?? 1)
  const sx = (scene.fwhm * stretch) / 2.3548
  const sy = scene.fwhm / stretch / 2.3548
  for (const star of scene.stars) {
    const reach = Math.ceil(5 * sx)
    for (let j = Math.max(0, Math.floor(star.y) - reach); j <= Math.min(height - 1, star.y + reach); j++) {
      for (let i = Math.max(0, Math.floor(star.x) - reach); i <= Math.min(width - 1, star.x + reach); i++) {
        const value = Math.exp(-0.5 * (((i - star.x) / sx) ** 2 + ((j - star.y) / sy) ** 2))
        image.data[j * width + i]! += (star.flux * value) / (2 * Math.PI * sx * sy)
      }
    }
  }
  return image
}

/** Stars on a jittered grid, so that none is blended. */
const gridStars = (
  random: Random,
  width: number,
  height: number,
  flux: (k: number) => number,
): MadeStar[] => {
  const stars: MadeStar[] = []
  for (let y = 25; y < height - 20; y += 30) {
    for (let x = 25; x < width - 20; x += 30) {
      stars.push({ x: x + 4 * random.uniform(), y: y + 4 * random.uniform(), flux: flux(stars.length) })
    }
  }
  return stars
}

const AUTO = { threshold: 5, fwhm: 'auto', saturation: null } as const

describe('detectStars', () => {
  test.each([1.8, 2.5, 4, 7])(
    'seed "truth": every bright star of width %d px, nothing else, at the right place',
    async (fwhm) => {
      const random = createRandom(`truth ${fwhm}`)
      const made = gridStars(random, 400, 300, () => 3000 + 40_000 * random.uniform() ** 3)
      const image = paint(random, 400, 300, { stars: made, fwhm, noise: 4 })
      const { stars, quality } = await detectStarsWithQuality(image, AUTO)
      expect(stars).toHaveLength(made.length)
      expect(stars.every((star, i) => i === 0 || star.flux <= stars[i - 1]!.flux)).toBe(true)
      const excess = made.map((star) => {
        const nearest = stars.reduce((best, other) =>
          Math.hypot(other.x - star.x, other.y - star.y) < Math.hypot(best.x - star.x, best.y - star.y)
            ? other
            : best,
        )
        // Cramer-Rao limit of a Gaussian in white noise, both axes: sigma_xy^2 = 2 (8 pi) (s^2)^2 noise^2 / flux^2 (King 1983).
        const s = fwhm / 2.3548
        // Below about two pixels of width the sampling itself moves the centre by some thousandths of a pixel.
        const limit = Math.hypot((Math.sqrt(16 * Math.PI) * s * s * 4) / star.flux, fwhm < 2 ? 0.006 : 0)
        return Math.hypot(nearest.x - star.x, nearest.y - star.y) / limit
      })
      // Rayleigh: the median of the distance is 0.83 of its rms; a third more is granted to the window.
      expect(median(excess)).toBeLessThan(0.83 * 1.35)
      expect(Math.max(...excess)).toBeLessThan(4.5)
      // Sampled, not integrated over pixels: the width comes out as it went in.
      expect(Math.abs(quality.fwhm! / fwhm - 1)).toBeLessThan(0.03)
      expect(quality.elongation).toBeLessThan(1.12)
      // Stars of 7 px every 30 px leave little clean sky.
      expect(Math.abs(quality.noise / 4 - 1)).toBeLessThan(fwhm > 5 ? 0.25 : 0.1)
      expect(Math.abs(quality.background - 320)).toBeLessThan(3)
    },
  )

  test('seed "pure noise": at 5 sigma a megapixel of noise makes at most one star', async () => {
    const image = paint(createRandom('pure noise'), 1024, 1024, { stars: [], fwhm: 3, noise: 5 })
    expect(
      (await detectStars(image, { threshold: 5, fwhm: 3, saturation: null })).length,
    ).toBeLessThanOrEqual(1)
  })

  test('seed "faint": at 8 sigma nearly all are found, and the snr is what theory says', async () => {
    const random = createRandom('faint')
    const fwhm = 3
    // snr of the matched filter = flux / (noise * 2 sqrt(pi) s).
    const flux = 8 * 4 * 2 * Math.sqrt(Math.PI) * (fwhm / 2.3548)
    const made = gridStars(random, 650, 500, () => flux)
    const stars = await detectStars(paint(random, 650, 500, { stars: made, fwhm, noise: 4 }), {
      threshold: 5,
      fwhm,
      saturation: null,
    })
    const found = made.filter((star) =>
      stars.some((other) => Math.hypot(other.x - star.x, other.y - star.y) < 2),
    )
    expect(found.length / made.length).toBeGreaterThan(0.97)
    expect(median(stars.map((star) => star.snr))).toBeGreaterThan(7.4)
    expect(median(stars.map((star) => star.snr))).toBeLessThan(8.9)
  })

  test('seed "defects": hot pixels, cosmic-ray tracks, a satellite and dead pixels are no stars and bend none', async () => {
    const random = createRandom('defects')
    const made = gridStars(random, 400, 300, () => 8000)
    const image = paint(random, 400, 300, { stars: made, fwhm: 2.6, noise: 4 })
    const clean = await detectStars(image, AUTO)
    const far = (x: number, y: number): boolean =>
      made.every((star) => Math.hypot(star.x - x, star.y - y) > 7)
    let planted = 0
    while (planted < 60) {
      const x = 5 + random.integer(390)
      const y = 5 + random.integer(290)
      if (!far(x, y)) continue
      image.data[y * 400 + x]! += 100 + 3000 * random.uniform()
      if (planted % 4 === 0) for (let k = 1; k < 5; k++) image.data[y * 400 + x + k]! += 800
      planted++
    }
    // A satellite: a line of the stars' width right across the frame.
    for (let x = 0; x < 400; x++) {
      for (let y = 0; y < 300; y++)
        image.data[y * 400 + x]! += 150 * Math.exp(-0.5 * ((y - 8 - 0.01 * x) / 1.1) ** 2)
    }
    for (let k = 0; k < 30; k++) image.data[random.integer(image.data.length)] = NaN
    const stars = await detectStars(image, AUTO)
    const strange = stars.filter((star) =>
      made.every((other) => Math.hypot(star.x - other.x, star.y - other.y) > 3),
    )
    expect(strange.length).toBeLessThanOrEqual(2)
    expect(stars.length).toBeGreaterThan(0.97 * clean.length)
  })

  test('seed "trailed": a frame of stars twice as long as wide keeps them, and says so', async () => {
    const random = createRandom('trailed')
    const made = gridStars(random, 400, 300, () => 12_000)
    const { stars, quality } = await detectStarsWithQuality(
      paint(random, 400, 300, { stars: made, fwhm: 3, noise: 4, stretch: 2 }),
      AUTO,
    )
    expect(stars).toHaveLength(made.length)
    expect(quality.elongation).toBeGreaterThan(1.9)
    expect(quality.elongation).toBeLessThan(2.1)
  })

  test('seed "flags": saturated, at the edge, beside a bad pixel, blended', async () => {
    const random = createRandom('flags')
    const made = [
      { x: 50, y: 50, flux: 60_000 },
      { x: 1.2, y: 100, flux: 9000 },
      { x: 100, y: 100, flux: 9000 },
      { x: 150, y: 50, flux: 9000 },
      { x: 156, y: 50, flux: 8000 },
      { x: 150, y: 150, flux: 9000 },
    ]
    const image = paint(random, 200, 200, { stars: made, fwhm: 3, noise: 3 })
    for (let i = 0; i < image.data.length; i++) image.data[i] = Math.min(image.data[i]!, 4095)
    image.data[101 * 200 + 102] = NaN
    const stars = await detectStars(image, { threshold: 6, fwhm: 'auto', saturation: 4095 })
    const flagsAt = (x: number, y: number): number =>
      stars.find((star) => Math.hypot(star.x - x, star.y - y) < 1.5)?.flags ?? -1
    expect(flagsAt(50, 50)).toBe(flagBit('saturated'))
    expect(flagsAt(1.2, 100) & flagBit('edge')).toBeTruthy()
    expect(flagsAt(100, 100)).toBe(flagBit('bad-pixel'))
    expect(flagsAt(150, 50)).toBe(flagBit('blended'))
    expect(flagsAt(156, 50)).toBe(flagBit('blended'))
    expect(flagsAt(150, 150)).toBe(0)
  })

  test('a saturated, flat-topped star is centred on its plateau', async () => {
    const image = paint(createRandom('plateau'), 120, 120, {
      stars: [{ x: 60.3, y: 58.8, flux: 3_000_000 }],
      fwhm: 4,
      noise: 3,
    })
    for (let i = 0; i < image.data.length; i++) image.data[i] = Math.min(image.data[i]!, 4095)
    const star = (await detectStars(image, { threshold: 8, fwhm: 3, saturation: 4095 }))[0]!
    expect(Math.hypot(star.x - 60.3, star.y - 58.8)).toBeLessThan(0.2)
    expect(star.flags).toBe(flagBit('saturated'))
  })

  test('frames without stars, without noise and without any value give no star', async () => {
    const flat = createImage(100, 80)
    expect(await detectStars(flat, AUTO)).toEqual([])
    flat.data.fill(NaN)
    expect(await detectStars(flat, AUTO)).toEqual([])
    expect((await detectStarsWithQuality(createImage(3, 2), AUTO)).quality.fwhm).toBeNull()
  })

  test('a cancelled task stops', async () => {
    const task = { signal: AbortSignal.abort(), report: () => undefined }
    await expect(detectStars(createImage(64, 64), AUTO, task)).rejects.toThrow(/cancelled/)
  })

  test('maximum keeps the brightest and still counts all', async () => {
    const random = createRandom('maximum')
    const made = gridStars(random, 300, 200, (k) => 3000 + 100 * k)
    const { stars, quality } = await detectStarsWithQuality(
      paint(random, 300, 200, { stars: made, fwhm: 3, noise: 3 }),
      { ...AUTO, maximum: 10 },
    )
    expect(stars).toHaveLength(10)
    expect(quality.starCount).toBe(made.length)
    expect(stars[9]!.flux).toBeGreaterThan(3000 + 100 * (made.length - 14))
  })
})
