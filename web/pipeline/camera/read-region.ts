import type { CameraRegion } from '../../core/camera-report'
import type { ExposureRecord } from '../../core/frame'
import { throwIfAborted } from '../../core/task'
import { readRawWindow } from '../masters/read-window'
import type { StripRoom } from '../strips/strip-room'

/** Pixels of whole rows that are in memory at once: a region of a wide frame is read some rows at a time. */
const MOST_ROW_PIXELS = 2 * 1024 * 1024

/** Rows that are read in one go of frames this wide. A compressed file is opened anew each time, so it is not cut as small. */
export const rowsAtATime = ({ width, pixels }: Pick<ExposureRecord, 'width' | 'pixels'>): number =>
  Math.max(1, Math.floor(((pixels.compressed ? 4 : 1) * MOST_ROW_PIXELS) / width))

/** Raw ADU of a region of a frame, row by row. */
export const readRegion = async (
  room: StripRoom,
  exposure: ExposureRecord,
  region: CameraRegion,
): Promise<Float32Array<ArrayBuffer>> => {
  const values = new Float32Array(region.width * region.height)
  const step = rowsAtATime(exposure)
  for (let row = 0; row < region.height; row += step) {
    throwIfAborted(room.task)
    const height = Math.min(step, region.height - row)
    const piece = { left: region.left, width: region.width, top: region.top + row, height }
    values.set(await readRawWindow(room, exposure, piece), row * region.width)
  }
  return values
}

/** The value from which on a pixel is full: as the frame says, else the end of its whole numbers; null for floats. */
export const saturationOf = (exposure: ExposureRecord): number | null => {
  const stated = exposure.corrections.saturation ?? exposure.facts.saturation
  if (stated !== null) return stated
  const { bitpix, bzero, bscale } = exposure.pixels
  if (bitpix === 8) return bzero + bscale * 255
  return bitpix === 16 ? bzero + bscale * 32_767 : null
}
