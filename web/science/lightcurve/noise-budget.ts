import type { LightCurveErrors } from '../../core/light-curve'
import { median } from '../math/median'

export interface NoiseInput {
  /** Star less sky, per frame, in the unit of the image. */
  readonly flux: Float64Array
  /** Scatter of one sky pixel as measured in the annulus, same unit: photons, dark and read noise in one. */
  readonly skySigma: Float64Array
  /** Electrons per unit; null when nobody knows. */
  readonly gain: number | null
  /** Electrons, one sigma of a pixel; null when nobody knows. */
  readonly readNoise: number | null
  /** Pixels in the aperture, and in the annulus that gave the sky level (Infinity: the level is free of noise). */
  readonly area: number
  readonly annulusArea: number
  /** From computeDifferential, fractions. */
  readonly ensembleError: Float64Array
}

/**
 * The parts of each point's error as fractions of the star's flux, by the CCD equation (Howell 2006, eq. 4.4; Merline & Howell 1995) with
 * the background's part from its measured scatter: variance = F/g + A s^2 + (pi/2) A^2 s^2 / n. `sky` holds the background less the
 * read noise plus the sky level's own error; without gain or read noise it holds the read noise too, and `read` (and without a gain
 * `photon`) is NaN: not known. All NaN where the star has no positive flux.
 */
export const budgetNoise = (input: NoiseInput): LightCurveErrors => {
  const { flux, skySigma, gain, readNoise, area, annulusArea, ensembleError } = input
  const readVariance = gain === null || readNoise === null ? null : (readNoise / gain) ** 2
  const star = flux.map((value) => (value > 0 ? value : Number.NaN))
  const readPart = (i: number): number => Math.min(skySigma[i]! ** 2, readVariance ?? 0)
  return {
    photon: star.map((value) => (gain === null ? Number.NaN : 1 / Math.sqrt(value * gain))),
    sky: star.map((value, i) => {
      const level = (Math.PI / 2) * (area ** 2 / annulusArea) * skySigma[i]! ** 2
      return Math.sqrt(area * (skySigma[i]! ** 2 - readPart(i)) + level) / value
    }),
    read: star.map((value, i) =>
      readVariance === null ? Number.NaN : Math.sqrt(area * readPart(i)) / value,
    ),
    comparisons: Float64Array.from(ensembleError),
  }
}

/** All known parts in quadrature, per point; a lower bound where photon or read noise are not known. NaN without sky or comparisons. */
export const totalNoise = (parts: LightCurveErrors): Float64Array =>
  parts.sky.map((sky, i) =>
    Math.hypot(parts.photon[i]! || 0, sky, parts.read[i]! || 0, parts.comparisons[i]!),
  )

export interface NoiseComparison {
  readonly measured: number
  /** Median over the points of the expected error. */
  readonly expected: number
  /** 1 is the limit; 2 means that three quarters of the variance come from elsewhere: scintillation, flat field, drift, seeing. */
  readonly ratio: number
  /** What stands beside the expected noise, in quadrature; 0 when nothing. */
  readonly excess: number
}

/** Measured scatter against the noise that photons, sky, read-out and comparisons explain, both as fractions of the flux. */
export const compareNoise = (measured: number, expected: Float64Array): NoiseComparison => {
  const limit = median(expected)
  return {
    measured,
    expected: limit,
    ratio: measured / limit,
    excess: Math.sqrt(Math.max(0, measured * measured - limit * limit)),
  }
}
