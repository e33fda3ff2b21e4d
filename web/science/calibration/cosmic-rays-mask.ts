import type { Image } from '../../core/image'
import { filterMedian, medianWidths } from './cosmic-rays-medians'

/** A saturated pixel belongs to a star, not to a cosmic ray, where even the median about it is above this part of saturation. */
const STAR_PART = 10

/** Columns that a dilation reaches in each of its rows, from the middle row outwards. */
const BOX = [1, 1]
const ROUND = [2, 2, 1]

const dilate = (plane: Uint8Array, { width, height }: Image, reaches: readonly number[]): Uint8Array => {
  const result = plane.slice()
  const half = reaches.length - 1
  for (let y = half; y < height - half; y++) {
    for (let x = half; x < width - half; x++) {
      let any = 0
      for (let dy = -half; dy <= half; dy++) {
        const reach = reaches[Math.abs(dy)]!
        for (let dx = -reach; dx <= reach; dx++) any |= plane[(y + dy) * width + x + dx]!
      }
      result[y * width + x] = any
    }
  }
  return result
}

/** Grows by one pixel on every side; the outermost pixels of the frame stay as they are. */
export const growByOne = (plane: Uint8Array, image: Image): Uint8Array => dilate(plane, image, BOX)

/** Grows by two pixels, corners cut; the two outermost pixels of the frame stay as they are. */
const growByTwo = (plane: Uint8Array, image: Image): Uint8Array => dilate(plane, image, ROUND)

/**
 * 1 where nothing is looked for and nothing is taken from: given bad pixels and one pixel around them, and the cores of
 * saturated stars with four pixels around. `saturation` in the unit of the image.
 */
export const findUntrusted = (
  image: Image,
  bad: Uint8Array,
  saturation: number,
  separable: boolean,
): Uint8Array => {
  const untrusted = growByOne(bad, image)
  const level = Math.fround(saturation)
  if (!image.data.some((value) => value >= level)) return untrusted
  const smooth = filterMedian(image, medianWidths(separable).noise, separable)
  const least = Math.fround(level / STAR_PART)
  const saturated = Uint8Array.from(image.data, (value, i) => (value >= level && smooth[i]! > least ? 1 : 0))
  const stars = growByTwo(growByTwo(saturated, image), image)
  return untrusted.map((value, i) => value | stars[i]!)
}
