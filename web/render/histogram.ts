import { countValues } from '../science/image/count-values'
import { percentileOfSorted, sampleFinite } from './cuts'

export interface Histogram {
  /** Values at the left edge of the first bin and the right edge of the last. */
  readonly low: number
  readonly high: number
  /** Pixels (of the sample) per bin. A value on an edge belongs to the bin on its right, `high` to the last bin. */
  readonly counts: Uint32Array
  /** How many pixels were looked at; those outside low..high are in it and in no bin. */
  readonly sampled: number
}

/**
 * The histogram a person sets cuts on: from a little below the 0.5 to somewhat above the 99.6 percentile, because a few
 * bright stars must not squeeze the sky into one bin. Null when no pixel has a value.
 */
export const buildHistogram = (data: Float32Array, bins: number): Histogram | null => {
  const sorted = sampleFinite(data).sort()
  if (sorted.length === 0) return null
  const bottom = percentileOfSorted(sorted, 0.5)
  const top = percentileOfSorted(sorted, 99.6)
  const span = top > bottom ? top - bottom : Math.max(1, Math.abs(bottom) * 1e-3)
  const low = bottom - 0.15 * span
  const high = top + 0.2 * span
  const { counts } = countValues(sorted, { lower: low, upper: high, bins })
  return { low, high, counts, sampled: sorted.length }
}
