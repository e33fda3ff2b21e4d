/** One number for each quality that a person looks at before trusting a frame. */
export interface FrameQuality {
  /** Pixels, median over unsaturated stars; null without stars. */
  readonly fwhm: number | null
  /** Major over minor axis, median. */
  readonly elongation: number | null
  readonly starCount: number
  /** Level and noise of the sky, in the frame's unit. */
  readonly background: number
  readonly noise: number
}

/** The stars found on one calibrated frame, as columns, brightest first. */
export interface SourceListRecord {
  readonly id: string
  /** The reduced frame that was searched. */
  readonly frame: string
  readonly exposure: string
  readonly order: string
  readonly x: Float32Array
  readonly y: Float32Array
  readonly flux: Float32Array
  readonly peak: Float32Array
  readonly fwhm: Float32Array
  readonly elongation: Float32Array
  readonly flags: Uint8Array
  readonly quality: FrameQuality
  readonly inputs: readonly string[]
  readonly createdAt: number
}
