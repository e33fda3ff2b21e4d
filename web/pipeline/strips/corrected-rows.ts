import type { Linearity } from '../../core/raw-correction'
import { linearise } from '../../science/calibration/linearise'
import { subtractOverscan } from './frame-overscan'
import type { FrameRecipe } from './frame-recipe'
import { readFilePixels } from './file-rows'
import type { RowRange } from './row-range'
import { keepColumns } from './keep-columns'
import type { StripRoom } from './strip-room'

/**
 * Rows top to bottom (exclusive) of the trimmed frame, in lent memory: overscan taken off, trimmed, made linear. In that order, since the
 * overscan is trimmed away, and since the camera is linear in what is above its bias level.
 */
export const readCorrectedRows = async (
  room: StripRoom,
  recipe: FrameRecipe,
  { top, bottom }: RowRange,
): Promise<Float32Array> => {
  const { exposure, raw, zero } = recipe
  const window = raw?.trim ?? { x: [0, exposure.width], y: [0, exposure.height] }
  const rows = { top: top + window.y[0], bottom: bottom + window.y[0] }
  const pixels = await readFilePixels(room, exposure, rows)
  if (raw?.overscan != null)
    await subtractOverscan(room, { exposure, overscan: raw.overscan }, rows.top, pixels)
  const kept = keepColumns(pixels, exposure.width, window.x)
  // Without a known level of no light there is nothing to measure the light from.
  if (raw?.linearity != null && zero !== null) lineariseAbove(kept, raw.linearity, zero)
  return kept
}

const lineariseAbove = (pixels: Float32Array, linearity: Linearity, zero: number): void => {
  if (zero !== 0) addTo(pixels, -zero)
  linearise({ data: pixels }, linearity)
  if (zero !== 0) addTo(pixels, zero)
}

const addTo = (pixels: Float32Array, amount: number): void => {
  for (let i = 0; i < pixels.length; i++) pixels[i]! += amount
}
