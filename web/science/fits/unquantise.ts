/** How the quantised integers of one tile become floats (FITS standard 10.2). */
export interface Quantisation {
  readonly scale: number
  readonly zero: number
  readonly dither: 'none' | 'subtractive-1' | 'subtractive-2'
  /** Integer that stands for a pixel without a value, or null. */
  readonly blank: number | null
  /** 0-based number of the tile plus ZDITHER0 minus 1; it picks the tile's place in the random sequence. */
  readonly seed: number
}

const RANDOM_COUNT = 10_000
/** With the second method this integer stands for a pixel that was exactly zero. */
const EXACT_ZERO = -2_147_483_646

/** Park and Miller's minimal standard generator, whose 10 000th state has to be 1 043 618 065 (FITS standard, appendix I). */
const makeRandomSequence = (): Float32Array => {
  const sequence = new Float32Array(RANDOM_COUNT)
  let seed = 1
  for (let index = 0; index < RANDOM_COUNT; index++) {
    seed = (16_807 * seed) % 2_147_483_647
    sequence[index] = seed / 2_147_483_647
  }
  return sequence
}

let randomSequence: Float32Array | null = null

/** Quantised integers as floats: (integer - random + 0.5) * scale + zero with dither, integer * scale + zero without. */
export const unquantise = (stored: Int32Array, quantisation: Quantisation): Float32Array => {
  const { scale, zero, blank, dither } = quantisation
  const output = new Float32Array(stored.length)
  if (dither === 'none') {
    for (let index = 0; index < stored.length; index++) {
      const value = stored[index]!
      output[index] = value === blank ? NaN : value * scale + zero
    }
    return output
  }
  randomSequence ??= makeRandomSequence()
  let seed = quantisation.seed % RANDOM_COUNT
  let next = Math.trunc(randomSequence[seed]! * 500)
  for (let index = 0; index < stored.length; index++) {
    const value = stored[index]!
    if (value === blank) output[index] = NaN
    else if (dither === 'subtractive-2' && value === EXACT_ZERO) output[index] = 0
    else output[index] = (value - randomSequence[next]! + 0.5) * scale + zero
    next++
    if (next === RANDOM_COUNT) {
      seed = (seed + 1) % RANDOM_COUNT
      next = Math.trunc(randomSequence[seed]! * 500)
    }
  }
  return output
}
