import type { Image } from '../../core/image'
import { FWHM_PER_SIGMA } from './star'

export interface MatchedFilter {
  /** One half of the separable kernel, centre first; the whole 2-D kernel sums to 1. */
  readonly weights: Float64Array
  /** Square root of the sum of the squared 2-D kernel: noise of the filtered plane over noise of a pixel. */
  readonly noiseFactor: number
}

/** A Gaussian of this width (pixels), cut at 3 sigma. For a Gaussian star in white noise it is the best linear detector. */
export const createMatchedFilter = (fwhm: number): MatchedFilter => {
  const sigma = fwhm / FWHM_PER_SIGMA
  const reach = Math.max(2, Math.ceil(3 * sigma))
  const weights = Float64Array.from({ length: reach + 1 }, (_, i) => Math.exp(-0.5 * (i / sigma) ** 2))
  const total = weights.reduce((sum, weight, i) => sum + (i === 0 ? weight : 2 * weight), 0)
  const normalised = weights.map((weight) => weight / total)
  const squares = normalised.reduce((sum, weight, i) => sum + (i === 0 ? 1 : 2) * weight * weight, 0)
  return { weights: normalised, noiseFactor: squares }
}

/** Separable convolution; beyond the edge the sky is 0. Returns a new plane of width x height. */
export const applyMatchedFilter = (
  { data: plane, width, height }: Image,
  weights: Float64Array,
): Float32Array => {
  const reach = weights.length - 1
  const centre = weights[0]!
  const rows = new Float32Array(width * height)
  const padded = new Float64Array(width + 2 * reach)
  for (let y = 0; y < height; y++) {
    const at = y * width
    for (let x = 0; x < width; x++) padded[x + reach] = plane[at + x]!
    for (let x = 0; x < width; x++) {
      let sum = centre * padded[x + reach]!
      for (let i = 1; i <= reach; i++) sum += weights[i]! * (padded[x + reach - i]! + padded[x + reach + i]!)
      rows[at + x] = sum
    }
  }
  // The same down the columns, a whole row at a time, so that memory is read in its order.
  const filtered = new Float32Array(width * height)
  const sky = new Float32Array(width)
  const rowAt = (y: number): Float32Array =>
    y < 0 || y >= height ? sky : rows.subarray(y * width, (y + 1) * width)
  const sums = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    const middle = rowAt(y)
    for (let x = 0; x < width; x++) sums[x] = centre * middle[x]!
    for (let i = 1; i <= reach; i++) {
      const weight = weights[i]!
      const above = rowAt(y - i)
      const below = rowAt(y + i)
      for (let x = 0; x < width; x++) sums[x] = sums[x]! + weight * (above[x]! + below[x]!)
    }
    filtered.set(sums, y * width)
  }
  return filtered
}
