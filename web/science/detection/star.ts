import type { FrameQuality } from '../../core/source-list'

/** A star as it was found on one frame. Positions and widths in pixels, brightness in the unit of the image. */
export interface Star {
  readonly x: number
  readonly y: number
  /** Sum above the local background within 1.5 widths of the centre. Good for ranking, not for photometry. */
  readonly flux: number
  /** Highest pixel of the core, background included, so that it compares with the saturation level. */
  readonly peak: number
  /** Full width at half maximum, geometric mean of both axes, the pixel's own width included. */
  readonly fwhm: number
  /** Major over minor axis, 1 for a round star; Infinity where the source has no end along one axis within the window. */
  readonly elongation: number
  /** Peak of the matched filter over its noise: the significance of the detection against the sky. */
  readonly snr: number
  /** Bits of core/flags.ts: saturated, edge, bad-pixel, centroid-failed, blended. */
  readonly flags: number
}

export interface DetectOptions {
  /** Sigmas of the matched-filtered sky noise, > 0. */
  readonly threshold: number
  /** Pixels; 'auto' measures it on the brighter stars first. */
  readonly fwhm: number | 'auto'
  /** Level in the unit of the image at and above which a pixel is saturated. */
  readonly saturation: number | null
  /** Keep at most this many, the brightest. */
  readonly maximum?: number
  /** Side of the background boxes in pixels, 64 unless said. */
  readonly box?: number
}

export interface Detection {
  /** Brightest first. */
  readonly stars: Star[]
  readonly quality: FrameQuality
}

/** Width of a Gaussian at half maximum over its sigma: 2 sqrt(2 ln 2). */
export const FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.LN2)
