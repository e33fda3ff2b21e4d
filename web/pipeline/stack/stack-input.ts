import type { Combine } from '../../core/combine'
import type { PixelMap } from '../../core/pixel-map'
import { effectiveFacts } from '../../core/frame'
import { detectorOf, type ReducedRecord } from '../../core/reduced'
import type { SkyGrid } from '../../core/sky-grid'
import type { SourceListRecord } from '../../core/source-list'
import type { FrameLeftOut, StackInterpolation, StackNormalisation, StackWeights } from '../../core/stack'
import type { FrameRecipe } from '../strips/frame-recipe'

export interface StackParameters {
  readonly method: 'none' | 'stars' | 'wcs'
  readonly interpolation: StackInterpolation
  readonly pixfrac?: number
  readonly clamp?: number | null
  /** Pixels of the stack along one of the reference, where the frames were registered by stars. */
  readonly zoom?: number
  readonly combine: Combine
  readonly normalisation: StackNormalisation
  readonly weights: StackWeights
  readonly leaveOut?: { readonly fwhm?: number; readonly stars?: number }
}

/** A frame that may go into a stack, and what is known of its stars. */
export interface StackCandidate {
  readonly record: ReducedRecord
  /** Null where nobody looked for stars on it. */
  readonly sources: SourceListRecord | null
}

export interface StackInput {
  readonly id: string
  readonly parameters: StackParameters
  readonly frames: readonly StackCandidate[]
  readonly recipes: readonly FrameRecipe[]
  /** From each frame to the grid, for drizzling; else null. */
  readonly inverses: readonly PixelMap[] | null
  readonly leftOut: readonly FrameLeftOut[]
  /** Index of the frame that levels are brought to, and whose grid the stack has unless it has one of its own. */
  readonly reference: number
  readonly grid: SkyGrid | null
  readonly width: number
  readonly height: number
  /** Pixels of each frame that one of the grid covers, in the middle. */
  readonly areas: readonly number[]
  /** By what the fluxes of common stars must be multiplied to agree; null where nobody asked. */
  readonly starScales: readonly number[] | null
}

export const bytesIdOf = ({ id }: Pick<StackInput, 'id'>): string => `bytes-${id}`

/** Whether somebody has to look at the sky of each frame first. */
export const needsLevels = ({ parameters, recipes }: Pick<StackInput, 'parameters' | 'recipes'>): boolean =>
  parameters.combine.scale === 'median' ||
  parameters.normalisation !== 'none' ||
  parameters.weights !== 'none' ||
  recipes.some(({ map }) => map !== null)

export const matchesOverlaps = ({ normalisation }: StackParameters): boolean =>
  normalisation === 'overlap' || normalisation === 'plane'

/** Electrons that make one unit of a frame's pixels; null where neither header nor person says. */
export const electronsOf = (
  { frames, recipes }: Pick<StackInput, 'frames' | 'recipes'>,
  index: number,
): number | null => {
  const { gain } = detectorOf(frames[index]!.record.calibration, effectiveFacts(recipes[index]!.exposure))
  return gain !== null && gain > 0 ? gain : null
}
