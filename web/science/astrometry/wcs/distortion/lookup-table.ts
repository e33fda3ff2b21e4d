import type { PixelPair } from '../pairs'
/** Corrections on a grid that is laid over the picture (FITS distortion paper draft, Calabretta et al. 2004, section 3.4). */
export interface LookupTable {
  readonly width: number
  readonly height: number
  /** Row by row, pixels (or the units of the axis that they are added to). */
  readonly values: Float32Array | Float64Array
  /** Of the table's own header: CRPIX counted from 0, CRVAL in coordinates counted from 0, CDELT. */
  readonly reference: readonly [number, number]
  readonly origin: readonly [number, number]
  readonly step: readonly [number, number]
}

/** Tables of corrections that are added to a pair of coordinates; null where an axis has none. */
export type LookupPair = PixelPair<LookupTable | null>

/**
 * Adds the table's value at (x, y), and its derivatives, to `out` at the three places named. Bilinear between the grid's points, and beyond
 * its edge what stands at the edge.
 */
export const addLookup = (
  table: LookupTable,
  x: number,
  y: number,
  out: Float64Array,
  [at, byX, byY]: readonly [number, number, number],
): void => {
  const { width, height, values, reference, origin, step } = table
  const column = (x - origin[0]) / step[0] + reference[0]
  const row = (y - origin[1]) / step[1] + reference[1]
  const c = Math.max(0, Math.min(width - 1, column))
  const r = Math.max(0, Math.min(height - 1, row))
  const left = Math.min(Math.floor(c), Math.max(0, width - 2))
  const low = Math.min(Math.floor(r), Math.max(0, height - 2))
  const [right, high] = [Math.min(left + 1, width - 1), Math.min(low + 1, height - 1)]
  const [fc, fr] = [c - left, r - low]
  const a = values[low * width + left]!
  const b = values[low * width + right]!
  const d = values[high * width + left]!
  const e = values[high * width + right]!
  out[at]! += (1 - fr) * (a + fc * (b - a)) + fr * (d + fc * (e - d))
  if (c === column) out[byX]! += ((1 - fr) * (b - a) + fr * (e - d)) / step[0]
  if (r === row) out[byY]! += ((1 - fc) * (d - a) + fc * (e - b)) / step[1]
}
