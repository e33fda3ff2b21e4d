import { calibrateKernel } from '../../compute/kernels/calibrate'
import { calibrateRawKernel } from '../../compute/kernels/calibrate-raw'
import { decodeKernel } from '../../compute/kernels/decode'
import { findFactors, type FrameRecipe } from './frame-recipe'
import type { MasterRows } from './master-rows'
import { lowerRows, type RawRows } from './raw-rows'
import { applyPatch } from './pixel-patch'
import type { StripRoom } from './strip-room'

export interface RowsToCalibrate {
  readonly masters: MasterRows
  readonly top: number
  readonly bottom: number
  /** What the result is multiplied with; 1 unless given. */
  readonly gain?: number
}

/** Calibrated pixels of rows top to bottom (exclusive) of one frame, on its own grid. */
export const calibrateRows = async (
  room: StripRoom,
  recipe: FrameRecipe,
  raw: RawRows,
  at: RowsToCalibrate,
  target: Float32Array,
): Promise<void> => {
  await calibrate(room, recipe, raw, at, target)
  if (recipe.patch !== null) applyPatch(recipe.patch, at.top * recipe.exposure.width, target)
}

const calibrate: typeof calibrateRows = async (
  room,
  recipe,
  given,
  { masters, gain = 1, ...rows },
  target,
) => {
  const raw = lowerRows(given, recipe.pedestal ?? 0)
  const { biasFactor, darkFactor } = findFactors(recipe)
  const factors = { biasFactor, darkFactor, gain }
  const taken = {
    bias: biasFactor === 0 ? undefined : masters.take(recipe.bias, rows),
    dark: darkFactor === 0 ? undefined : masters.take(recipe.dark, rows),
    flat: masters.take(recipe.flat, rows),
  }
  const output = { data: target }
  if (raw.kind === 'pixels') {
    await room.run(calibrateKernel, factors, { raw: raw.data, ...taken }, output)
    return
  }
  const { bytes, scaling } = raw
  if (gain === 1 && recipe.bias === null && recipe.dark === null && recipe.flat === null)
    await room.run(decodeKernel, scaling, { bytes }, output)
  else await room.run(calibrateRawKernel, { ...factors, scaling }, { bytes, ...taken }, output)
}
