/** How the integers of one tile become floats (FITS standard 10.2); without dither it is the scaling of any integers. */
export interface Quantisation {
  readonly scale: number
  readonly zero: number
  readonly dither: 'none' | 'subtractive-1' | 'subtractive-2'
  /** Integer that stands for a pixel without a value, or null. */
  readonly blank: number | null
  /** 0-based number of the tile in the image plus ZDITHER0 minus 1; it picks the tile's place in the random sequence. */
  readonly seed: number
}

export const RANDOM_COUNT = 10_000
/** With the second method this integer stands for a pixel that was exactly zero. */
export const EXACT_ZERO = -2_147_483_646

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

/** The 10 000 numbers in (0, 1) that dithers are made of. */
export const ditherSequence = (): Float32Array => (randomSequence ??= makeRandomSequence())

/** Place in the sequence; the numbers of tiles go round it. */
export const wrapSeed = (seed: number): number => ((seed % RANDOM_COUNT) + RANDOM_COUNT) % RANDOM_COUNT

/** Stored integers as floats: (integer - random + 0.5) * scale + zero with dither, integer * scale + zero without. */
export const unquantise = (
  stored: Int32Array,
  quantisation: Quantisation,
  output: Float32Array | Float64Array,
): void => {
  const { scale, zero, blank, dither } = quantisation
  if (dither === 'none') {
    for (let index = 0; index < output.length; index++) {
      const value = stored[index]!
      output[index] = value === blank ? NaN : value * scale + zero
    }
    return
  }
  const sequence = ditherSequence()
  let seed = wrapSeed(quantisation.seed)
  let next = Math.trunc(sequence[seed]! * 500)
  for (let index = 0; index < output.length; index++) {
    const value = stored[index]!
    if (value === blank) output[index] = NaN
    else if (dither === 'subtractive-2' && value === EXACT_ZERO) output[index] = 0
    else output[index] = (value - sequence[next]! + 0.5) * scale + zero
    next++
    if (next === RANDOM_COUNT) {
      seed = (seed + 1) % RANDOM_COUNT
      next = Math.trunc(sequence[seed]! * 500)
    }
  }
}
