import { ditherSequence, EXACT_ZERO, RANDOM_COUNT, wrapSeed } from './unquantise'
import { median } from '../math/median'

/** Integer that stands for a pixel without a value, as other writers have it. */
export const QUANTISED_BLANK = -2_147_483_648
/** Those below are set apart for what is no number. */
const LOWEST = -2_147_483_630
const HIGHEST = 2_147_483_630

export interface QuantisedTile {
  readonly values: Int32Array
  readonly scale: number
  readonly zero: number
}

/**
 * Noise of neighbouring pixels, one sigma: 0.6052697 times the median of |2 x(i) - x(i-2) - x(i+2)|, which a slope of the sky or
 * a star does not touch (Stoehr et al. 2007; the factor makes it the deviation of a normal distribution). 0 where it cannot be told.
 */
export const estimateNoise = (pixels: Float32Array): number => {
  const known = pixels.filter((value) => Number.isFinite(value))
  if (known.length < 9) return 0
  const differences = new Float32Array(known.length - 4)
  for (let index = 0; index < differences.length; index++)
    differences[index] = Math.abs(2 * known[index + 2]! - known[index]! - known[index + 4]!)
  return 0.605_269_7 * median(differences)
}

/**
 * A tile of floats as whole numbers in steps of its noise over `level` (White and Greenfield 1999), dithered so that the steps do not
 * shift the mean (FITS standard 10.2, SUBTRACTIVE_DITHER_2: an exact zero stays one). Null where it has no noise to measure, holds
 * an infinity, or spans more steps than integers: such a tile has to be kept as it is.
 * `seed` is the 0-based number of the tile plus ZDITHER0 minus 1.
 */
export const quantise = (pixels: Float32Array, level: number, seed: number): QuantisedTile | null => {
  const scale = estimateNoise(pixels) / level
  if (!(scale > 0)) return null
  let least = Infinity
  let most = -Infinity
  for (const value of pixels) {
    if (value === Infinity || value === -Infinity) return null
    if (value < least) least = value
    if (value > most) most = value
  }
  if (!((most - least) / scale < HIGHEST - LOWEST - 2)) return null
  // The middle of the range is the integer 0 where that fits, so that differences and values stay small.
  const zero = (least + most) / 2
  const values = new Int32Array(pixels.length)
  const sequence = ditherSequence()
  let turn = wrapSeed(seed)
  let next = Math.trunc(sequence[turn]! * 500)
  for (let index = 0; index < pixels.length; index++) {
    const value = pixels[index]!
    if (Number.isNaN(value)) values[index] = QUANTISED_BLANK
    else if (value === 0) values[index] = EXACT_ZERO
    else values[index] = Math.round((value - zero) / scale + sequence[next]! - 0.5)
    next++
    if (next === RANDOM_COUNT) {
      turn = (turn + 1) % RANDOM_COUNT
      next = Math.trunc(sequence[turn]! * 500)
    }
  }
  return { values, scale, zero }
}
