import { countAbove } from './count-hot-pixels'

/** The smaller of two frames, pixel by pixel, into the first: what is hot in both stays, a cosmic ray in one goes. */
export const keepSmaller = (values: Float32Array, others: ArrayLike<number>): void => {
  for (let pixel = 0; pixel < values.length; pixel++)
    if (others[pixel]! < values[pixel]!) values[pixel] = others[pixel]!
}

/** How many pixels lie more than each of these heights above the level. ADU. */
export const countOverHeights = (
  values: ArrayLike<number>,
  level: number,
  heights: readonly number[],
): number[] => heights.map((height) => countAbove(values, level + height))
