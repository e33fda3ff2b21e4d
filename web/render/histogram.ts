import { percentileOfSorted, sampleFinite } from './cuts'
import type { Cuts } from './cuts'

export interface Histogram {
  /** Values at the left edge of the first bin and the right edge of the last. */
  readonly low: number
  readonly high: number
  /** Pixels (of the sample) per bin. A value on an edge belongs to the bin on its right, `high` to the last bin. */
  readonly counts: Uint32Array
  /** How many pixels were looked at; those outside low..high are in it and in no bin. */
  readonly sampled: number
}

/** Counts values between `low` and `high`; NaN and values outside are left out. */
export const countBins = (values: Float32Array, range: Cuts, bins: number): Uint32Array => {
  const counts = new Uint32Array(bins)
  const perValue = bins / (range.high - range.low)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!(value >= range.low && value <= range.high)) continue
    const bin = Math.min(bins - 1, Math.floor((value - range.low) * perValue))
    counts[bin] = counts[bin]! + 1
  }
  return counts
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
  return { low, high, counts: countBins(sorted, { low, high }, bins), sampled: sorted.length }
}
