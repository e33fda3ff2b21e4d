import type { PixelWindow } from '../image/pixel-window'
import type { LocatePixel } from './build-pixel-map'

export interface FootprintRequest {
  /** Size of the frame, pixels. */
  readonly width: number
  readonly height: number
  /** From pixels of the frame to positions on the wanted grid. */
  readonly locate: LocatePixel
}

/** Places along an outline; between two of them it bends by far less than the pixel that is added. */
const STEPS = 128

/**
 * The smallest window of a wanted grid, in whole pixels, that holds a frame to the outer edges of its pixels, with one pixel to spare. It is as large
 * as it must be and may begin at negative pixels. null where an edge of the frame has no place on the grid: how far it reaches is not known then.
 */
export const findFootprint = ({ width, height, locate }: FootprintRequest): PixelWindow | null => {
  const out = new Float64Array(6)
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i <= STEPS; i++) {
    const [x, y] = [(i / STEPS) * width - 0.5, (i / STEPS) * height - 0.5]
    const places = [
      [x, -0.5],
      [x, height - 0.5],
      [-0.5, y],
      [width - 0.5, y],
    ] as const
    for (const [column, row] of places) {
      if (!locate(column, row, out) || !Number.isFinite(out[0]! + out[1]!)) return null
      left = Math.min(left, out[0]!)
      right = Math.max(right, out[0]!)
      top = Math.min(top, out[1]!)
      bottom = Math.max(bottom, out[1]!)
    }
  }
  const [first, upper] = [Math.round(left) - 1, Math.round(top) - 1]
  return {
    left: first,
    top: upper,
    width: Math.round(right) + 2 - first,
    height: Math.round(bottom) + 2 - upper,
  }
}
