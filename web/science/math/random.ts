import { logGamma } from './log-gamma'
import { drawNormal } from './ziggurat'

/** A stream of random numbers that is fully given by its seed, on every machine. */
export interface Random {
  /** 32 random bits, 0 to 2^32 - 1. */
  readonly bits: () => number
  /** [0, 1) in steps of 2^-53. */
  readonly uniform: () => number
  /** Whole number from 0 to below `limit`, unbiased. 1 <= limit <= 2^32. */
  readonly integer: (limit: number) => number
  /** Mean 0, standard deviation 1. */
  readonly normal: () => number
  /** Exact at any mean. A mean that is not positive gives 0. */
  readonly poisson: (mean: number) => number
  /**
   * An independent stream named by a label. It depends on this stream's seed and the label only, never on how many numbers
   * were drawn: frame 7 is the same whether or not frame 6 was made.
   */
  readonly split: (label: string | number) => Random
}

/** xoshiro128** 1.1 (Blackman & Vigna 2021) seeded through a 128-bit hash of the seed's text. */
export const createRandom = (seed: string | number): Random => {
  const name = String(seed)
  let [a, b, c, d] = hashSeed(name)

  const bits = (): number => {
    const product = Math.imul(b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  const uniform = (): number => ((bits() >>> 5) * 67_108_864 + (bits() >>> 6)) / 9_007_199_254_740_992
  const integer = (limit: number): number => {
    const whole = Math.floor(4_294_967_296 / limit) * limit
    let value = bits()
    while (value >= whole) value = bits()
    return value % limit
  }
  return {
    bits,
    uniform,
    integer,
    normal: () => drawNormal(bits, uniform),
    poisson: (mean) => drawPoisson(uniform, mean),
    split: (label) => createRandom(`${name}/${String(label)}`),
  }
}

/** Four words from a text: FNV-1a over the UTF-16 units with four offsets, each finished by murmur3's mixer. */
const hashSeed = (text: string): [number, number, number, number] => {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((offset, index) => {
    let hash = offset
    for (let i = 0; i < text.length; i++) {
      hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
      hash = (hash << (5 + index)) | (hash >>> (27 - index))
    }
    return mixWord(hash ^ text.length)
  })
  // The one state that xoshiro never leaves is all zeros.
  if (!words.some((word) => word !== 0)) words[0] = 1
  return [words[0]!, words[1]!, words[2]!, words[3]!]
}

const mixWord = (word: number): number => {
  let hash = word ^ (word >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** Below: inversion by sequential search; from here on: transformed rejection. Both are exact. */
const POISSON_SWITCH = 12

const drawPoisson = (uniform: () => number, mean: number): number => {
  if (!(mean > 0)) return 0
  return mean < POISSON_SWITCH ? searchPoisson(uniform, mean) : rejectPoisson(uniform, mean)
}

const searchPoisson = (uniform: () => number, mean: number): number => {
  let probability = Math.exp(-mean)
  let rest = uniform()
  let count = 0
  while (rest > probability) {
    rest -= probability
    count++
    probability *= mean / count
    // The tail beyond what doubles can tell apart.
    if (probability < 1e-300) break
  }
  return count
}

/** PTRS of Hoermann 1993, "The transformed rejection method for generating Poisson random variables", for means >= 10. */
const rejectPoisson = (uniform: () => number, mean: number): number => {
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const squeeze = 0.9277 - 3.6224 / (b - 2)
  let logMean = Number.NaN
  for (;;) {
    const u = uniform() - 0.5
    const v = uniform()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= squeeze) return count
    if (count < 0 || (us < 0.013 && v > us)) continue
    if (Number.isNaN(logMean)) logMean = Math.log(mean)
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= count * logMean - mean - logGamma(count + 1))
      return count
  }
}
