/** What is known of the noise of a calibrated frame. */
export interface PixelNoise {
  /** One sigma of a pixel of blank sky, and its level, as they were measured; in the unit of the frame. */
  readonly sigma: number
  readonly level: number
  /** Electrons that make one unit of a pixel; null where nobody knows. */
  readonly electrons: number | null
}

/** Sigmas above the sky from which a pixel holds light of its own: below it what noise adds is not taken for photons, which would make low pixels look certain. */
const OWN_LIGHT = 2

/**
 * Standard deviation of each calibrated pixel from what was measured of its frame: the variance of blank sky, and that of the photons which
 * a pixel has more than blank sky. With s and L the noise and level of the sky, g electrons in a unit, f the flat at the pixel,
 *   p = min(s^2, max(0, L) / g)                           the photons' part of the sky's variance
 *   v = p / f + (s^2 - p) / f^2 + l / (g f)               with l = value - L where that stands out, else 0  
 * since a pixel that was divided by f had f times as many photons, and reading it was not the less noisy for that. The noise of reading, of darks and flats needs
 * no header: it is in s. Where g is not known, v = s^2 alone, which is too little on stars. NaN where the pixel is.
 */
export const estimateErrors = (
  { data, flat }: { readonly data: Float32Array; readonly flat?: Float32Array | undefined },
  { sigma, level, electrons }: PixelNoise,
  target: Float32Array,
): void => {
  const sky = sigma * sigma
  const photons = electrons === null ? 0 : Math.min(sky, Math.max(0, level) / electrons)
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (Number.isNaN(value)) {
      target[i] = Number.NaN
      continue
    }
    if (electrons === null) {
      target[i] = sigma
      continue
    }
    const response = flat?.[i] ?? 1
    const blank = photons / response + (sky - photons) / (response * response)
    const above = value - level
    const own = above > 0 && above * above > OWN_LIGHT * OWN_LIGHT * blank ? above : 0
    target[i] = Math.sqrt(blank + own / (electrons * response))
  }
}
