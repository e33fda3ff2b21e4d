import { readCorrectedRows } from './corrected-rows'
import { readFileRows, rowBytes, type RawRows } from './file-rows'
import type { RowRange } from './row-range'
import { findPixelRows, type FrameRecipe } from './frame-recipe'
import type { StripRoom } from './strip-room'

/** Bytes in memory for each row of the frame's own grid before it is calibrated. */
export const heldRowBytes = ({ exposure, raw, channel }: FrameRecipe): number => {
  const { compressed } = exposure.pixels
  const pixels = compressed || raw !== null ? 4 * exposure.width : 0
  return (channel === null ? 1 : 2) * (pixels + (compressed ? 0 : rowBytes(exposure)))
}

/** Bytes that rows of a frame's own grid are read into. */
export const rawBytesOf = (recipe: FrameRecipe, rows: RowRange): number => {
  const { top, bottom } = findPixelRows(recipe, rows)
  return recipe.raw === null ? rowBytes(recipe.exposure) * (bottom - top) : 0
}

/**
 * What rows top to bottom (exclusive) of the frame's own grid are made of: bytes as they are stored where nothing is done to them
 * before the masters, else pixels that are corrected and trimmed. `target` holds `rawBytesOf` bytes.
 */
export const readRawRows = async (
  room: StripRoom,
  recipe: FrameRecipe,
  rows: RowRange,
  target: Uint8Array<ArrayBuffer>,
): Promise<RawRows> => {
  const pixelRows = findPixelRows(recipe, rows)
  if (recipe.raw === null) return readFileRows(room, recipe.exposure, pixelRows, target)
  return { kind: 'pixels', data: await readCorrectedRows(room, recipe, pixelRows) }
}

/** The same rows of several frames, in lent memory; bytes at one stride, which is what the kernels take as they lie. */
export const readStrips = async (
  room: StripRoom,
  recipes: readonly FrameRecipe[],
  rows: RowRange,
): Promise<RawRows[]> => {
  const most = Math.max(...recipes.map((recipe) => rawBytesOf(recipe, rows)))
  const planes = room.compute.arena.bytePlanes(recipes.length, most)
  if (recipes.every(({ raw }) => raw === null))
    return Promise.all(recipes.map((recipe, index) => readRawRows(room, recipe, rows, planes[index]!)))
  // One after the other: each borrows memory for the while that it is corrected.
  const strips: RawRows[] = []
  for (const [index, recipe] of recipes.entries())
    strips.push(await readRawRows(room, recipe, rows, planes[index]!))
  return strips
}
