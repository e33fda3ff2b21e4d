import { reprojectAreaKernel } from '../../compute/kernels/reproject-area'
import { reprojectKernel } from '../../compute/kernels/reproject'
import { resampleKernel } from '../../compute/kernels/resample'
import type { PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../../science/image/pixel-window'
import { scaleByArea } from '../../science/reprojection/scale-by-area'
import type { StripRoom } from './strip-room'

export interface BlockToResample {
  readonly map: PixelMap
  readonly method: 'nearest' | 'bilinear' | 'lanczos3' | 'exact'
  /** Limit to the ringing of Lanczos-3, see science/reprojection/weigh-pixels; null for none. */
  readonly clamp: number | null
  /** Which part of the frame there is. */
  readonly source: PixelWindow
  /** Which part of the grid is made. */
  readonly target: PixelWindow
}

/** Of a pixel of the grid so much must lie on pixels of the frame that have a value, where it is made by area. */
export const LEAST_COVER = 0.5

/**
 * Pixels of a frame on another grid. Values are amounts of light in a pixel: where a pixel of the grid is as large as two of the frame it holds
 * twice as much, so that stars keep their flux whatever the scales are.
 */
export const resampleBlock = async (
  room: StripRoom,
  { map, method, clamp, source, target }: BlockToResample,
  data: Float32Array,
  made: Float32Array,
): Promise<void> => {
  if (method === 'exact') {
    const params = { map, source, target, per: 'target-pixel', leastCover: LEAST_COVER } as const
    await room.run(reprojectAreaKernel, params, { data }, { data: made })
    return
  }
  if (map.kind === 'affine' && clamp === null)
    await room.run(
      resampleKernel,
      { method, transform: map.transform, source, target },
      { data },
      { data: made },
    )
  else
    await room.run(
      reprojectKernel,
      { method, map, source, target, leastCover: 1, clamp: method === 'lanczos3' ? clamp : null },
      { data },
      { data: made },
    )
  scaleByArea(map, target, made)
}
