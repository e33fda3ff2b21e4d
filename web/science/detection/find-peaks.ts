import type { Image } from '../../core/image'

/** Of equal neighbours the first in reading order is the maximum; beyond the edge there is nothing. */
const isLocalMaximum = ({ data, width, height }: Image, x: number, y: number): boolean => {
  const at = y * width + x
  const value = data[at]!
  // Most are ruled out by the pixels beside them.
  if (x > 0 && data[at - 1]! >= value) return false
  if (x < width - 1 && data[at + 1]! > value) return false
  for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) {
    if (y > 0 && data[at - width + i - x]! >= value) return false
    if (y < height - 1 && data[at + width + i - x]! > value) return false
  }
  return true
}

/** Indices of the local maxima (of eight neighbours) above a level, in reading order. NaN is above nothing and nothing is above NaN. */
export const findPeaks = (plane: Image, level: number): Uint32Array => {
  const { data, width } = plane
  const found: number[] = []
  for (let at = 0; at < data.length; at++) {
    if (data[at]! > level && isLocalMaximum(plane, at % width, Math.floor(at / width))) found.push(at)
  }
  return Uint32Array.from(found)
}
