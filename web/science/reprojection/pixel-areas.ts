import type { PixelMap } from '../../core/pixel-map'
import type { PixelWindow } from '../image/pixel-window'
import { mapRow } from './map-positions'

/**
 * Area on the other grid of each pixel of a window, in pixels there: what values per source pixel are multiplied with to become flux per pixel of the
 * window. From the diagonals of the quadrilateral of its corners; NaN where a corner has no place.
 */
export const measurePixelAreas = (map: PixelMap, { left, top, width, height }: PixelWindow): Float32Array => {
  const areas = new Float32Array(width * height)
  let upper: Float64Array = new Float64Array(2 * (width + 1))
  let lower: Float64Array = new Float64Array(2 * (width + 1))
  mapRow(map, { x: left - 0.5, y: top - 0.5, count: width + 1 }, lower)
  for (let row = 0, at = 0; row < height; row++) {
    ;[upper, lower] = [lower, upper]
    mapRow(map, { x: left - 0.5, y: top + row + 0.5, count: width + 1 }, lower)
    for (let i = 0; i < 2 * width; i += 2, at++) {
      const turn =
        (lower[i + 2]! - upper[i]!) * (lower[i + 1]! - upper[i + 3]!) -
        (lower[i]! - upper[i + 2]!) * (lower[i + 3]! - upper[i + 1]!)
      areas[at] = Math.abs(turn) / 2
    }
  }
  return areas
}
