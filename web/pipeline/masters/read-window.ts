import type { ExposureRecord } from '../../core/frame'
import { readFilePixels } from '../strips/file-rows'
import type { StripRoom } from '../strips/strip-room'

export interface Window {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Side of the window that noise and levels are measured in: 65 536 pixels give a noise to 0.3 %. */
const SIDE = 256

/** The middle of a frame, free of overscan, amplifier glow at the edges and vignetting; at most half of it each way. */
export const middleWindow = (width: number, height: number): Window => {
  const [columns, rows] = [width, height].map((length) => Math.max(1, Math.min(SIDE, length >> 1)))
  return {
    left: (width - (columns ?? 1)) >> 1,
    top: (height - (rows ?? 1)) >> 1,
    width: columns ?? 1,
    height: rows ?? 1,
  }
}

const cutColumns = (rows: Float32Array, rowLength: number, { left, width, height }: Window): Float32Array => {
  const cut = new Float32Array(width * height)
  for (let row = 0; row < height; row++)
    cut.set(rows.subarray(row * rowLength + left, row * rowLength + left + width), row * width)
  return cut
}

/** Raw ADU of a window of an original. */
export const readRawWindow = (
  room: StripRoom,
  exposure: ExposureRecord,
  window: Window,
): Promise<Float32Array> =>
  room.compute.arena.scope(async () => {
    const rows = { top: window.top, bottom: window.top + window.height }
    return cutColumns(await readFilePixels(room, exposure, rows), exposure.width, window)
  })

/** A window of the data plane (0) or the uncertainty plane (1) of a stored picture. */
export const readStoredWindow = async (
  { workspace }: Pick<StripRoom, 'workspace'>,
  picture: { readonly bytesId: string; readonly width: number; readonly height: number },
  window: Window,
  plane: 0 | 1 = 0,
): Promise<Float32Array> => {
  const { bytesId, width, height } = picture
  const rows = new Float32Array(width * window.height)
  const start = (plane * width * height + window.top * width) * 4
  await workspace.pixels.readInto(bytesId, start, new Uint8Array(rows.buffer))
  return cutColumns(rows, width, window)
}
