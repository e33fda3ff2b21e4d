import type { Combine } from '../../core/combine'
import { MAD_TO_SIGMA } from '../math/statistics'
import { rejectionRule, type RejectionRule } from './reject-values'

export interface RejectionReach {
  /** Can one value that is too low, or too high, ever be thrown out, however far off it is? */
  readonly low: boolean
  readonly high: boolean
  /** How many sigmas one of the values can be from their centre at most; Infinity where there is no bound. Null for rules without sigmas. */
  readonly greatest: number | null
  /** Frames from which on both can be thrown out; null when no number of frames up to 10 000 is enough. */
  readonly framesNeeded: number | null
}

const MOST_FRAMES = 10_000
/** Winsorised clipping does nothing with fewer. */
const LEAST_TO_WINSORISE = 4

/**
 * The greatest possible distance of one among `frames` values from their centre, in their own deviation.
 *
 * Standard deviation (of the population, as numpy, astropy and Asterism clip with): sqrt(N - 1) from the mean (Samuelson 1968; with the
 * sample's deviation this is (N - 1) / sqrt(N), Shiffler 1988, The American Statistician 42, 79). From the median the others can help by
 * pulling the mean after the outlier: with m = floor(N / 2) it is sqrt(N (m + 2) / (m + 1)), reached when m + 1 values are 0, one is 1 and the
 * rest 1 / (m + 2); with all others equal it is N / sqrt(N - 1), a little less. Two values are both at the deviation.
 *
 * Median absolute deviation: no bound from three values on, since the outlier does not widen it; of two both are at 1 / 1.4826. Where more than half of the
 * values are equal (whole numbers of a quiet camera) it is zero and the standard deviation stands in, with its bound: `deviation` is 'std' for such pixels.
 */
export const greatestDeviation = (
  frames: number,
  center: RejectionRule['center'],
  deviation: RejectionRule['deviation'],
): number => {
  if (frames < 2) return 0
  if (deviation === 'mad') return frames === 2 ? 1 / MAD_TO_SIGMA : Number.POSITIVE_INFINITY
  if (center === 'mean' || frames === 2) return Math.sqrt(frames - 1)
  const half = Math.floor(frames / 2)
  return Math.sqrt((frames * (half + 2)) / (half + 1))
}

/** Of one side: `cut` is the rule's number for it. */
const isWithinReach = (frames: number, rule: RejectionRule, cut: number): boolean => {
  if (frames < 2 || rule.rejection === 'none') return false
  if (rule.rejection === 'min-max') return Math.round(cut) >= 1
  if (rule.rejection === 'percentile') return cut > 0
  if (rule.iterations < 1) return false
  if (rule.rejection === 'winsorized') return frames >= LEAST_TO_WINSORISE
  return greatestDeviation(frames, rule.center, rule.deviation) > cut
}

/**
 * Whether a rule can do what it is there for: reject one outlier (a cosmic ray) among `frames` values. With the plain standard deviation a cut can be out
 * of every value's reach, since the outlier widens the deviation that is to convict it: 5 sigma about the median never rejects anything of 23
 * frames or fewer.
 */
export const canRejectOne = (frames: number, combine: Combine): RejectionReach => {
  const rule = rejectionRule(combine)
  const greatest =
    rule.rejection === 'sigma-clip' ? greatestDeviation(frames, rule.center, rule.deviation) : null
  const reachOf = (count: number): { low: boolean; high: boolean } => ({
    low: isWithinReach(count, rule, rule.low),
    high: isWithinReach(count, rule, rule.high),
  })
  let framesNeeded: number | null = null
  for (let count = 2; count <= MOST_FRAMES && framesNeeded === null; count++) {
    const { low, high } = reachOf(count)
    if (low && high) framesNeeded = count
  }
  return { ...reachOf(frames), greatest, framesNeeded }
}
