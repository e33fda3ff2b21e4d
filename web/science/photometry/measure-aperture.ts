import { flagBit } from '../../core/flags'
import type { Point } from '../../core/image'
import { overlapPixel } from './circular-overlap'
import { type Pixels, asStamp } from './stamps'

export interface ApertureSum {
  /** Sum of value times shared area, in the unit of the image; the sky is still in it. */
  readonly sum: number
  /** Square pixels that were summed: pi r^2 less what is off the frame or has no value. */
  readonly area: number
  /** Highest pixel that the aperture touches, sky included; NaN when there is none. */
  readonly peak: number
  /** Bits of core/flags.ts: edge, bad-pixel. */
  readonly flags: number
}

/** The same for many radii, one element each. */
export interface ApertureSums {
  readonly sums: Float64Array
  readonly areas: Float64Array
  readonly peaks: Float64Array
  readonly flags: Uint8Array
}

const EDGE = flagBit('edge')
const BAD_PIXEL = flagBit('bad-pixel')

/**
 * Exact circular apertures of many radii about one position, in one pass: a pixel that lies wholly inside a radius goes, by
 * its smallest such radius, into a running sum; only the pixels on a rim are cut. Radii in any order, pixels, > 0.
 * Pixels without a value are left out of sum and area and flagged: with the sky taken off by area, they count as sky.
 */
export const measureApertures = (pixels: Pixels, position: Point, radii: ArrayLike<number>): ApertureSums => {
  const { image, x0, y0, frameWidth, frameHeight } = asStamp(pixels)
  const count = radii.length
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => radii[a]! - radii[b]!)
  const sorted = Float64Array.from(order, (i) => radii[i]!)
  const squares = sorted.map((radius) => radius * radius)
  // Whole pixels, by the first radius that holds them; what rims add, for each radius alone.
  const wholeSum = new Float64Array(count + 1)
  const wholeArea = new Float64Array(count + 1)
  const rimSum = new Float64Array(count)
  const rimArea = new Float64Array(count)
  const peak = new Float64Array(count).fill(-Infinity)
  const flags = new Uint8Array(count)
  const largest = count === 0 ? 0 : sorted[count - 1]!
  const { x, y } = position
  for (let j = Math.ceil(y - largest - 0.5); j <= y + largest + 0.5; j++) {
    const dy = j - y
    for (let i = Math.ceil(x - largest - 0.5); i <= x + largest + 0.5; i++) {
      const dx = i - x
      const nearX = Math.max(0, Math.abs(dx) - 0.5)
      const nearY = Math.max(0, Math.abs(dy) - 0.5)
      const near = nearX * nearX + nearY * nearY
      if (near >= largest * largest) continue
      const farX = Math.abs(dx) + 0.5
      const farY = Math.abs(dy) + 0.5
      const far = farX * farX + farY * farY
      let first = 0
      while (first < count && squares[first]! <= near) first++
      const column = i - x0
      const row = j - y0
      const inside = column >= 0 && row >= 0 && column < image.width && row < image.height
      const value = inside ? image.data[row * image.width + column]! : NaN
      if (value - value !== 0) {
        const off = i < 0 || j < 0 || i >= frameWidth || j >= frameHeight
        const bit = off || !inside ? EDGE : BAD_PIXEL
        for (let r = first; r < count; r++) flags[r] = flags[r]! | bit
        continue
      }
      let r = first
      for (; r < count && squares[r]! < far; r++) {
        const share = overlapPixel(dx, dy, sorted[r]!)
        rimSum[r] = rimSum[r]! + share * value
        rimArea[r] = rimArea[r]! + share
        if (share > 0 && value > peak[r]!) peak[r] = value
      }
      wholeSum[r] = wholeSum[r]! + value
      wholeArea[r] = wholeArea[r]! + 1
      if (r < count && value > peak[r]!) peak[r] = value
    }
  }
  const result = {
    sums: new Float64Array(count),
    areas: new Float64Array(count),
    peaks: new Float64Array(count),
    flags: new Uint8Array(count),
  }
  let sum = 0
  let area = 0
  let highest = -Infinity
  for (let r = 0; r < count; r++) {
    sum += wholeSum[r]!
    area += wholeArea[r]!
    highest = Math.max(highest, peak[r]!)
    const to = order[r]!
    result.sums[to] = sum + rimSum[r]!
    result.areas[to] = area + rimArea[r]!
    result.peaks[to] = highest === -Infinity ? NaN : highest
    result.flags[to] = flags[r]!
  }
  return result
}

/** Highest pixel that each aperture touches; NaN where there is none. The same as `measureApertures` gives, without the areas. */
export const measurePeaks = (pixels: Pixels, { x, y }: Point, radii: ArrayLike<number>): Float64Array => {
  const { image, x0, y0 } = asStamp(pixels)
  const squares = Float64Array.from(radii, (radius) => radius * radius)
  const peaks = new Float64Array(radii.length).fill(Number.NEGATIVE_INFINITY)
  const largest = Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0))
  const top = Math.max(y0, Math.ceil(y - largest - 0.5))
  const bottom = Math.min(y0 + image.height - 1, y + largest + 0.5)
  const left = Math.max(x0, Math.ceil(x - largest - 0.5))
  const right = Math.min(x0 + image.width - 1, x + largest + 0.5)
  for (let j = top; j <= bottom; j++) {
    const nearY = Math.max(0, Math.abs(j - y) - 0.5)
    for (let i = left; i <= right; i++) {
      const nearX = Math.max(0, Math.abs(i - x) - 0.5)
      const near = nearX * nearX + nearY * nearY
      const value = image.data[(j - y0) * image.width + i - x0]!
      if (value - value !== 0) continue
      for (let r = 0; r < squares.length; r++) if (near < squares[r]! && value > peaks[r]!) peaks[r] = value
    }
  }
  return peaks.map((peak) => (peak === Number.NEGATIVE_INFINITY ? Number.NaN : peak))
}

/** One exact circular aperture. */
export const measureAperture = (pixels: Pixels, x: number, y: number, radius: number): ApertureSum => {
  const { sums, areas, peaks, flags } = measureApertures(pixels, { x, y }, [radius])
  return { sum: sums[0]!, area: areas[0]!, peak: peaks[0]!, flags: flags[0]! }
}
