import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../web/science/math/random'
import { estimateGainFromSky } from '../../../web/science/photometry/gain-from-sky'
import { estimateFluxError, estimateScintillation } from '../../../web/science/photometry/photometry-error'

describe('estimateFluxError', () => {
  test('is the CCD equation, worked by hand', () => {
    const budget = estimateFluxError({
      flux: 8000,
      area: 50,
      skySigma: 6,
      skyCount: 400,
      gain: 2,
      readNoise: 8,
      scintillation: 0.002,
    })
    expect(budget.photon).toBeCloseTo(Math.sqrt(4000), 10)
    expect(budget.read).toBeCloseTo(Math.sqrt(50 * 16), 10)
    expect(budget.sky).toBeCloseTo(Math.sqrt(50 * 20), 10)
    expect(budget.skyLevel).toBeCloseTo(50 * 6 * Math.sqrt(Math.PI / 2 / 400), 10)
    expect(budget.scintillation).toBeCloseTo(16, 10)
    expect(budget.total ** 2).toBeCloseTo(4000 + 50 * 36 + ((Math.PI / 2) * 2500 * 36) / 400 + 256, 8)
  })

  test('the total does not depend on how the background is shared between sky and read noise', () => {
    const given = { flux: 100, area: 20, skySigma: 5, skyCount: 300, gain: 1.5 }
    const known = estimateFluxError({ ...given, readNoise: 4 })
    expect(known.total).toBeCloseTo(estimateFluxError({ ...given, readNoise: null }).total, 12)
    expect(estimateFluxError({ ...given, readNoise: 400 }).sky).toBe(0)
  })
})

test("scintillation: Osborn's equation by hand, and near Young's rule with his coefficient", () => {
  const given = { diameter: 1, exposure: 1, airmass: 1, elevation: 0 }
  expect(estimateScintillation({ ...given, coefficient: 1 })).toBeCloseTo(Math.sqrt(1e-5), 12)
  // Young: 0.09 D_cm^(-2/3) X^1.75 exp(-h/8000) / sqrt(2 t).
  expect(
    Math.abs(
      estimateScintillation({ ...given, coefficient: 1 }) / ((0.09 * 100 ** (-2 / 3)) / Math.SQRT2) - 1,
    ),
  ).toBeLessThan(0.1)
  expect(estimateScintillation({ ...given, exposure: 4 }) / estimateScintillation(given)).toBeCloseTo(0.5, 12)
  expect(estimateScintillation({ ...given, airmass: 2 }) / estimateScintillation(given)).toBeCloseTo(
    2 ** 1.5,
    12,
  )
  expect(estimateScintillation({ ...given, elevation: 8000 }) / estimateScintillation(given)).toBeCloseTo(
    Math.exp(-1),
    12,
  )
})

test('seed "sky gain": the gain comes back within three of its sigmas; a steady sky gives none', () => {
  const random = createRandom('sky gain')
  const levels = Float64Array.from({ length: 150 }, (_, i) => 350 + 30 * Math.cos(i / 40))
  const sigmas = levels.map((level) => Math.sqrt((level - 300) / 24 + 0.3) * (1 + 0.025 * random.normal()))
  const found = estimateGainFromSky(levels, sigmas)
  expect(found).not.toBeNull()
  expect(Math.abs(found!.gain - 24)).toBeLessThan(3 * found!.gainError)
  expect(found!.gainError).toBeLessThan(2)
  expect(
    estimateGainFromSky(
      levels.map(() => 350 + random.normal()),
      sigmas,
    ),
  ).toBeNull()
  expect(estimateGainFromSky([1, 2, 3], [1, 1, 1])).toBeNull()
})
