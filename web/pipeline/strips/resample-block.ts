import { resampleKernel, type ResampleParams } from '../../compute/kernels/resample'
import type { PixelMap } from '../../core/pixel-map'
import { IDENTITY_TRANSFORM } from '../../core/transform'
import type { PixelWindow } from '../../science/image/pixel-window'
import { mapRow } from '../../science/reprojection/map-positions'
import { scaleByArea } from '../../science/reprojection/scale-by-area'
import type { StripRoom } from './strip-room'

/** Positions that are held at once: a megabyte. */
const PLACES_AT_ONCE = 1 << 16

export interface BlockToResample {
  readonly map: PixelMap
  readonly method: ResampleParams['method']
  /** Which part of the frame there is. */
  readonly source: PixelWindow
  /** Which part of the grid is made. */
  readonly target: PixelWindow
}

/**
 * Pixels of a frame on another grid. Values are amounts of light in a pixel: where a pixel of the grid is as large as two of the frame it holds
 * twice as much, so that stars keep their flux whatever the scales are.
 */
export const resampleBlock = async (
  room: StripRoom,
  { map, method, source, target }: BlockToResample,
  data: Float32Array,
  made: Float32Array,
): Promise<void> => {
  if (map.kind === 'affine') {
    await room.run(
      resampleKernel,
      { method, transform: map.transform, source, target },
      { data },
      { data: made },
    )
    scaleByArea(map, target, made)
    return
  }
  const { width, left } = target
  const step = Math.max(1, Math.floor(PLACES_AT_ONCE / width))
  await room.compute.arena.scope(async () => {
    const places = room.compute.arena.float64(2 * width * Math.min(step, target.height))
    for (let from = 0; from < target.height; from += step) {
      const rows = { left, top: target.top + from, width, height: Math.min(step, target.height - from) }
      for (let row = 0; row < rows.height; row++) {
        const start = 2 * row * width
        mapRow(map, { x: left, y: rows.top + row, count: width }, places.subarray(start, start + 2 * width))
      }
      const part = made.subarray(from * width, (from + rows.height) * width)
      const params = { method, transform: IDENTITY_TRANSFORM, source, target: rows }
      const given = { data, map: places.subarray(0, 2 * width * rows.height) }
      await room.run(resampleKernel, params, given, { data: part })
      scaleByArea(map, rows, part)
    }
  })
}
