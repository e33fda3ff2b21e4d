import { sigmaClip } from '../math/sigma-clip'
import { measureLevel } from './detector-noise'

/** As for other noises of pairs: of normal noise 6e-7 lies beyond. */
const CLIP = { low: 5, high: 5, center: 'median', deviation: 'std', iterations: 20 } as const

export interface FlatPair {
  /** ADU above the bias: the light that the variance belongs to. */
  readonly level: number
  readonly levelError: number
  /** ADU squared, of one frame at that level: light and reading out together. */
  readonly variance: number
  readonly varianceError: number
  /** Mean of the first over that of the second, above the bias. */
  readonly ratio: number
  /** Part of the pixels, of the frame that has more of them, at or above saturation. */
  readonly saturated: number
  /** Pixels that were left after clipping. */
  readonly pixels: number
}

const partAbove = (values: ArrayLike<number>, limit: number): number => {
  let count = 0
  for (let pixel = 0; pixel < values.length; pixel++) if (values[pixel]! >= limit) count++
  return count / Math.max(1, values.length)
}

/**
 * One point of a photon-transfer curve from two flats alike (Janesick 2001, Scientific Charge-Coupled Devices, section 2.2.2; Janesick
 * 2007, Photon Transfer, chapter 5). Raw ADU of the same pixels; `bias` is the bias level, `saturation` the value from which on a pixel is
 * full, null where there is none.
 *
 * The second flat is brought to the level of the first by r = m1 / m2, so that what is fixed (dust, response of pixels) drops out though
 * the lamp drifted: var(f1 - r f2) = (1 + r^2) read^2 + m1 (1 + r) / gain. Over 1 + r^2 this is the variance of one frame at the level
 * m1 (1 + r) / (1 + r^2), which is what is given: points lie on the line read^2 + level / gain whatever r is.
 *
 * The variance is that of what lies within 5 sigma, and its error variance sqrt(2 / (n - 1)), as of independent normal pixels: cosmic rays
 * go, and unlike the median absolute deviation it neither wastes two thirds of the pixels nor is it rounded to whole ADU.
 */
export const measureFlatPair = (
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  { bias, saturation }: { readonly bias: number; readonly saturation: number | null },
): FlatPair | null => {
  const one = measureLevel(first)
  const other = measureLevel(second)
  const [m1, m2] = [one.value - bias, other.value - bias]
  if (!(m1 > 0) || !(m2 > 0)) return null
  const ratio = m1 / m2
  const difference = new Float64Array(first.length)
  for (let pixel = 0; pixel < difference.length; pixel++)
    difference[pixel] = first[pixel]! - bias - ratio * (second[pixel]! - bias)
  const { deviation, count } = sigmaClip(difference, CLIP)
  const both = 1 + ratio * ratio
  const variance = (deviation * deviation) / both
  const limit = saturation ?? Number.POSITIVE_INFINITY
  return {
    level: (m1 * (1 + ratio)) / both,
    levelError: Math.hypot(one.error, ratio * ratio * other.error) / both,
    variance,
    varianceError: variance * Math.sqrt(2 / Math.max(1, count - 1)),
    ratio,
    saturated: Math.max(partAbove(first, limit), partAbove(second, limit)),
    pixels: count,
  }
}
