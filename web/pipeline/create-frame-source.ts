import type { Compute } from '../compute/create-compute'
import { AsterismError } from '../core/errors'
import { effectiveFacts } from '../core/frame'
import { createImage, type Image } from '../core/image'
import { mapOf, type ReducedRecord } from '../core/reduced'
import { idleTask, throwIfAborted } from '../core/task'
import type { Workspace } from '../storage/workspace'
import type { FrameSource, ImageWish } from './frame-source'
import { mastersOf, rowsWithin } from './strips/combine-job'
import { measureOverscan } from './strips/frame-overscan'
import { createRecipe, gridOf, rawRecipeOf, type FrameRecipe } from './strips/frame-recipe'
import { recipeOf } from './strips/recipe-of'
import { letMessagesIn } from './strips/let-messages-in'
import { findSourceRows, makeBlock } from './strips/make-rows'
import { createMasterRows, prepareMasters } from './strips/master-rows'
import { createMasterShelf, withShelf } from './strips/master-shelf'
import { splitBlock } from './strips/split-block'
import { openRoom, type StripRoom } from './strips/strip-room'

/** Rows that are made at a time: a few megabytes, so that they stay in the cache between calibrating and resampling. */
const STRIP_BYTES = 4 * 1024 * 1024
/** What may be read for them: a frame that lies turned needs many of its rows for few of the grid's. */
const BLOCK_BYTES = 96 * 1024 * 1024

/** Level of the calibrated pixels from which one of them was saturated; null where the camera's is not known. */
const findSaturation = async (room: StripRoom, recipe: FrameRecipe): Promise<number | null> => {
  const { exposure, raw, bias, dark, darkFactor, pedestal, gain } = recipe
  const level = effectiveFacts(exposure).saturation
  if (level === null) return null
  const overscan = raw?.overscan ?? null
  const electronics = overscan === null ? 0 : await measureOverscan(room, { exposure, overscan })
  const taken = (bias?.statistics.median ?? 0) + darkFactor * (dark?.statistics.median ?? 0)
  return gain * (level - electronics - pedestal - taken)
}

/** Calls must not overlap: each is a piece of work in its turn (see Compute.inTurn). */
export const createFrameSource = (workspace: Workspace, compute: Compute): FrameSource => {
  const shelf = createMasterShelf(compute.arena, workspace)

  const makeStrip = async (
    room: StripRoom,
    frame: FrameRecipe,
    rows: { top: number; bottom: number },
    image: Image,
  ): Promise<void> => {
    const { width } = image
    const onGrid = { frame, width, interpolation: 'lanczos3' } as const
    const plane = image.data.subarray(rows.top * width, rows.bottom * width)
    for (const block of splitBlock([onGrid], { left: 0, right: width, ...rows }, BLOCK_BYTES)) {
      await compute.arena.scope(async () => {
        const source = findSourceRows(onGrid, block)
        const masters = withShelf(shelf, createMasterRows(room))
        if (source !== null) await prepareMasters(masters, [frame], source)
        await makeBlock(room, onGrid, block, masters, plane)
      })
    }
  }

  const makeImage = async (
    frame: FrameRecipe,
    { task = idleTask(), lent = false }: ImageWish,
    size: { readonly width: number; readonly height: number } = gridOf(frame),
  ): Promise<Image> => {
    const { width, height } = size
    const image = lent
      ? { width, height, data: compute.arena.float32(width * height) }
      : createImage(width, height)
    const room = openRoom({ workspace, compute, task })
    for (const master of mastersOf({ frames: [frame] })) await shelf.hold(master)
    // A compressed file is read as a whole each time, so all of it is made at once.
    const step = frame.exposure.pixels.compressed ? height : rowsWithin(STRIP_BYTES, width * 4)
    for (let top = 0; top < height; top += step) {
      throwIfAborted(task)
      const rows = { top, bottom: Math.min(height, top + step) }
      await makeStrip(room, frame, rows, image)
      await letMessagesIn()
    }
    return image
  }

  const make = async (reduced: ReducedRecord, how: ImageWish) => {
    const recipe = await recipeOf(workspace, reduced)
    return { recipe, image: await makeImage(recipe, how) }
  }

  return {
    make: (recipe, how = {}) => makeImage(recipe, how),
    raw: (exposure, how = {}) => makeImage(createRecipe(exposure), how),
    uncorrected: async (reduced, how = {}) =>
      makeImage(rawRecipeOf(await recipeOf(workspace, reduced, null, 'masters')), how),
    calibrated: async (reduced, how = {}) => {
      const { recipe, image } = await make(reduced, how)
      const room = openRoom({ workspace, compute, task: how.task ?? idleTask() })
      return { image, exposure: recipe.exposure, saturation: await findSaturation(room, recipe) }
    },
    registered: async (reduced, how = {}) => {
      const { registration } = reduced
      if (registration === null) return (await make(reduced, how)).image
      const recipe = await recipeOf(workspace, reduced, mapOf(registration))
      return makeImage(recipe, how, registration.grid)
    },
    stored: async ({ bytesId, width, height }, plane) => {
      const image = createImage(width, height)
      const { data } = image
      if (!(data.buffer instanceof ArrayBuffer)) throw new AsterismError('unexpected', 'Shared memory here.')
      await workspace.pixels.readInto(bytesId, plane * data.byteLength, new Uint8Array(data.buffer))
      return image
    },
  }
}
