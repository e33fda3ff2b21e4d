import type { PixelSection } from './pixel-section'

/** How the level that the electronics add is read off pixels that saw no light, line by line. */
export interface OverscanRecipe {
  readonly section: PixelSection
  /** Of the pixels of one line. */
  readonly method: 'median' | 'mean'
  /** Degree of the polynomial that the levels are replaced by along the frame; null takes each line's own. */
  readonly degree: number | null
}

/** What is done to a frame before any master: to lights and to the frames of masters alike, or they would not fit together. */
export interface RawCorrection {
  readonly overscan: OverscanRecipe | null
  /** Pixels that are kept; null keeps all. */
  readonly trim: PixelSection | null
  /** How the camera's numbers become proportional to light; null where it is taken for linear. */
  readonly linearity: Linearity | null
}

/** true = m (1 + c1 m + c2 m^2 + ...), with m in ADU above the bias level. */
export interface Linearity {
  /** c1, c2, ...; c_k in ADU^-k. */
  readonly coefficients: readonly number[]
  /** ADU above the bias up to which they were measured. */
  readonly limit: number
}

/** Of the pixels that are left. */
export const correctedSize = (
  frame: { readonly width: number; readonly height: number },
  raw: RawCorrection | null,
): { readonly width: number; readonly height: number } => {
  const trim = raw?.trim ?? null
  if (trim === null) return { width: frame.width, height: frame.height }
  return { width: trim.x[1] - trim.x[0], height: trim.y[1] - trim.y[0] }
}
