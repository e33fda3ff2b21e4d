import type { FlatDefects } from './flat-defects'

export interface BadColumnOptions {
  /** Significance of the mean of a run of pixels, in its standard error; default 9. */
  readonly threshold?: number
  /** Least mean deviation, in the unit of the ratio: 1 % is what a flat takes out well. Default 0.01. */
  readonly least?: number
}

/** Half the distance of the 30.9 and 69.1 per cent points is this part of a Gaussian's sigma. */
const PART_OF_SIGMA = 0.4987

interface Run {
  readonly from: number
  readonly length: number
  readonly strength: number
}

/**
 * Runs of pixels along a column that are low or high together where each alone is in the noise, as IRAF's ccdmask looks for them: the sum
 * of the residuals of n pixels, not yet flagged, against sqrt(n) sigma. Runs of 2, 4, 8, ... pixels and whole columns, at every place; the strongest
 * is flagged, what is left is looked at again, until none is above `threshold`. Gives the indices of the pixels, ascending.
 */
export const findBadColumns = (
  { mask, residual, sigma }: FlatDefects,
  width: number,
  { threshold = 9, least = 0.01 }: BadColumnOptions = {},
): Uint32Array => {
  const height = Math.floor(residual.length / width)
  const found: number[] = []
  const values = new Float64Array(height)
  const spreads = new Float64Array(height)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const at = y * width + x
      const good = mask[at] === 0 && sigma[at]! > 0
      values[y] = good ? residual[at]! : Number.NaN
      spreads[y] = good ? sigma[at]! / PART_OF_SIGMA : Number.NaN
    }
    for (;;) {
      const run = findStrongestRun(values, spreads, { threshold, least })
      if (run === null) break
      for (let y = run.from; y < run.from + run.length; y++) {
        if (!Number.isNaN(values[y]!)) found.push(y * width + x)
        values[y] = Number.NaN
      }
    }
  }
  return Uint32Array.from(found).sort()
}

const findStrongestRun = (
  values: Float64Array,
  spreads: Float64Array,
  { threshold, least }: Required<BadColumnOptions>,
): Run | null => {
  const height = values.length
  const sums = new Float64Array(height + 1)
  const variances = new Float64Array(height + 1)
  const counts = new Float64Array(height + 1)
  for (let y = 0; y < height; y++) {
    const known = !Number.isNaN(values[y]!)
    sums[y + 1] = sums[y]! + (known ? values[y]! : 0)
    variances[y + 1] = variances[y]! + (known ? spreads[y]! ** 2 : 0)
    counts[y + 1] = counts[y]! + (known ? 1 : 0)
  }
  let best: Run | null = null
  for (let wanted = 2; ; wanted *= 2) {
    const length = Math.min(wanted, height)
    for (let from = 0; from + length <= height; from++) {
      const count = counts[from + length]! - counts[from]!
      if (count < 2) continue
      const sum = Math.abs(sums[from + length]! - sums[from]!)
      const strength = sum / Math.sqrt(variances[from + length]! - variances[from]!)
      if (strength <= threshold || sum / count <= least || strength <= (best?.strength ?? 0)) continue
      best = { from, length, strength }
    }
    if (wanted >= height) return best
  }
}
