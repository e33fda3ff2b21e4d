import { describe, expect, test } from 'vitest'
import { describeFlags } from '../../../web/core/flags'
import { type Image, createImage } from '../../../web/core/image'
import { createRandom } from '../../../web/science/math/random'
import { median } from '../../../web/science/math/median'
import { refineCentroid } from '../../../web/science/photometry/centroid'
import { measureCurveOfGrowth, measureRadialProfile } from '../../../web/science/photometry/curve-of-growth'
import { measureHalfFluxWidth } from '../../../web/science/photometry/half-flux-width'
import { measureAperture, measureApertures } from '../../../web/science/photometry/measure-aperture'
import { type MeasureOptions, measureStar } from '../../../web/science/photometry/measure-star'
import { collectAnnulus, measureSkyAnnulus } from '../../../web/science/photometry/sky-annulus'
import { cutStamp } from '../../../web/science/photometry/stamps'

const OPTIONS: MeasureOptions = {
  radii: [3, 5, 8],
  annulus: [12, 20],
  gain: 2,
  readNoise: 10,
  saturation: 60_000,
  centroid: true,
}

interface Spot {
  readonly x: number
  readonly y: number
  readonly flux: number
  readonly fwhm: number
}

const paint = (sky: number, spots: readonly Spot[], width = 100, height = 90): Image => {
  const image = createImage(width, height)
  image.data.fill(sky)
  for (const { x, y, flux, fwhm } of spots) {
    const s = fwhm / 2.354820045
    for (let i = 0; i < image.data.length; i++) {
      const squared = ((i % width) - x) ** 2 + (Math.floor(i / width) - y) ** 2
      image.data[i]! += (flux * Math.exp((-0.5 * squared) / (s * s))) / (2 * Math.PI * s * s)
    }
  }
  return image
}

/** Full width of a Gaussian once it is smeared over square pixels, whose variance is 1/12. */
const withPixel = (fwhm: number): number => Math.sqrt(fwhm ** 2 + 2.354820045 ** 2 / 12)

describe('apertures', () => {
  test('seed "many radii": one pass over many radii equals each radius alone', () => {
    const random = createRandom('many radii')
    const image = createImage(60, 50)
    for (let i = 0; i < image.data.length; i++) image.data[i] = 100 + 50 * random.normal()
    image.data[25 * 60 + 30] = NaN
    const radii = [7.5, 0.4, 3, 12, 3, 29]
    const position = { x: 31.37, y: 24.81 }
    const all = measureApertures(image, position, radii)
    radii.forEach((radius, i) => {
      const one = measureAperture(image, position.x, position.y, radius)
      expect(Math.abs(all.sums[i]! - one.sum)).toBeLessThan(1e-8)
      expect(Math.abs(all.areas[i]! - one.area)).toBeLessThan(1e-10)
      expect(all.peaks[i]).toBe(one.peak)
      expect(all.flags[i]).toBe(one.flags)
    })
    expect(describeFlags(all.flags[5]!)).toEqual(['edge', 'bad-pixel'])
    expect(describeFlags(all.flags[1]!)).toEqual([])
  })

  test('on ones the sum is pi r^2', () => {
    const ones = createImage(64, 64)
    ones.data.fill(1)
    for (const radius of [0.2, 1, 4.37, 15.5, 29]) {
      const { sum, area } = measureAperture(ones, 31.123, 32.456, radius)
      expect(Math.abs(sum / (Math.PI * radius ** 2) - 1)).toBeLessThan(1e-12)
      expect(Math.abs(area / (Math.PI * radius ** 2) - 1)).toBeLessThan(1e-12)
    }
  })
})

describe('sky', () => {
  test('seed "annulus": the members are those of the plain definition, stars are thrown out, NaN is no pixel', () => {
    const random = createRandom('annulus')
    const image = paint(500, [{ x: 62, y: 45, flux: 40_000, fwhm: 3 }])
    for (let i = 0; i < image.data.length; i++) image.data[i]! += 5 * random.normal()
    image.data[45 * 100 + 35] = NaN
    const position = { x: 50.3, y: 44.6 }
    const plain = [...image.data].filter((value, i) => {
      const distance = Math.hypot((i % 100) - position.x, Math.floor(i / 100) - position.y)
      return distance >= 12 && distance < 20 && !Number.isNaN(value)
    })
    expect([...collectAnnulus(image, position, [12, 20])]).toEqual(plain)
    const sky = measureSkyAnnulus(image, position, [12, 20])
    expect(sky.count + sky.rejected).toBe(plain.length)
    expect(sky.rejected).toBeGreaterThan(20)
    expect(Math.abs(sky.level - 500)).toBeLessThan(1)
    expect(Math.abs(sky.sigma - 5)).toBeLessThan(0.6)
  })

  test('an annulus that lies off the frame has no level', () => {
    expect(measureSkyAnnulus(createImage(10, 10), { x: 500, y: 500 }, [5, 9]).level).toBeNaN()
  })
})

describe('centroid', () => {
  test('finds a Gaussian to a thousandth of a pixel from 1.5 px off, wherever it sits in its pixel', () => {
    for (let k = 0; k < 25; k++) {
      const truth = { x: 50 + (k % 5) / 5, y: 40 + Math.floor(k / 5) / 5 }
      const image = paint(0, [{ ...truth, flux: 10_000, fwhm: 3 }])
      const found = refineCentroid(image, truth.x + 1.2, truth.y - 0.9, { radius: 6, fwhm: 3, sky: 0 })
      expect(found.converged).toBe(true)
      expect(Math.hypot(found.x - truth.x, found.y - truth.y)).toBeLessThan(1e-3)
    }
  })

  test('keeps the prediction and says so: nothing there, or a bright neighbour that draws it away', () => {
    const empty = refineCentroid(createImage(40, 40), 20.25, 19.5, { radius: 5, fwhm: 3, sky: 0 })
    expect([empty.x, empty.y, empty.converged, describeFlags(empty.flags)]).toEqual([
      20.25,
      19.5,
      false,
      ['centroid-failed'],
    ])
    const image = paint(0, [{ x: 54, y: 40, flux: 90_000, fwhm: 4 }])
    const drawn = refineCentroid(image, 50, 40, { radius: 6, fwhm: 4, sky: 0, limit: 2 })
    expect([drawn.x, drawn.y, drawn.converged]).toEqual([50, 40, false])
  })
})

describe('measureStar', () => {
  test('a made star comes back with its flux, place, width and sky', () => {
    const image = paint(200, [{ x: 48.3, y: 44.7, flux: 50_000, fwhm: 3 }])
    const star = measureStar(image, { x: 49, y: 44 }, OPTIONS)
    expect(Math.hypot(star.x - 48.3, star.y - 44.7)).toBeLessThan(0.002)
    expect(star.sky).toBeCloseTo(200, 3)
    expect(Math.abs(star.fluxes[2]! / 50_000 - 1)).toBeLessThan(1e-4)
    // A Gaussian's flux within r is 1 - 2^-(2 r / fwhm)^2.
    expect(Math.abs(star.fluxes[0]! / 50_000 / (1 - 2 ** -((6 / withPixel(3)) ** 2)) - 1)).toBeLessThan(0.003)
    expect(Math.abs(star.fwhm / withPixel(3) - 1)).toBeLessThan(0.01)
    expect(star.flags).toBe(0)
  })

  test('seed "stamps": a stamp gives bit for bit what the frame gives, at the edge too', () => {
    const random = createRandom('stamps')
    const image = paint(
      300,
      Array.from({ length: 12 }, () => ({
        x: 100 * random.uniform(),
        y: 90 * random.uniform(),
        flux: 8000 * random.uniform(),
        fwhm: 2.5,
      })),
    )
    for (let i = 0; i < image.data.length; i++) image.data[i]! += 4 * random.normal()
    for (let k = 0; k < 60; k++) {
      const at = { x: 1 + 97 * random.uniform(), y: 1 + 87 * random.uniform() }
      const options = { ...OPTIONS, centroidLimit: 4 }
      expect(measureStar(cutStamp(image, at, 26), at, options)).toEqual(measureStar(image, at, options))
    }
    expect(() => measureStar(cutStamp(image, { x: 50, y: 40 }, 10), { x: 50, y: 40 }, OPTIONS)).toThrow(
      /does not reach/,
    )
  })

  test('flags: saturation per radius, raw pixels, edge, blends, crowded sky, negative flux', () => {
    const image = paint(100, [
      { x: 50, y: 45, flux: 20_000, fwhm: 3 },
      { x: 56, y: 45, flux: 900_000, fwhm: 3 },
    ])
    const options: MeasureOptions = {
      ...OPTIONS,
      radii: [2, 7],
      centroid: false,
      saturation: 60_000,
      fwhm: 3,
    }
    const star = measureStar(
      image,
      { x: 50, y: 45 },
      {
        ...options,
        neighbours: [
          { x: 50, y: 45 },
          { x: 56, y: 45 },
        ],
      },
    )
    expect(describeFlags(star.radiusFlags[0]!)).toEqual([])
    expect(describeFlags(star.radiusFlags[1]!)).toContain('saturated')
    expect(describeFlags(star.radiusFlags[1]!)).toContain('blended')
    const raw = createImage(100, 90)
    raw.data[45 * 100 + 50] = 65_535
    const judged = measureStar(image, { x: 50, y: 45 }, { ...options, raw, saturation: 65_535 })
    expect(describeFlags(judged.radiusFlags[0]!)).toEqual(['saturated'])
    expect(judged.peak).toBe(65_535)
    expect(describeFlags(measureStar(image, { x: 1, y: 45 }, options).flags)).toContain('edge')
    const hole = createImage(100, 90)
    for (let i = 0; i < hole.data.length; i++)
      hole.data[i] = Math.hypot((i % 100) - 50, Math.floor(i / 100) - 45) < 9 ? 0 : 50
    expect(describeFlags(measureStar(hole, { x: 50, y: 45 }, options).flags)).toEqual(['negative-flux'])
  })

  test('seed "errors": the error is the scatter, over 400 noisy copies, with and without gain', () => {
    const random = createRandom('errors')
    const gain = 2
    const clean = paint(150, [{ x: 30.4, y: 30.2, flux: 9000, fwhm: 3 }], 61, 61)
    const fluxes: number[] = []
    const errors: number[] = []
    const bare: number[] = []
    for (let k = 0; k < 400; k++) {
      const data = clean.data.map(
        (value) => random.poisson(value * gain) / gain + (10 / gain) * random.normal(),
      )
      const options = { ...OPTIONS, radii: [5], centroid: false }
      const star = measureStar({ width: 61, height: 61, data }, { x: 30.4, y: 30.2 }, options)
      fluxes.push(star.fluxes[0]!)
      errors.push(star.errors[0]!)
      const budget = measureStar(
        { width: 61, height: 61, data },
        { x: 30.4, y: 30.2 },
        { ...options, gain: null },
      ).budgets[0]!
      expect([budget.photon, budget.complete, budget.read]).toEqual([null, false, null])
      bare.push(budget.total)
    }
    const mean = fluxes.reduce((sum, value) => sum + value, 0) / fluxes.length
    const scatter = Math.sqrt(
      fluxes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (fluxes.length - 1),
    )
    // 400 copies know a scatter to 3.5 %.
    expect(Math.abs(median(errors) / scatter - 1)).toBeLessThan(0.1)
    expect(median(bare)).toBeLessThan(median(errors))
    expect(Math.abs(mean - 9000 * (1 - 2 ** -((10 / 3) ** 2)))).toBeLessThan(0.02 * 9000)
  })
})

describe('curve of growth and profile', () => {
  test('follow the Gaussian that was painted', () => {
    const position = { x: 50.2, y: 45.4 }
    const image = paint(70, [{ ...position, flux: 10_000, fwhm: 4 }])
    const curve = measureCurveOfGrowth(image, position, [1, 2, 3, 4, 6, 10], 70)
    curve.radii.forEach((radius, i) => {
      expect(Math.abs(curve.fraction[i]! - (1 - 2 ** -(((2 * radius) / withPixel(4)) ** 2)))).toBeLessThan(
        0.004,
      )
    })
    expect(
      Math.abs(measureHalfFluxWidth(image, position, 70, { largestRadius: 12 }) / withPixel(4) - 1),
    ).toBeLessThan(0.01)
    const profile = measureRadialProfile(image, position, { reach: 8, step: 1, sky: 70 })
    expect(profile.count.reduce((sum, count) => sum + count, 0)).toBe(profile.values.length)
    expect([...profile.median]).toEqual([...profile.median].sort((a, b) => b - a))
    const peak = 10_000 / (2 * Math.PI * (4 / 2.354820045) ** 2)
    profile.distances.forEach((distance, i) => {
      expect(profile.values[i]! / peak).toBeCloseTo(2 ** -((distance / 2) ** 2), 4)
    })
  })
})
