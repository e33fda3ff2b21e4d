export interface TwilightLimits {
  /** ADU above bias: below it photon noise and the lamp of a star matter. Null for none. */
  readonly least: number | null
  /** ADU above bias: above it the camera is not linear, or the flat is saturated. Null for none. */
  readonly most: number | null
}

export interface TwilightChoice {
  readonly use: boolean
  readonly reason: 'usable' | 'no-light' | 'too-faint' | 'too-bright'
}

/**
 * Limits in ADU above bias from parts of the saturation: `least` and `most` times the ADU between bias and saturation. What is usual is 10 % to
 * 70 % (Howell 2006, Handbook of CCD Astronomy, section 4.3, wants half the well or less).
 */
export const limitsOfSaturation = (
  { saturation, bias }: { readonly saturation: number; readonly bias: number },
  { least, most }: TwilightLimits,
): TwilightLimits => ({
  least: least === null ? null : least * (saturation - bias),
  most: most === null ? null : most * (saturation - bias),
})

/** Which flats of a twilight are used, each with the reason; a level on a limit is used. `levels` are ADU above bias (findFlatLevel). */
export const chooseTwilightFlats = (
  levels: ArrayLike<number>,
  { least, most }: TwilightLimits,
): TwilightChoice[] =>
  Array.from(levels, (level): TwilightChoice => {
    if (!(level > 0) || !Number.isFinite(level)) return { use: false, reason: 'no-light' }
    if (least !== null && level < least) return { use: false, reason: 'too-faint' }
    if (most !== null && level > most) return { use: false, reason: 'too-bright' }
    return { use: true, reason: 'usable' }
  })
