import type { Combine } from './combine'
import type { RawCorrection } from './raw-correction'

/** A map of bad pixels is a picture as well, so that it can be looked at, kept, exported and followed up as the others are. */
export type MasterKind = 'master-bias' | 'master-dark' | 'master-flat' | 'master-bad-pixels' | 'master-fringe'

/** Those that are combined from calibration frames. */
export type CombinedMasterKind = Exclude<MasterKind, 'master-bad-pixels' | 'master-fringe'>

export const isCombinedKind = (kind: MasterKind): kind is CombinedMasterKind =>
  kind !== 'master-bad-pixels' && kind !== 'master-fringe'

/** What must agree between the frames of one master. Null where the headers say nothing. */
export interface MasterGroup {
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly filter: string | null
  /** Seconds. Null for a bias or a flat: it does not separate those. */
  readonly exposure: number | null
  readonly binning: readonly [number, number]
  /** Of the master: what is left after its frames were trimmed. */
  readonly width: number
  readonly height: number
  readonly gainSetting: number | null
  /** Degrees Celsius, median of the group. */
  readonly temperature: number | null
}

/** A measured number and its one-sigma error. */
export interface QualityNumber {
  readonly value: number
  readonly error: number
}

/** What a master says of the camera, measured in the middle of the frame unless said otherwise. */
export interface MasterQuality {
  /** Raised when these numbers are computed otherwise: older ones are then computed again from the stored pixels. */
  readonly version: number
  /** Clipped mean of a bias (ADU) or flat (relative), median of a dark (ADU), whose warm pixels pull a mean. */
  readonly level: QualityNumber
  /** ADU, of one of its frames: for a bias the read noise. From pairs of frames, or from the scatter between them where they are gone. */
  readonly noise: (QualityNumber & { readonly from: 'pairs' | 'scatter'; readonly pairs: number }) | null
  /** Electrons per ADU as its frames say; null where they do not. */
  readonly gain: number | null
  /** ADU per second and pixel; null for others than darks, and for a dark whose bias is still in it. */
  readonly darkCurrent: QualityNumber | null
  /** Of the whole frame: pixels more than `threshold` ADU above the level, which is 5 times the noise of one frame. Null for others than darks. */
  readonly hotPixels: { readonly count: number; readonly threshold: number; readonly fraction: number } | null
  /** Electrons per ADU from pairs of flats. Null for others than flats. */
  readonly measuredGain: QualityNumber | null
  /** This flat over the last one of the same filter before it; null where there is none. */
  readonly ratio: { readonly to: string; readonly median: number; readonly scatter: number } | null
  /**
   * Noise of the mean of `frames` of its frames as it is and as it should be, noise of one over the root of their number; ADU, relative for a flat.
   * Null where fewer than four of them are there.
   */
  readonly averaging?: (QualityNumber & { readonly predicted: number; readonly frames: number }) | null
  /** Of the whole frame: pixels more than `threshold` ADU below the level (5 times the noise of one frame), of a flat below that part of the light. */
  readonly coldPixels?: {
    readonly count: number
    readonly threshold: number
    readonly fraction: number
  } | null
  /** What changes slowly over the frame: range of the medians of blocks, ADU or relative, and where the extremes lie, as parts of width and height. */
  readonly structure?: {
    readonly range: number
    readonly brightest: { readonly x: number; readonly y: number }
    readonly darkest: { readonly x: number; readonly y: number }
    readonly block: number
  } | null
  /** This bias or dark less the last one like it of an earlier night, ADU; null where there is none, and for flats. */
  readonly change?: { readonly to: string; readonly median: number; readonly scatter: number } | null
}

/** Kinds of bad pixels: the values of a map's data plane are sums of these. */
export const BAD_PIXEL_KINDS = { hot: 1, cold: 2, bright: 4, column: 8, person: 16 } as const
export type BadPixelKind = keyof typeof BAD_PIXEL_KINDS

export interface BadPixelFacts {
  /** Pixels of each kind, and of any. */
  readonly counts: Readonly<Record<BadPixelKind | 'any', number>>
  /** Pixels that a person marked as bad or as good. */
  readonly edits: number
}

/** A master frame: pixels in the pixel store (data plane, then uncertainty plane, little-endian f32) and how it was made. */
export interface MasterRecord {
  readonly id: string
  readonly kind: MasterKind
  readonly name: string
  readonly order: string
  readonly group: MasterGroup
  /** Ids of the frames that went in, in time order. */
  readonly frames: readonly string[]
  /** Every id that the result depends on: frames and earlier masters. */
  readonly inputs: readonly string[]
  /** Null for a map of bad pixels: nothing was combined. */
  readonly combine: Combine | null
  /** What was done to its frames before anything was taken off; absent or null: nothing. */
  readonly raw?: RawCorrection | null
  readonly bytesId: string
  readonly width: number
  readonly height: number
  /** 'adu' for bias and dark, '' (relative) for a flat. */
  readonly unit: string
  /** For a dark: the bias was taken off before combining, so it may be scaled by exposure. */
  readonly biasSubtracted: boolean
  /** ADU for bias and dark, relative for a flat. */
  readonly statistics: {
    readonly median: number
    readonly deviation: number
    readonly rejectedFraction: number
  }
  /** Julian date of the middle of its frames, UTC; null when no frame has a time. */
  readonly jdUtcMid: number | null
  readonly warnings: readonly string[]
  readonly flags: readonly string[]
  /** Which backends computed it: 'wasm', 'webgpu', or 'cpu' for the reference. */
  readonly backends?: readonly string[]
  /** Of a map of bad pixels alone: how many of each kind there are, and what a person changed. */
  readonly badPixels?: BadPixelFacts
  readonly createdAt: number
  /** Absent until somebody has measured it. */
  readonly quality?: MasterQuality
}
