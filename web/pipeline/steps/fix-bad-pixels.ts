import type { Image } from '../../core/image'
import type { ReducedRecord } from '../../core/reduced'
import { skip, stepBefore, type StepDefinition } from '../step'
import { fillBadPixels, maskOfIndices, readBadPixels } from '../strips/bad-pixels'
import type { FrameRecipe } from '../strips/frame-recipe'
import { recipeOf } from '../strips/recipe-of'
import { makePatch, packPatch, type PixelPatch } from '../strips/pixel-patch'

interface Input {
  readonly reduced: ReducedRecord
  readonly recipe: FrameRecipe
  readonly image: Image
  readonly bad: Uint32Array
  readonly patch: string
}

/** Fills the bad pixels of one calibrated frame from their neighbours and keeps what stands in their place, not a copy of the frame. */
export const fixBadPixelsStep: StepDefinition<Input, PixelPatch> = {
  name: 'fix-bad-pixels',
  load: async (context) => {
    const { step, workspace, frames, task } = context
    if (stepBefore(context, 'calibrate-frames')?.state !== 'done')
      return skip('The frame could not be calibrated.')
    const reduced = await workspace.reduced.get(String(step.parameters['calibrated']))
    const { map, patch } = reduced?.calibration.badPixels ?? {}
    const record = map === undefined ? undefined : await workspace.masters.get(map)
    if (reduced === undefined || record === undefined || patch === undefined)
      return skip('The frame could not be calibrated.')
    if (await workspace.pixels.has(patch)) return { result: { patch }, outputs: [reduced.id] }
    const recipe = await recipeOf(workspace, reduced, null, 'masters')
    const image = await frames.make(recipe, { task, lent: true })
    return { reduced, recipe, image, bad: await readBadPixels(workspace, record, recipe), patch }
  },
  compute: ({ recipe, image, bad }) => {
    const mask = maskOfIndices(bad, image.data.length)
    const data = image.data.slice()
    fillBadPixels({ data, bad: mask }, recipe)
    return makePatch(mask, data)
  },
  save: async (patch, { reduced, patch: id }, { workspace }) => {
    await workspace.pixels.write(id, packPatch(patch))
    return { result: { patch: id, filled: patch.indices.length }, outputs: [reduced.id] }
  },
}
