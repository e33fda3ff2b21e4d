import type { Combine } from './combine'

export type MasterKind = 'master-bias' | 'master-dark' | 'master-flat'

/** What must agree between the frames of one master. Null where the headers say nothing. */
export interface MasterGroup {
  readonly telescope: string
  readonly instrument: string
  readonly night: string
  readonly filter: string | null
  /** Seconds. Null for a bias or a flat: it does not separate those. */
  readonly exposure: number | null
  readonly binning: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly gainSetting: number | null
  /** Degrees Celsius, median of the group. */
  readonly temperature: number | null
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
  readonly combine: Combine
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
  readonly createdAt: number
}
