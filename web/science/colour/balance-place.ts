import type { CompositeLook } from '../../core/composite'

interface PlanesOnGrid {
  readonly columns: number
  readonly rows: number
  readonly planes: readonly Float32Array[]
}

/** Pixels around the place that are summed. */
const RADIUS = 4

/**
 * Factors that make what is at a place (0 to 1 along both sides, from below) white: the light within a few pixels, less the minimum, is made as much in each
 * input as in the first. Null where an input has none there.
 */
export const balanceByPlace = (
  { columns, rows, planes }: PlanesOnGrid,
  { inputs, luminance }: Pick<CompositeLook, 'inputs' | 'luminance'>,
  place: { readonly x: number; readonly y: number },
): number[] | null => {
  const [cx, cy] = [Math.round(place.x * columns - 0.5), Math.round(place.y * rows - 0.5)]
  const sums = planes.map((plane, index) => {
    let sum = 0
    for (let y = Math.max(0, cy - RADIUS); y <= Math.min(rows - 1, cy + RADIUS); y++)
      for (let x = Math.max(0, cx - RADIUS); x <= Math.min(columns - 1, cx + RADIUS); x++) {
        const value = plane[y * columns + x]! - inputs[index]!.minimum
        if ((x - cx) ** 2 + (y - cy) ** 2 <= RADIUS * RADIUS && value - value === 0) sum += value
      }
    return sum
  })
  const [first = 0] = sums
  if (!sums.every((sum) => sum > 0)) return null
  return sums.map((sum, index) =>
    index === luminance ? inputs[index]!.gain : (inputs[0]!.gain * first) / sum,
  )
}
