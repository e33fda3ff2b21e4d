import { resampleKernel, type ResampleParams } from '../../compute/kernels/resample'
import { findSourceWindow } from '../../science/image/source-window'
import { calibrateRows } from './calibrate-rows'
import type { Rows } from './combine-job'
import type { FrameRecipe } from './frame-recipe'
import type { MasterRows } from './master-rows'
import { readRawRows, rowBytes } from './raw-rows'
import type { StripRoom } from './strip-room'

/** One frame on the wanted grid. */
export interface FrameOnGrid {
  readonly frame: FrameRecipe
  /** Of the grid. */
  readonly width: number
  readonly interpolation: ResampleParams['method']
}

/** Rows of a frame that are needed for rows of the grid; null when the frame does not reach there. */
export const findSourceRows = ({ frame, width, interpolation }: FrameOnGrid, rows: Rows): Rows | null => {
  const { exposure, transform } = frame
  if (transform === null) return rows
  const window = findSourceWindow({
    method: interpolation,
    transform,
    target: { left: 0, top: rows.top, width, height: rows.bottom - rows.top },
    width: exposure.width,
    height: exposure.height,
  })
  return window === null ? null : { top: window.top, bottom: window.top + window.height }
}

/** Pixels of some rows of the grid: read, calibrated and, where the frame lies otherwise, resampled. The masters' rows must be ready. */
export const makeRows = async (
  room: StripRoom,
  onGrid: FrameOnGrid,
  rows: Rows,
  masters: MasterRows,
  plane: Float32Array,
): Promise<void> => {
  const source = findSourceRows(onGrid, rows)
  if (source === null) {
    plane.fill(Number.NaN)
    return
  }
  await room.compute.arena.scope(async () => {
    const { arena } = room.compute
    const { exposure, transform } = onGrid.frame
    const height = source.bottom - source.top
    const raw = await readRawRows(room, exposure, source, arena.uint8(rowBytes(exposure) * height))
    const at = { masters, ...source }
    if (transform === null) return calibrateRows(room, onGrid.frame, raw, at, plane)
    const calibrated = arena.float32(exposure.width * height)
    await calibrateRows(room, onGrid.frame, raw, at, calibrated)
    const params: ResampleParams = {
      method: onGrid.interpolation,
      transform,
      source: { left: 0, top: source.top, width: exposure.width, height },
      target: { left: 0, top: rows.top, width: onGrid.width, height: rows.bottom - rows.top },
    }
    await room.run(resampleKernel, params, { data: calibrated }, { data: plane })
  })
}
