import { median } from '../math/median'

export interface LargeScalePattern {
  /** From the level that 1 % of the blocks are below to that which 1 % are above, in the unit of the pixels. */
  readonly range: number
  /** Centre of the brightest block, as parts of width and height from the first pixel on. */
  readonly brightest: { readonly x: number; readonly y: number }
  readonly darkest: { readonly x: number; readonly y: number }
  /** Pixels along the side of a block. */
  readonly block: number
}

/** Blocks along the longer side; at least so many pixels along each, so that their noise is small. */
const BLOCKS = 48
const LEAST_SIDE = 8

export const chooseBlock = (width: number, height: number): number =>
  Math.max(LEAST_SIDE, Math.ceil(Math.max(width, height) / BLOCKS))

/** Medians of the blocks of one row of blocks; what is over at the right edge, less than a block, is left out. */
export const takeBlockMedians = (rows: Float32Array, width: number, block: number): number[] => {
  const height = Math.floor(rows.length / width)
  return Array.from({ length: Math.floor(width / block) }, (_, column) => {
    const values = new Float32Array(block * height)
    for (let row = 0; row < height; row++) {
      const start = row * width + column * block
      values.set(rows.subarray(start, start + block), row * block)
    }
    return median(values)
  })
}

/**
 * What changes slowly over a picture: the range of the medians of its blocks, in which single pixels, columns and noise hardly show, and
 * where the extremes lie. Medians row by row, `columns` in each. Null without any.
 */
export const describePattern = (
  medians: readonly number[],
  columns: number,
  block: number,
): LargeScalePattern | null => {
  const known = medians.flatMap((value, index) => (Number.isFinite(value) ? [{ value, index }] : []))
  const sorted = known.toSorted((a, b) => a.value - b.value)
  const [lowest, highest] = [sorted[0], sorted.at(-1)]
  if (lowest === undefined || highest === undefined) return null
  const edge = Math.floor(0.01 * (sorted.length - 1))
  const rows = medians.length / columns
  const place = (index: number) => ({
    x: ((index % columns) + 0.5) / columns,
    y: (Math.floor(index / columns) + 0.5) / rows,
  })
  return {
    range: sorted.at(-1 - edge)!.value - sorted[edge]!.value,
    brightest: place(highest.index),
    darkest: place(lowest.index),
    block,
  }
}
