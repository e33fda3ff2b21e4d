import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { ReducedRecord } from '../../core/reduced'
import type { FrameQuality } from '../../core/source-list'
import type { StackRecord } from '../../core/stack'

export interface StackFrame {
  /** The reduced frame. */
  readonly id: string
  /** The original; null where it is not in the workspace any more. */
  readonly exposure: string | null
  readonly name: string
  /** ISO 8601 UTC. */
  readonly start: string | null
  readonly registered: boolean
  /** Relative to the mean of all; null where the stack does not say. */
  readonly weight: number | null
  readonly scale: number
  /** Added to its sky, in the unit of the stack; null where the stack does not say. */
  readonly offset: number | null
  readonly noise: number | null
  readonly fwhm: number | null
}

interface Known {
  readonly exposures: readonly ExposureRecord[]
  readonly reduced: readonly ReducedRecord[]
  readonly qualities: ReadonlyMap<string, FrameQuality>
}

/** The frames of a stack as they came in; of stacks that were made before it was kept, what is known of the frames themselves. */
export const listStackFrames = (
  stack: StackRecord,
  { exposures, reduced, qualities }: Known,
): readonly StackFrame[] => {
  const recipes = new Map(reduced.map((record) => [record.id, record]))
  const originals = new Map(exposures.map((exposure) => [exposure.id, exposure]))
  const stacked = new Map((stack.stacked ?? []).map((each) => [each.frame, each]))
  return stack.frames.map((id): StackFrame => {
    const [recipe, own] = [recipes.get(id), stacked.get(id)]
    const exposure = originals.get(own?.exposure ?? recipe?.exposure ?? '')
    const quality = exposure === undefined ? undefined : qualities.get(exposure.id)
    return {
      id,
      exposure: exposure?.id ?? null,
      name: exposure?.name ?? own?.name ?? recipe?.name ?? id,
      start: exposure === undefined ? null : effectiveFacts(exposure).dateObs,
      registered: recipe?.registration != null,
      weight: own?.weight ?? null,
      scale: own?.scale ?? 1,
      offset: own?.offset ?? null,
      noise: own?.noise ?? quality?.noise ?? null,
      fwhm: own?.fwhm ?? quality?.fwhm ?? null,
    }
  })
}
