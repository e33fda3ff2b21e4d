import { maskValue } from '../../core/pixel-mask'

const SATURATED = maskValue('saturated')

/**
 * Sets 'saturated' in a mask where a raw pixel (ADU, before anything is taken off) is at or above `level`. Infinity counts, NaN
 * does not. Gives the number of such pixels.
 */
export const flagSaturation = (raw: ArrayLike<number>, level: number, mask: Uint8Array): number => {
  let count = 0
  for (let i = 0; i < mask.length; i++) {
    if (!(raw[i]! >= level)) continue
    mask[i] = mask[i]! | SATURATED
    count++
  }
  return count
}
