import type { Image } from '../../core/image'
import { medianInPlace, quickSelect } from '../math/median'
import { MAD_TO_SIGMA } from '../math/statistics'

export interface BadPixels {
  /** Index y * width + x of each hot pixel, ascending. */
  readonly hot: Uint32Array
  /** The same for cold ones. */
  readonly cold: Uint32Array
  /** Robust sigma of (pixel - local level), in the image's unit. */
  readonly sigma: number
}

export interface BadPixelOptions {
  /** Sigmas above the local level; default 7. */
  readonly high?: number
  /** Sigmas below it; default Infinity: a master dark has no cold pixels worth naming. */
  readonly low?: number
  /** Half width of the box for the local level; default 2, which is 5 x 5. */
  readonly reach?: number
}

/**
 * Pixels of a master dark (or flat) that stand out of their surroundings: more than `high` robust sigmas above, or `low`
 * below, the median of the box around them without themselves. Sigma is 1.4826 MAD of those differences over the frame;
 * the local level lets amplifier glow and a warm edge pass. Pixels without a value are in neither list.
 */
export const findBadPixels = (image: Image, options: BadPixelOptions = {}): BadPixels => {
  const { high = 7, low = Number.POSITIVE_INFINITY, reach = 2 } = options
  const { width, height, data } = image
  const difference = new Float32Array(data.length)
  const box = new Float64Array((2 * reach + 1) ** 2)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const count = gatherBox(image, { x, y, reach }, box)
      const level = count === 0 ? Number.NaN : quickSelect(box, count >>> 1, 0, count - 1)
      difference[y * width + x] = data[y * width + x]! - level
    }
  }
  const magnitudes = difference.map(Math.abs)
  let sigma = MAD_TO_SIGMA * medianInPlace(magnitudes)
  // Integer frames can be so quiet that most differences are zero; the rounding step itself then sets the scale.
  if (sigma === 0) sigma = Math.sqrt(1 / 12)
  const hot: number[] = []
  const cold: number[] = []
  for (let i = 0; i < difference.length; i++) {
    if (difference[i]! > high * sigma) hot.push(i)
    else if (difference[i]! < -low * sigma) cold.push(i)
  }
  return { hot: Uint32Array.from(hot), cold: Uint32Array.from(cold), sigma }
}

const gatherBox = (image: Image, at: { x: number; y: number; reach: number }, box: Float64Array): number => {
  const { width, height, data } = image
  let count = 0
  for (let y = Math.max(0, at.y - at.reach); y <= Math.min(height - 1, at.y + at.reach); y++) {
    for (let x = Math.max(0, at.x - at.reach); x <= Math.min(width - 1, at.x + at.reach); x++) {
      const value = data[y * width + x]!
      if (value === value && (x !== at.x || y !== at.y)) box[count++] = value
    }
  }
  return count
}
