import type { Transform } from '../../core/transform'
import type { PixelWindow } from './pixel-window'
import type { ResampleMethod } from './resample-image'

/** Pixels beyond the position itself that a method looks at, with one to spare for rounding. */
const MARGIN: Record<ResampleMethod, number> = { nearest: 1, bilinear: 2, lanczos3: 4 }

export interface WindowRequest {
  readonly method: ResampleMethod
  readonly transform: Transform
  /** Of the wanted grid. */
  readonly target: PixelWindow
  /** Of the source frame. */
  readonly width: number
  readonly height: number
}

/**
 * The part of a source frame that a window of the wanted grid needs, cut to the frame; null when the window lies wholly beside it. What
 * is resampled from this part is what would be resampled from the whole frame, to the last bit.
 */
export const findSourceWindow = ({
  method,
  transform,
  target,
  width,
  height,
}: WindowRequest): PixelWindow | null => {
  const { a, b, c, d, e, f } = transform
  const xs = [target.left, target.left + target.width - 1]
  const ys = [target.top, target.top + target.height - 1]
  const corners = xs.flatMap((x) => ys.map((y) => ({ x: a * x + (b * y + c), y: d * x + (e * y + f) })))
  const margin = MARGIN[method]
  const left = Math.max(0, Math.floor(Math.min(...corners.map(({ x }) => x))) - margin)
  const right = Math.min(width, Math.ceil(Math.max(...corners.map(({ x }) => x))) + margin + 1)
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y))) - margin)
  const bottom = Math.min(height, Math.ceil(Math.max(...corners.map(({ y }) => y))) + margin + 1)
  // Also true where a corner is not a number.
  if (!(right > left && bottom > top)) return null
  return { left, top, width: right - left, height: bottom - top }
}
