import type { ExposureRecord } from '../../core/frame'
import type { MasterRecord } from '../../core/master'
import type { ReducedRecord } from '../../core/reduced'
import type { Transform } from '../../core/transform'
import type { Workspace } from '../../storage/workspace'
import { unpackPatch, type PixelPatch } from './pixel-patch'
import { AsterismError } from '../../core/errors'

/** All that makes the pixels of one frame: where they are stored, what is taken off, and how they lie on the wanted grid. */
export interface FrameRecipe {
  readonly exposure: ExposureRecord
  readonly bias: MasterRecord | null
  readonly dark: MasterRecord | null
  readonly flat: MasterRecord | null
  /** Factor on the dark's pixels. */
  readonly darkFactor: number
  /** ADU that are taken off before anything else; absent: 0. */
  readonly pedestal?: number
  /** Maps positions on the wanted grid to positions on this frame; null keeps the frame's own grid. */
  readonly transform: Transform | null
  /** Pixels that stand in place of cosmic rays, on the frame's own grid. */
  readonly patch: PixelPatch | null
}

/**
 * Factors on bias and dark. A dark that still holds the bias takes it off as well; scaled by f it takes off f times the bias,
 * and the bias frame makes up for the rest: -bias - f (dark - bias) = -(1 - f) bias - f dark.
 */
export const findFactors = ({
  bias,
  dark,
  darkFactor,
}: Pick<FrameRecipe, 'bias' | 'dark' | 'darkFactor'>): { biasFactor: number; darkFactor: number } => {
  if (dark === null) return { biasFactor: bias === null ? 0 : 1, darkFactor: 0 }
  if (dark.biasSubtracted) return { biasFactor: bias === null ? 0 : 1, darkFactor }
  if (darkFactor === 1) return { biasFactor: 0, darkFactor: 1 }
  // Without a bias frame such a dark cannot be scaled: it is left out.
  return bias === null ? { biasFactor: 0, darkFactor: 0 } : { biasFactor: 1 - darkFactor, darkFactor }
}

const requireMaster = async (workspace: Workspace, id: string | null): Promise<MasterRecord | null> => {
  if (id === null) return null
  const master = await workspace.masters.get(id)
  if (master === undefined)
    throw new AsterismError('not-found', 'A master frame is no longer in the workspace.', { master: id })
  return master
}

/** The recipe of a reduced frame, with the records that it names. */
export const recipeOf = async (
  workspace: Workspace,
  reduced: ReducedRecord,
  transform: Transform | null = null,
  withPatch = true,
): Promise<FrameRecipe> => {
  const exposure = await workspace.exposures.get(reduced.exposure)
  if (exposure === undefined)
    throw new AsterismError('not-found', `${reduced.name} is no longer in the workspace.`, {
      frame: reduced.exposure,
    })
  const { calibration } = reduced
  const [bias, dark, flat] = await Promise.all(
    [calibration.bias, calibration.dark, calibration.flat].map((id) => requireMaster(workspace, id)),
  )
  return {
    exposure,
    bias: bias ?? null,
    dark: dark ?? null,
    flat: flat ?? null,
    darkFactor: calibration.darkFactor,
    pedestal: calibration.pedestal ?? 0,
    transform,
    patch: withPatch && calibration.patch != null ? await readPatch(workspace, calibration.patch) : null,
  }
}

const readPatch = async (workspace: Workspace, id: string): Promise<PixelPatch> =>
  unpackPatch(await workspace.pixels.read(id))
