import type { Point } from '../../core/image'
import { sigmaClip } from '../math/sigma-clip'
import { type Pixels, asStamp } from './stamps'

export interface SkyOptions {
  /** Sigmas, 3 unless said, and rounds, 10 unless said. */
  readonly sigma?: number
  readonly iterations?: number
}

export interface Sky {
  /** Median of the pixels that were kept: the level to be taken off. NaN when there is none. */
  readonly level: number
  readonly mean: number
  /** Standard deviation of the pixels that were kept: the noise of one pixel of sky. */
  readonly sigma: number
  readonly count: number
  /** Pixels with a value that were thrown out, as stars or cosmic rays. */
  readonly rejected: number
}

/** Room that is used again and again: a night is hundreds of thousands of annuli. What is in it is good until the next call. */
let room = new Float64Array(4096)

const makeRoom = (length: number): Float64Array => {
  if (room.length < length) room = new Float64Array(length)
  return room
}

/** Values of the pixels whose centres lie at inner <= distance < outer and that have one; good until the next call. */
export const collectAnnulus = (
  pixels: Pixels,
  position: Point,
  annulus: readonly [number, number],
): Float64Array => {
  const { image, x0, y0 } = asStamp(pixels)
  const [inner, outer] = annulus
  const side = 2 * Math.ceil(outer) + 2
  const values = makeRoom(side * side)
  let count = 0
  const left = Math.max(x0, Math.ceil(position.x - outer))
  const right = Math.min(x0 + image.width - 1, Math.floor(position.x + outer))
  const top = Math.max(y0, Math.ceil(position.y - outer))
  const bottom = Math.min(y0 + image.height - 1, Math.floor(position.y + outer))
  for (let j = top; j <= bottom; j++) {
    for (let i = left; i <= right; i++) {
      const dx = i - position.x
      const dy = j - position.y
      const squared = dx * dx + dy * dy
      if (squared < inner * inner || squared >= outer * outer) continue
      const value = image.data[(j - y0) * image.width + i - x0]!
      if (value - value === 0) values[count++] = value
    }
  }
  return values.subarray(0, count)
}

/**
 * Level and noise of the sky around a star: sigma-clipped median of the pixels whose centres lie in the annulus
 * (photutils: ApertureStats with sum_method 'center' and SigmaClip(3, maxiters=10)). Radii in pixels.
 */
export const measureSkyAnnulus = (
  pixels: Pixels,
  position: Point,
  annulus: readonly [number, number],
  options: SkyOptions = {},
): Sky => {
  const { sigma = 3, iterations = 10 } = options
  const clipped = sigmaClip(collectAnnulus(pixels, position, annulus), {
    low: sigma,
    high: sigma,
    iterations,
  })
  return {
    level: clipped.median,
    mean: clipped.mean,
    sigma: clipped.deviation,
    count: clipped.count,
    rejected: clipped.rejected,
  }
}
