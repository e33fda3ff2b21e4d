import { calibrateKernel } from '../../compute/kernels/calibrate'
import { calibrateRawKernel } from '../../compute/kernels/calibrate-raw'
import { decodeKernel } from '../../compute/kernels/decode'
import { correctedSize } from '../../core/raw-correction'
import { findFactors, findPixelRows, gridOf, listMasters, type FrameRecipe } from './frame-recipe'
import type { MasterRows } from './master-rows'
import { lowerRows, type RawRows } from './file-rows'
import { applyPatch } from './pixel-patch'
import { applySky, type AppliedSky } from './sky-fit'
import { takeChannel } from '../../science/colour/take-channel'
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
  const { channel, badPixels, sky, patch } = recipe
  const { width } = gridOf(recipe)
  const scale = at.gain ?? 1
  if (channel === null) await calibratePixelRows(room, recipe, raw, at, target)
  else {
    const rows = findPixelRows(recipe, at)
    const pixels = correctedSize(recipe.exposure, recipe.raw)
    const { arena } = room.compute
    await arena.scope(async () => {
      const mosaic = arena.float32(pixels.width * (rows.bottom - rows.top))
      await calibratePixelRows(room, recipe, raw, { ...at, ...rows }, mosaic)
      takeChannel({ mosaic, stride: pixels.width, width, ...channel }, target)
    })
  }
  const place = { first: at.top * width, scale }
  if (badPixels !== null) applyPatch(badPixels, place, target)
  if (sky !== null) evenSky(sky, at, target)
  if (patch !== null) applyPatch(patch, place, target)
}

const evenSky = (
  sky: AppliedSky,
  { masters, top, bottom, gain = 1 }: RowsToCalibrate,
  target: Float32Array,
): void => {
  const map = masters.take(sky.fringe, { top, bottom })
  // The fit is in the unit of the frame: rows that are scaled already are brought back to it for a moment.
  if (gain !== 1) for (let i = 0; i < target.length; i++) target[i]! /= gain
  applySky({ data: target }, sky, { top, bottom, fringe: map === undefined ? undefined : { data: map } })
  if (gain !== 1) for (let i = 0; i < target.length; i++) target[i]! *= gain
}

/** The same before one colour is taken, in rows of trimmed pixels. */
const calibratePixelRows: typeof calibrateRows = async (
  room,
  recipe,
  given,
  { masters, gain: scale = 1, ...rows },
  target,
) => {
  const raw = lowerRows(given, recipe.pedestal)
  const { biasFactor, darkFactor } = findFactors(recipe)
  const gain = scale * recipe.gain
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
  if (gain === 1 && listMasters(recipe).length === 0) await room.run(decodeKernel, scaling, { bytes }, output)
  else await room.run(calibrateRawKernel, { ...factors, scaling }, { bytes, ...taken }, output)
}
