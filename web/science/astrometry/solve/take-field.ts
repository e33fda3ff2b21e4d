import type { FieldToSolve } from './solve-types'

/** The stars of a frame as the search sees them: pixels from the middle, brightest first. */
export interface Field {
  readonly u: Float64Array
  readonly v: Float64Array
  /** Magnitudes of any zero point. */
  readonly magnitude: Float64Array
  readonly width: number
  readonly height: number
  /** Standard error of a star's distance from its place in the catalogue, pixels. */
  readonly error: number
}

/** Stars that may be used, brightest first, and the place of each in the list that was given. */
export const takeField = (frame: FieldToSolve, error: number): { field: Field; order: Int32Array } => {
  const usable = [...frame.stars.keys()].filter((index) => {
    const { x, y, flux } = frame.stars[index]!
    return Number.isFinite(x) && Number.isFinite(y) && flux > 0 && Number.isFinite(flux)
  })
  const order = Int32Array.from(usable).sort((a, b) => frame.stars[b]!.flux - frame.stars[a]!.flux || a - b)
  return {
    order,
    field: {
      u: Float64Array.from(order, (index) => frame.stars[index]!.x - (frame.width - 1) / 2),
      v: Float64Array.from(order, (index) => frame.stars[index]!.y - (frame.height - 1) / 2),
      magnitude: Float64Array.from(order, (index) => -2.5 * Math.log10(frame.stars[index]!.flux)),
      width: frame.width,
      height: frame.height,
      error,
    },
  }
}
