import type { CompositeLook } from '../../../core/composite'
import { mixOf } from '../../../science/colour/compose-colours'

/** Red, green and blue as amounts of light, planes one after the other: minima taken off, factors in, and no curve. */
export const makeColourCube = (
  planes: readonly Float32Array[],
  look: CompositeLook,
): Float32Array<ArrayBuffer> => {
  const pixels = planes[0]?.length ?? 0
  const cube = new Float32Array(3 * pixels)
  for (const [channel, factors] of mixOf(look).entries())
    for (const [input, factor] of factors.entries()) {
      if (factor === 0) continue
      const { minimum } = look.inputs[input]!
      const plane = planes[input]!
      const into = channel * pixels
      for (let at = 0; at < pixels; at++) cube[into + at]! += factor * (plane[at]! - minimum)
    }
  return cube
}
