import { medianInPlace } from '../math/median'
import { standardDeviation } from '../math/statistics'

export interface RatioMap {
  readonly columns: number
  readonly rows: number
  /** One flat over the other, block by block from the first row on, over the median of all blocks; NaN where a block holds no light. */
  readonly ratio: Float32Array
  /** Median of the ratio before it was brought to 1. */
  readonly median: number
  /** Standard deviation of the blocks. */
  readonly scatter: number
  /** What of that noise alone would make: the usual standard error of a block. */
  readonly noise: number
  /** From the lowest to the highest block. */
  readonly span: number
}

export interface RatioBlocks {
  /** Whole rows of both flats, from row `top` on; raw ADU. */
  addRows(top: number, first: ArrayLike<number>, second: ArrayLike<number>): void
  finish(): RatioMap
}

/**
 * One flat over another, averaged over blocks: how the light or the response changed on the large scale, far below the noise of a pixel. Each
 * block is the sum of one over the sum of the other, above the bias levels, and its standard error comes from the scatter of its pixels.
 * Rows come as they are read, and none is kept. Blocks at the right and upper edge are as small as what is left for them.
 */
export const createRatioBlocks = (
  size: { readonly width: number; readonly height: number; readonly block: number },
  bias: readonly [number, number],
): RatioBlocks => {
  const { width, height, block } = size
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const sums = Array.from({ length: 5 }, () => new Float64Array(columns * rows))
  const [ones, others, counts, ratios, squares] = sums as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  return {
    addRows: (top, first, second) => {
      for (let row = 0; row * width < first.length; row++) {
        const start = Math.floor((top + row) / block) * columns
        for (let x = 0; x < width; x++) {
          const [one, other] = [first[row * width + x]! - bias[0], second[row * width + x]! - bias[1]]
          if (!(one > 0) || !(other > 0)) continue
          const at = start + Math.floor(x / block)
          const ratio = one / other
          ones[at] = ones[at]! + one
          others[at] = others[at]! + other
          counts[at] = counts[at]! + 1
          ratios[at] = ratios[at]! + ratio
          squares[at] = squares[at]! + ratio * ratio
        }
      }
    },
    finish: () => {
      const raw = Float64Array.from(ones, (one, at) => (others[at]! > 0 ? one / others[at]! : Number.NaN))
      const known = raw.filter(Number.isFinite)
      const median = known.length === 0 ? Number.NaN : medianInPlace(Float64Array.from(known))
      const errors = Float64Array.from(counts, (count, at) => {
        const mean = ratios[at]! / count
        return Math.sqrt(Math.max(0, squares[at]! / count - mean * mean) / count)
      }).filter(Number.isFinite)
      const relative = known.map((ratio) => ratio / median)
      return {
        columns,
        rows,
        ratio: Float32Array.from(raw, (ratio) => ratio / median),
        median,
        scatter: standardDeviation(relative),
        noise: errors.length === 0 ? Number.NaN : medianInPlace(errors) / median,
        span:
          known.length === 0
            ? Number.NaN
            : relative.reduce((a, b) => Math.max(a, b)) - relative.reduce((a, b) => Math.min(a, b)),
      }
    },
  }
}
