import { logGamma } from '../math/log-gamma'

/** Natural logarithm of the binomial coefficient. */
const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)

/** log10 of the probability of at least `hits` successes in `trials` independent tries of probability `p` each. */
export const logBinomialTail = (hits: number, trials: number, p: number): number => {
  if (hits <= 0) return 0
  if (hits > trials) return -Infinity
  if (p <= 0) return -Infinity
  if (p >= 1) return 0
  let largest = -Infinity
  const terms: number[] = []
  for (let k = hits; k <= trials; k++) {
    const term = logChoose(trials, k) + k * Math.log(p) + (trials - k) * Math.log1p(-p)
    terms.push(term)
    if (term > largest) largest = term
    // Past the mode the terms fall faster than geometrically.
    if (k > trials * p && term < largest - 40) break
  }
  const sum = terms.reduce((total, term) => total + Math.exp(term - largest), 0)
  return Math.min(0, (largest + Math.log(sum)) / Math.LN10)
}

export interface ChanceCase {
  /** Reference stars that should be on the frame, and how many of them fall on a star of the frame. */
  readonly expected: number
  readonly hits: number
  /** Stars per square pixel on the frame, and how far off a star may be, pixels. */
  readonly density: number
  readonly tolerance: number
  /** Stars of either list from which patterns were drawn. */
  readonly referencePattern: number
  readonly framePattern: number
}

/**
 * log10 of how many transforms at least this good are to be expected between unrelated star fields. Two pairs fix a
 * similarity, so two hits are free; every choice of two reference and two frame stars is a try (times two for mirroring).
 * The rest are independent hits on a uniform field (the false-alarm count of a-contrario detection, Desolneux, Moisan & Morel
 * 2000, Int. J. Computer Vision 40, 7).
 */
export const logFalseAlarms = (given: ChanceCase): number => {
  const p = 1 - Math.exp(-given.density * Math.PI * given.tolerance ** 2)
  const pairsOf = (count: number): number => Math.max(1, (count * (count - 1)) / 2)
  const tries = 4 * pairsOf(given.referencePattern) * pairsOf(given.framePattern)
  return Math.log10(tries) + logBinomialTail(given.hits - 2, Math.max(0, given.expected - 2), p)
}
