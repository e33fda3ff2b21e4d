import type { Image } from '../../core/image'

const round = Math.fround

/**
 * Positive part of the Laplacian (kernel 0 -1 0, -1 4 -1, 0 -1 0) of the image with every pixel cut into 2 x 2, and the mean
 * of the four again: edges sharper than the optics can make stand out, and their negative other sides are gone (van Dokkum
 * 2001, eqs. 4 to 8). Two of the four neighbours of each part lie in the same pixel. Off the frame is 0. f32 throughout, in
 * one order, since decisions hang on it.
 */
export const sharpenEdges = ({ width, height, data }: Image): Float32Array => {
  const result = new Float32Array(data.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const index = y * width + x
      const here = data[index]!
      const left = x > 0 ? data[index - 1]! : 0
      const right = x < width - 1 ? data[index + 1]! : 0
      const above = y > 0 ? data[index - width]! : 0
      const below = y < height - 1 ? data[index + width]! : 0
      const leftHalf = round(round(3 * here) - left)
      const rightHalf = round(round(4 * here - right) - here)
      const topLeft = Math.max(0, round(round(leftHalf - here) - above))
      const bottomLeft = Math.max(0, round(round(leftHalf - below) - here))
      const bottomRight = Math.max(0, round(round(rightHalf - below) - here))
      const topRight = Math.max(0, round(round(rightHalf - here) - above))
      result[index] = round(round(round(topLeft + bottomLeft) + bottomRight) + topRight) / 4
    }
  }
  return result
}
