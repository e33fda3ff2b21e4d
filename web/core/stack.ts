import type { Combine } from './combine'

/** How frames that differ in sky are brought together before they are combined. */
export type StackNormalisation = 'none' | 'sky'

/** Frames combined into one picture: pixels in the pixel store (data plane, then uncertainty plane, little-endian f32). */
export interface StackRecord {
  readonly id: string
  readonly name: string
  readonly order: string
  /** Ids of the reduced frames that went in, in time order. */
  readonly frames: readonly string[]
  /** Every id that the result depends on: reduced frames, exposures and masters. */
  readonly inputs: readonly string[]
  /** The reduced frame whose pixel grid it has; null when the frames were taken as they lie. */
  readonly reference: string | null
  readonly combine: Combine
  readonly interpolation: 'nearest' | 'bilinear' | 'lanczos3'
  readonly normalisation: StackNormalisation
  readonly bytesId: string
  readonly width: number
  readonly height: number
  readonly unit: 'adu' | 'electron'
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly filter: string | null
  readonly object: string | null
  /** Seconds of all frames together; null when one of them does not say. */
  readonly exposure: number | null
  /** ISO 8601 UTC, start of the first frame. */
  readonly dateObs: string | null
  readonly statistics: {
    readonly median: number
    readonly deviation: number
    /** Values that were rejected or had no pixel, of all. */
    readonly rejectedFraction: number
  }
  readonly flags: readonly string[]
  readonly backends: readonly string[]
  readonly createdAt: number
}
