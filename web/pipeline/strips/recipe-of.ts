import { AsterismError } from '../../core/errors'
import type { MasterRecord } from '../../core/master'
import type { PixelMap } from '../../core/pixel-map'
import type { BadPixelRecipe, ReducedRecord, SkyRecipe } from '../../core/reduced'
import type { Workspace } from '../../storage/workspace'
import { readBadPixels } from './bad-pixels'
import { createRecipe, type FrameRecipe } from './frame-recipe'
import { unpackPatch, type PixelPatch } from './pixel-patch'
import { unpackSkyFit, type AppliedSky } from './sky-fit'

const requireMaster = async (workspace: Workspace, id: string | null): Promise<MasterRecord | null> => {
  if (id === null) return null
  const master = await workspace.masters.get(id)
  if (master === undefined)
    throw new AsterismError('not-found', 'A master frame is no longer in the workspace.', { master: id })
  return master
}

/** What a step of an order kept for a frame. */
const readKept = async (workspace: Workspace, id: string): Promise<Uint8Array<ArrayBuffer>> => {
  if (await workspace.pixels.has(id)) return workspace.pixels.read(id)
  throw new AsterismError(
    'not-found',
    "A step of this frame's calibration did not come to its end; the log says why. Calibrate it again, or without that step.",
    { bytes: id },
  )
}

const readPatch = async (workspace: Workspace, id: string): Promise<PixelPatch> =>
  unpackPatch(await readKept(workspace, id))

/** What is done to the pixels of a frame, in this order; each is made from a frame that has had those before it. */
const STAGES = ['masters', 'bad-pixels', 'sky', 'cosmic-rays'] as const

/** The recipe of a reduced frame up to a stage, with the records that it names. */
export const recipeOf = async (
  workspace: Workspace,
  reduced: ReducedRecord,
  map: PixelMap | null = null,
  upTo: (typeof STAGES)[number] = 'cosmic-rays',
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
    map,
  })
  const has = (stage: (typeof STAGES)[number]) => STAGES.indexOf(stage) <= STAGES.indexOf(upTo)
  const { badPixels, sky, patch } = calibration
  return {
    ...recipe,
    badPixels:
      has('bad-pixels') && badPixels != null ? await findBadPixelPatch(workspace, recipe, badPixels) : null,
    sky: has('sky') && sky != null ? await findSky(workspace, sky) : null,
    patch: has('cosmic-rays') && patch != null ? await readPatch(workspace, patch) : null,
  }
}

const findSky = async (workspace: Workspace, { fringe, fit }: SkyRecipe): Promise<AppliedSky> => ({
  ...unpackSkyFit(await readKept(workspace, fit)),
  fringe: await requireMaster(workspace, fringe),
})

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
