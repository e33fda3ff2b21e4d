import { effectiveFacts } from '../../core/frame'
import type { ReducedRecord } from '../../core/reduced'
import type { Task } from '../../core/task'
import { linearise } from '../../science/calibration/linearise'
import type { FrameSource } from '../frame-source'
import { correctedRecipeOf, type FrameRecipe } from '../strips/frame-recipe'
import { makeMask, type MaskSources } from './frame-mask'

interface ReducedToMask {
  readonly reduced: ReducedRecord
  readonly recipe: FrameRecipe
  /** Its calibrated pixels. */
  readonly data: Float32Array
}

type Source = Pick<FrameSource, 'make' | 'uncorrected'>

/**
 * Pixels before the masters, and the level above which they lie beyond the range of the linearity correction. The curve rises everywhere, so
 * that a pixel was above the limit exactly where the corrected one is above the corrected limit.
 */
const findBeyond = async (
  frames: Source,
  recipe: FrameRecipe,
  task: Task | undefined,
): Promise<Pick<MaskSources, 'corrected' | 'linearTo'>> => {
  const linearity = recipe.raw?.linearity ?? null
  if (linearity === null || recipe.zero === null) return {}
  const limit = Float64Array.of(linearity.limit)
  linearise({ data: limit }, linearity)
  const channel = recipe.channel === null ? null : { ...recipe.channel, two: 'greatest' as const }
  const { data } = await frames.make({ ...correctedRecipeOf(recipe), channel }, { task })
  return { corrected: data, linearTo: recipe.zero + limit[0]! }
}

/** The flags of a calibrated frame, on its own grid. */
export const makeReducedMask = async (
  frames: Source,
  { reduced, recipe, data }: ReducedToMask,
  task?: Task,
): Promise<Uint8Array<ArrayBuffer>> =>
  makeMask({
    data,
    raw: (await frames.uncorrected(reduced, { task })).data,
    saturation: effectiveFacts(recipe.exposure).saturation,
    hit: recipe.patch?.indices,
    bad: recipe.badPixels?.indices,
    ...(await findBeyond(frames, recipe, task)),
  })
