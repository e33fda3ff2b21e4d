import type { MasterRecord } from '../../core/master'
import { findPixelRows, listMasters, type FrameRecipe } from './frame-recipe'
import type { RowRange } from './row-range'
import type { StripRoom } from './strip-room'

/** Rows of masters that lie in lent memory for as long as a strip is worked on, each read once whoever asks. */
export interface MasterRows {
  /** Reads rows of a master, so that every range within them can be taken. */
  prepare(master: MasterRecord | null, rows: RowRange): Promise<void>
  take(master: MasterRecord | null, rows: RowRange): Float32Array | undefined
}

export const createMasterRows = ({ workspace, compute }: StripRoom): MasterRows => {
  const kept = new Map<string, { readonly rows: RowRange; readonly data: Float32Array }>()
  return {
    prepare: async (master, rows) => {
      if (master === null || kept.has(master.id)) return
      const data = compute.arena.float32((rows.bottom - rows.top) * master.width)
      kept.set(master.id, { rows, data })
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      await workspace.pixels.readInto(master.bytesId, rows.top * master.width * 4, bytes)
    },
    take: (master, { top, bottom }) => {
      if (master === null) return undefined
      const found = kept.get(master.id)
      if (found === undefined || top < found.rows.top || bottom > found.rows.bottom)
        throw new Error(`Rows ${top} to ${bottom} of ${master.name} were not read.`)
      return found.data.subarray(
        (top - found.rows.top) * master.width,
        (bottom - found.rows.top) * master.width,
      )
    },
  }
}

/** Reads what rows of the frames' own grids need of their masters. */
export const prepareMasters = async (
  masters: MasterRows,
  recipes: readonly FrameRecipe[],
  rows: RowRange,
): Promise<void> => {
  for (const recipe of recipes) {
    for (const master of listMasters(recipe)) await masters.prepare(master, findPixelRows(recipe, rows))
    // A map of fringes was made from calibrated frames and lies on their grid.
    await masters.prepare(recipe.sky?.fringe ?? null, rows)
  }
}
