import type { LightCurveErrors } from '../../core/light-curve'
import { median } from '../math/median'

export interface NoiseInput {
  /** Star less sky, per frame, in ADU; or in electrons with gain 1. */
  readonly flux: Float64Array
  /** Sky per pixel, same unit. */
  readonly sky: Float64Array
  /** Electrons per unit of flux. */
  readonly gain: number
  /** Electrons per pixel, one sigma. */
  readonly readNoise: number
  /** Pixels in the aperture, and in the annulus that gave the sky (Infinity: the sky level is free of noise). */
  readonly area: number
  readonly annulusArea: number
  /** From computeDifferential, fractions. */
  readonly ensembleError: Float64Array
}

/**
 * The parts of each point's error as fractions of the star's flux, from the CCD equation (Howell 2006, eq. 4.4, after Merline & Howell
 * 1995): photon sqrt(N), sky sqrt(n (1 + n / n_annulus) S), read sqrt(n (1 + n / n_annulus)) R, all in electrons over N.
 * NaN where the star has no positive flux.
 */
export const budgetNoise = (input: NoiseInput): LightCurveErrors => {
  const { flux, sky, gain, readNoise, area, annulusArea, ensembleError } = input
  const pixels = area * (1 + area / annulusArea)
  const electrons = flux.map((value) => (value > 0 ? value * gain : Number.NaN))
  return {
    photon: electrons.map((value) => 1 / Math.sqrt(value)),
    sky: electrons.map((value, i) => Math.sqrt(pixels * Math.max(0, sky[i]! * gain)) / value),
    read: electrons.map((value) => (Math.sqrt(pixels) * readNoise) / value),
    comparisons: Float64Array.from(ensembleError),
  }
}

/** All parts in quadrature, per point. */
export const totalNoise = (parts: LightCurveErrors): Float64Array =>
  parts.photon.map((photon, i) => Math.hypot(photon, parts.sky[i]!, parts.read[i]!, parts.comparisons[i]!))

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

export interface Scintillation {
  /** Metres. */
  readonly telescopeDiameter: number
  /** Seconds. */
  readonly exposure: number
  readonly airmass: number
  /** Metres above sea level. */
  readonly elevation: number
}

/**
 * Long-exposure scintillation, one sigma as a fraction of the flux. Source: Young 1967 with the mean coefficient of Osborn et al. 2015,
 * MNRAS 452, 1707, eq. 7: variance = 10e-6 C^2 D^(-4/3) t^-1 sec(z)^3 exp(-2 h / 8000 m), C = 1.5; a site's own C lies within 1 to 2.
 */
export const estimateScintillation = (input: Scintillation): number => {
  const { telescopeDiameter, exposure, airmass, elevation } = input
  const variance =
    (10e-6 * 1.5 ** 2 * telescopeDiameter ** (-4 / 3) * airmass ** 3 * Math.exp((-2 * elevation) / 8000)) /
    exposure
  return Math.sqrt(variance)
}
