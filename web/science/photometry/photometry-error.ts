/** What is known of a measurement when its error is worked out. Unit: the unit of the image, ADU unless it was scaled. */
export interface ErrorInputs {
  /** Net flux of the star. */
  readonly flux: number
  /** Square pixels of the aperture. */
  readonly area: number
  /** Scatter of one sky pixel as measured in the annulus: sky photons, dark, read noise, rounding, flat field, all in one. */
  readonly skySigma: number
  /** Pixels that made the sky level. */
  readonly skyCount: number
  /** Electrons per unit; null when nobody knows. */
  readonly gain: number | null
  /** Electrons, one sigma of a pixel; null when nobody knows. */
  readonly readNoise: number | null
  /** Scintillation as a fraction of the flux, from estimateScintillation; left out unless given. */
  readonly scintillation?: number | null
}

/** Parts of one sigma of the flux, in the unit of the image; they add in squares. Null where it cannot be known. */
export interface ErrorBudget {
  /** Photons of the star itself. Null without a gain: then the total is a lower bound. */
  readonly photon: number | null
  /** Sky and dark photons under the star (all of the background's scatter when the read noise is not known). */
  readonly sky: number
  /** Uncertainty of the sky level that was taken off. */
  readonly skyLevel: number
  /** Read noise; null when it is not known, or in no known relation to the unit: it is then part of `sky`. */
  readonly read: number | null
  /** Rounding to whole units, 1/sqrt(12) a pixel: already part of the measured scatter and not added again. */
  readonly rounding: number
  readonly scintillation: number | null
  readonly total: number
  /** False when the star's photons could not be counted. */
  readonly complete: boolean
}

/**
 * Error of an aperture flux: the CCD equation (Howell 2006, "Handbook of CCD Astronomy", eq. 4.4; Merline & Howell 1995, Exp.
 * Astron. 6, 163) with the background's part taken from the scatter that the annulus shows, not from a model: it holds whatever
 * noise is there. variance = F/g + A s^2 + (pi/2) A^2 s^2 / n, with pi/2 because the level is a median.
 *
 * Without a gain the first term is unknown. It is then null and left out: a guessed gain would make an error that looks
 * known. estimateGainFromSky gets the gain from a night's own sky when its level has varied enough.
 */
export const estimateFluxError = (given: ErrorInputs): ErrorBudget => {
  const { flux, area, skySigma, skyCount, gain, readNoise } = given
  const perPixel = skySigma * skySigma
  const photon = gain === null ? null : Math.sqrt(Math.max(0, flux) / gain)
  // What the annulus shows cannot be less than its read noise but by chance.
  const readPerPixel =
    gain === null || readNoise === null ? null : Math.min(perPixel, (readNoise / gain) ** 2)
  const sky = Math.sqrt(area * (perPixel - (readPerPixel ?? 0)))
  const read = readPerPixel === null ? null : Math.sqrt(area * readPerPixel)
  const skyLevel = area * Math.sqrt(((Math.PI / 2) * perPixel) / skyCount)
  const relative = given.scintillation ?? null
  const scintillation = relative === null ? null : relative * Math.abs(flux)
  return {
    photon,
    sky,
    skyLevel,
    read,
    rounding: Math.sqrt(area / 12),
    scintillation,
    total: Math.hypot(photon ?? 0, sky, skyLevel, read ?? 0, scintillation ?? 0),
    complete: photon !== null,
  }
}

export interface ScintillationInputs {
  /** Diameter of the telescope, metres. */
  readonly diameter: number
  /** Seconds. */
  readonly exposure: number
  readonly airmass: number
  /** Metres above sea level. */
  readonly elevation: number
  /** Coefficient of the site; 1.56 is the median of ten observatories, 1 gives Young's (1967) own. */
  readonly coefficient?: number
}

/**
 * Scintillation as a fraction of the flux (one sigma), long exposures:
 * s^2 = 1e-5 C^2 D^(-4/3) t^(-1) X^3 exp(-2 h / 8000 m) (Osborn et al. 2015, MNRAS 452, 1707, eq. 7).
 */
export const estimateScintillation = (given: ScintillationInputs): number => {
  const { diameter, exposure, airmass, elevation, coefficient = 1.56 } = given
  return Math.sqrt(
    (1e-5 * coefficient ** 2 * diameter ** (-4 / 3) * airmass ** 3 * Math.exp((-2 * elevation) / 8000)) /
      exposure,
  )
}
