import { AsterismError } from '../../core/errors'
import type { MasterRecord } from '../../core/master'
import type { BadPixelRecipe, ReducedRecord } from '../../core/reduced'
import type { Transform } from '../../core/transform'
import type { Workspace } from '../../storage/workspace'
import { readBadPixels } from './bad-pixels'
import { createRecipe, type FrameRecipe } from './frame-recipe'
import { unpackPatch, type PixelPatch } from './pixel-patch'

const requireMaster = async (workspace: Workspace, id: string | null): Promise<MasterRecord | null> => {
  if (id === null) return null
  const master = await workspace.masters.get(id)
  if (master === undefined)
    throw new AsterismError('not-found', 'A master frame is no longer in the workspace.', { master: id })
  return master
}

const readPatch = async (workspace: Workspace, id: string): Promise<PixelPatch> =>
  unpackPatch(await workspace.pixels.read(id))

interface WantedPatches {
  readonly badPixels: boolean
  readonly cosmicRays: boolean
}

/** The recipe of a reduced frame, with the records that it names. */
export const recipeOf = async (
  workspace: Workspace,
  reduced: ReducedRecord,
  transform: Transform | null = null,
  wanted: WantedPatches = { badPixels: true, cosmicRays: true },
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
  const recipe = createRecipe(exposure, {
    raw: calibration.raw ?? null,
    bias: bias ?? null,
    dark: dark ?? null,
    flat: flat ?? null,
    darkFactor: calibration.darkFactor,
    pedestal: calibration.pedestal ?? 0,
    gain: calibration.gain ?? 1,
    channel: calibration.channel == null ? null : { places: calibration.channel.places, two: 'mean' },
    transform,
    patch:
      wanted.cosmicRays && calibration.patch != null ? await readPatch(workspace, calibration.patch) : null,
  })
  if (!wanted.badPixels || calibration.badPixels == null) return recipe
  return { ...recipe, badPixels: await findBadPixelPatch(workspace, recipe, calibration.badPixels) }
}

const findBadPixelPatch = async (
  workspace: Workspace,
  recipe: FrameRecipe,
  { map, patch }: BadPixelRecipe,
): Promise<PixelPatch | null> => {
  if (patch !== undefined) return readPatch(workspace, patch)
  const master = await requireMaster(workspace, map)
  if (master === null) return null
  const indices = await readBadPixels(workspace, master, recipe)
  return { indices, values: new Float32Array(indices.length).fill(Number.NaN) }
}
