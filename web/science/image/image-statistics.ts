import type { Image } from '../../core/image'
import { medianInPlace } from '../math/median'
import { sigmaClip, type SigmaClipResult } from '../math/sigma-clip'
import { mean, standardDeviation } from '../math/statistics'

export interface Histogram {
  /** Edges of the first and the last bin, in the image's unit; bins are equally wide. */
  readonly lower: number
  readonly upper: number
  readonly counts: Uint32Array
  /** Finite pixels outside the edges. */
  readonly below: number
  readonly above: number
}

export interface ImageStatistics {
  /** Finite pixels; all numbers below are of these, and NaN when there is none. */
  readonly count: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly median: number
  /** Population standard deviation. */
  readonly deviation: number
  readonly clipped: SigmaClipResult
  readonly histogram: Histogram
}

export interface StatisticsOptions {
  /** Default 256. */
  readonly bins?: number
  /** Edges of the histogram; minimum and maximum unless given. */
  readonly range?: readonly [number, number]
  /** Sigmas of the clipping, default 3, at most 5 rounds about the median. */
  readonly sigma?: number
}

/** What a person wants to know of a frame before trusting it. NaN and infinities take no part. */
export const measureImageStatistics = (image: Image, options: StatisticsOptions = {}): ImageStatistics => {
  const finite = image.data.filter((value) => Number.isFinite(value))
  let minimum = Number.NaN
  let maximum = Number.NaN
  for (const value of finite) {
    if (!(value >= minimum)) minimum = value
    if (!(value <= maximum)) maximum = value
  }
  const sigma = options.sigma ?? 3
  const [lower, upper] = options.range ?? [minimum, maximum]
  return {
    count: finite.length,
    minimum,
    maximum,
    mean: mean(finite),
    deviation: standardDeviation(finite),
    clipped: sigmaClip(finite, { low: sigma, high: sigma }),
    histogram: countValues(finite, { lower, upper, bins: options.bins ?? 256 }),
    // Last, since it rearranges the copy.
    median: medianInPlace(finite),
  }
}

interface Bins {
  readonly lower: number
  readonly upper: number
  readonly bins: number
}

/** As numpy.histogram: a bin holds its lower edge, the last one both. A range without width puts all into the first bin. */
const countValues = (values: Float32Array, { lower, upper, bins }: Bins): Histogram => {
  const counts = new Uint32Array(Math.max(1, bins))
  let below = 0
  let above = 0
  const scale = upper > lower ? counts.length / (upper - lower) : 0
  for (const value of values) {
    if (value < lower) below++
    else if (value > upper) above++
    else {
      const bin = Math.min(Math.floor((value - lower) * scale), counts.length - 1)
      counts[bin] = counts[bin]! + 1
    }
  }
  return { lower, upper, counts, below, above }
}
