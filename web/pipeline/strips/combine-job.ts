import type { MasterRecord } from '../../core/master'
import type { PixelMap } from '../../core/pixel-map'
import type { StackInterpolation } from '../../core/stack'
import type { CombineOutput, CombineParams } from '../../compute/kernels/combine'
import type { PixelNoise } from '../../science/calibration/estimate-errors'
import { listMasters, type FrameRecipe } from './frame-recipe'

export interface CombineJob {
  readonly frames: readonly FrameRecipe[]
  /** Of the picture that is made. */
  readonly width: number
  readonly params: CombineParams
  readonly interpolation: StackInterpolation
  /** What of Lanczos' negative weights is let through, see weigh-pixels; null for all of it. */
  readonly clamp?: number | null
  /** For drizzling: the way from each frame to the picture, and how many of its pixels one of the picture covers. */
  readonly drizzle?: {
    readonly pixfrac: number
    readonly inverses: readonly PixelMap[]
    readonly areas: readonly number[]
  }
  /** What is added to the values of each frame before they are combined: units of the result a pixel, 0 in the middle of the picture. */
  readonly slopes?: readonly { readonly x: number; readonly y: number }[]
  /** Of the picture that is made, rows; for the slopes. */
  readonly height?: number
  /** Whether it is counted how many frames showed each pixel, and how many of their values were rejected. */
  readonly counts?: boolean
  /** What the noise of each frame is, for pixels where a single value leaves no scatter. */
  readonly noises?: readonly PixelNoise[]
}

export interface Rows {
  readonly top: number
  readonly bottom: number
}

/** All planes that combining can give. */
export interface CombinedPlanes extends CombineOutput {
  readonly uncertainty: Float32Array
  readonly count: Uint16Array
  /** Frames that have a value there, whether it went in or not. */
  readonly coverage?: Float32Array | undefined
  /** Frames whose value was rejected; where nobody fills it, those of the coverage that did not go in. */
  readonly rejected?: Float32Array | undefined
}

export const mastersOf = ({ frames }: Pick<CombineJob, 'frames'>): MasterRecord[] => [
  ...new Map(
    frames
      .flatMap((frame) => [...listMasters(frame), ...(frame.sky?.fringe == null ? [] : [frame.sky.fringe])])
      .map((master) => [master.id, master]),
  ).values(),
]

export const rowsWithin = (bytes: number, perRow: number): number => Math.max(1, Math.floor(bytes / perRow))
