/**
 * How brightness follows pixel value. All are functions of t = (value - low) / (high - low) clipped to 0..1, and all map
 * 0 to 0 and 1 to 1:
 *   linear  t
 *   log     ln(1 + a t) / ln(1 + a), a = 1000 (as in DS9 and astropy's LogStretch)
 *   sqrt    sqrt(t)
 *   asinh   asinh(t / a) / asinh(1 / a), a = 0.1 (Lupton et al. 2004, PASP 116, 133; astropy's AsinhStretch)
 */
export const STRETCHES = ['linear', 'log', 'sqrt', 'asinh'] as const

export type Stretch = (typeof STRETCHES)[number]

const LOG_STEEPNESS = 1000
const ASINH_SOFTENING = 0.1

const LOG_SCALE = 1 / Math.log1p(LOG_STEEPNESS)
const ASINH_SCALE = 1 / Math.asinh(1 / ASINH_SOFTENING)

const BRIGHTNESS: Readonly<Record<Stretch, (t: number) => number>> = {
  linear: (t) => t,
  log: (t) => Math.log1p(LOG_STEEPNESS * t) * LOG_SCALE,
  sqrt: (t) => Math.sqrt(t),
  asinh: (t) => Math.asinh(t / ASINH_SOFTENING) * ASINH_SCALE,
}

const PLACE: Readonly<Record<Stretch, (brightness: number) => number>> = {
  linear: (brightness) => brightness,
  log: (brightness) => Math.expm1(brightness / LOG_SCALE) / LOG_STEEPNESS,
  sqrt: (brightness) => brightness * brightness,
  asinh: (brightness) => ASINH_SOFTENING * Math.sinh(brightness / ASINH_SCALE),
}

const clipToUnit = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value)

/** Brightness 0..1 of a place t between the cuts; t outside 0..1 is clipped, NaN stays NaN. */
export const applyStretch = (stretch: Stretch, t: number): number => BRIGHTNESS[stretch](clipToUnit(t))

/** The place t between the cuts that gets this brightness: the inverse of `applyStretch` on 0..1. */
export const invertStretch = (stretch: Stretch, brightness: number): number =>
  PLACE[stretch](clipToUnit(brightness))

/**
 * Place of a value between the cuts, not clipped. Cuts that coincide make a step: 0 at and below, 1 above. Infinities
 * land outside 0..1 on their side; NaN stays NaN.
 */
export const placeBetweenCuts = (value: number, low: number, high: number): number => {
  if (high > low) return (value - low) / (high - low)
  return Number.isNaN(value) ? value : value > low ? 1 : 0
}
