/** Rows top to bottom (exclusive). */
export interface RowRange {
  readonly top: number
  readonly bottom: number
}
