import type { CellPlace } from '../../core/colour-channel'

export interface MosaicRows {
  /** Whole cells: an even number of rows, each `stride` pixels long. */
  readonly mosaic: Float32Array
  readonly stride: number
  /** Cells in a row: half the stride, rounded down. */
  readonly width: number
  /** Where the pixels of the wanted colour lie in each cell: one, or two for green. */
  readonly places: readonly CellPlace[]
  /** What stands for a cell with two pixels of the colour. */
  readonly two: 'mean' | 'greatest'
}

/**
 * The pixels of one colour of a mosaic, one for each cell of two by two: nothing is interpolated, so that photometry sees only what
 * was measured. Two pixels of a colour give their mean (f64, rounded once to f32), which is NaN when one of them is; or the greater.
 */
export const takeChannel = (
  { mosaic, stride, width, places, two }: MosaicRows,
  target: Float32Array,
): void => {
  const rows = mosaic.length / stride / 2
  const [first, second] = places.map(([column, row]) => row * stride + column)
  if (first === undefined) return
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < width; x++) {
      const cell = 2 * y * stride + 2 * x
      const one = mosaic[cell + first]!
      const other = second === undefined ? one : mosaic[cell + second]!
      target[y * width + x] = two === 'mean' ? (one + other) / 2 : Math.max(one, other)
    }
  }
}
