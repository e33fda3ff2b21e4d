import type { FrameQuality } from './source-list'

/** What the pixels of one raw frame are like, measured when the machine rests; the id is that of the exposure. */
export interface FrameStatisticsRecord {
  readonly id: string
  /** Raised when these numbers are computed otherwise: older ones are then measured again. */
  readonly version: number
  /** ADU, median of all pixels. */
  readonly level: number
  /** ADU, of a pixel, from differences of neighbours. */
  readonly noise: number
  /** Part of the pixels at or above saturation; null where that level is not known. */
  readonly saturatedFraction: number | null
  /** Of lights: stars and sky of the raw frame, ADU; null for others. */
  readonly quality: FrameQuality | null
  /** Milliseconds since 1970. */
  readonly createdAt: number
}
