import type { Combine } from './combine'
import type { SkyGrid } from './sky-grid'

/**
 * How frames that differ in sky are brought together before they are combined: by an offset that brings each frame's own level to the
 * reference's ('sky'), or by offsets ('overlap') or planes ('plane') that agree best where frames show the same sky, as a mosaic needs.
 */
export const STACK_NORMALISATIONS = ['none', 'sky', 'overlap', 'plane'] as const
export type StackNormalisation = (typeof STACK_NORMALISATIONS)[number]

export const STACK_INTERPOLATIONS = ['nearest', 'bilinear', 'lanczos3', 'exact', 'drizzle'] as const
export type StackInterpolation = (typeof STACK_INTERPOLATIONS)[number]

/**
 * What a frame counts for in the mean: as much as any other, by the inverse of its noise squared ('noise'), by that over the area of its
 * stars ('noise-fwhm'), or by the square of the signal to noise of stars that frames have in common ('snr').
 */
export const STACK_WEIGHTS = ['none', 'noise', 'noise-fwhm', 'snr'] as const
export type StackWeights = (typeof STACK_WEIGHTS)[number]

/**
 * What there is of each pixel of a stack: its value, one sigma of it, how many frames showed it, and how many of their values were rejected.
 * Drizzled pixels are shown by parts of frames: their coverage is the area of frames' pixels that fell on them, in pixels of the stack.
 */
export const STACK_PLANES = ['data', 'uncertainty', 'coverage', 'rejected'] as const
export type StackPlane = (typeof STACK_PLANES)[number]

/** What a frame came into a stack with: value = scale v + offset (+ slope). */
export interface StackedFrame {
  /** The reduced frame, and the exposure that it was made of. */
  readonly frame: string
  readonly exposure: string
  readonly name: string
  /** Relative to the mean of all, which is 1. */
  readonly weight: number
  readonly scale: number
  /** In the unit of the stack, in the middle of the grid. */
  readonly offset: number
  /** Of the plane that was added, units per pixel of the grid; null where an offset was enough. */
  readonly slope: { readonly x: number; readonly y: number } | null
  /** Sky and noise of a pixel of the frame before that, in its own unit; null where nobody looked. */
  readonly level: number | null
  readonly noise: number | null
  /** Pixels of the frame. */
  readonly fwhm: number | null
  /** Stars that were found on it, or that agree where it was matched by stars. */
  readonly stars: number | null
}

export interface FrameLeftOut {
  readonly frame: string
  readonly exposure: string
  readonly name: string
  readonly reason: 'fwhm' | 'stars' | 'no-world' | 'no-overlap' | 'no-light'
  /** What it had, where a limit was passed. */
  readonly value: number | null
  readonly limit: number | null
}

/** Pixels that one frame alone shows, and what their uncertainty holds: the noise of sky and photons, of the sky alone where no gain is known, or the one here and the other there. */
export interface SingleFramePixels {
  readonly pixels: number
  readonly noise: 'photons' | 'sky' | 'mixed'
}

/** Frames combined into one picture: pixels in the pixel store, plane after plane, little-endian f32. */
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
  readonly interpolation: StackInterpolation
  /** Side of a drop in sides of a frame's pixel, of a drizzled stack. */
  readonly pixfrac?: number
  /** Of a drizzled stack: how many times noisier large areas are than the scatter of their pixels says, since neighbours share drops. */
  readonly noiseRatio?: number
  /** Absent where there are none, or nobody looked at the noise of frames. */
  readonly single?: SingleFramePixels
  readonly normalisation: StackNormalisation
  /** How the frames were laid on one another; absent in stacks that were made before there was a choice. */
  readonly method?: 'none' | 'stars' | 'wcs'
  /** Where its pixels lie on the sky; null or absent where they are those of the reference. */
  readonly grid?: SkyGrid | null
  readonly weights?: StackWeights
  /** What each frame came in with, and which were left out and why. */
  readonly stacked?: readonly StackedFrame[]
  readonly leftOut?: readonly FrameLeftOut[]
  /** Planes in the pixel store, in order; absent where there are data and uncertainty alone. */
  readonly planes?: readonly StackPlane[]
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
    /** Values that were rejected, of those that were there. */
    readonly clippedFraction?: number
    /** How much the skies of frames still differ where they overlap; null where none do. */
    readonly backgroundScatter?: number | null
  }
  readonly flags: readonly string[]
  readonly backends: readonly string[]
  readonly createdAt: number
}

/** Which planes a master or a stack has in the pixel store, in order. */
export const listPlanes = (picture: { readonly planes?: readonly StackPlane[] }): readonly StackPlane[] =>
  picture.planes ?? ['data', 'uncertainty']
