import type { Image, Point } from '../../core/image'

/**
 * A piece of a frame that remembers where it was. Every measurement of this room takes a frame or a stamp, and its positions
 * are always those of the frame: so what is measured on a stamp is, bit for bit, what the frame would give.
 */
export interface Stamp {
  /** Position on the frame of the stamp's first pixel. */
  readonly x0: number
  readonly y0: number
  readonly image: Image
  /** Size of the frame that it was cut from, to tell the frame's edge from the stamp's. */
  readonly frameWidth: number
  readonly frameHeight: number
}

/** A whole frame or a piece of one. */
export type Pixels = Image | Stamp

export const asStamp = (pixels: Pixels): Stamp =>
  'image' in pixels
    ? pixels
    : { x0: 0, y0: 0, image: pixels, frameWidth: pixels.width, frameHeight: pixels.height }

/**
 * Cuts the square of `reach` pixels around a position, clipped to the frame. To measure again at any radius cut
 * with the outer radius of the annulus plus the largest move of the centre plus 2.
 */
export const cutStamp = (frame: Image, position: Point, reach: number): Stamp => {
  const x0 = Math.max(0, Math.floor(position.x - reach))
  const y0 = Math.max(0, Math.floor(position.y - reach))
  const x1 = Math.min(frame.width - 1, Math.ceil(position.x + reach))
  const y1 = Math.min(frame.height - 1, Math.ceil(position.y + reach))
  const width = Math.max(0, x1 - x0 + 1)
  const height = Math.max(0, y1 - y0 + 1)
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const at = (y + y0) * frame.width + x0
    data.set(frame.data.subarray(at, at + width), y * width)
  }
  return { x0, y0, image: { width, height, data }, frameWidth: frame.width, frameHeight: frame.height }
}

/** Whether the stamp holds all that the frame has within `radius` of the position. */
export const stampCovers = (stamp: Stamp, position: Point, radius: number): boolean => {
  const right = Math.min(stamp.frameWidth - 1, Math.floor(position.x + radius + 0.5))
  const bottom = Math.min(stamp.frameHeight - 1, Math.floor(position.y + radius + 0.5))
  return (
    stamp.x0 <= Math.max(0, Math.ceil(position.x - radius - 0.5)) &&
    stamp.y0 <= Math.max(0, Math.ceil(position.y - radius - 0.5)) &&
    stamp.x0 + stamp.image.width - 1 >= right &&
    stamp.y0 + stamp.image.height - 1 >= bottom
  )
}
