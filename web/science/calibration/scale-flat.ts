import type { Image } from '../../core/image'
import { medianInPlace } from '../math/median'

/** A rectangle of pixels: x and y of its first pixel and its size. */
export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A relative response at or below this is no response: such a pixel gets no value instead of an enormous one. */
export const LEAST_FLAT = Math.fround(0.05)

/** The middle of a frame, `part` of its width and height (0 < part <= 1): where vignetting is least. */
export const centralRegion = (width: number, height: number, part = 0.5): Region => {
  const inner = {
    width: Math.max(1, Math.round(width * part)),
    height: Math.max(1, Math.round(height * part)),
  }
  return { x: (width - inner.width) >> 1, y: (height - inner.height) >> 1, ...inner }
}

/** A copy of the pixels of a region, which is cut to the frame; of all pixels without one. */
export const regionValues = (image: Image, region?: Region): Float32Array => {
  if (region === undefined) return image.data.slice()
  const left = Math.max(0, Math.floor(region.x))
  const right = Math.min(image.width, Math.floor(region.x + region.width))
  const top = Math.max(0, Math.floor(region.y))
  const bottom = Math.min(image.height, Math.floor(region.y + region.height))
  if (right <= left || bottom <= top) return new Float32Array(0)
  const values = new Float32Array((right - left) * (bottom - top))
  for (let y = top, at = 0; y < bottom; y++, at += right - left) {
    values.set(image.data.subarray(y * image.width + left, y * image.width + right), at)
  }
  return values
}

/** Median of the pixels of a region, NaN left out; NaN when it holds no value. The region is cut to the frame. */
export const regionMedian = (image: Image, region?: Region): number =>
  medianInPlace(regionValues(image, region))

/**
 * What a single flat (bias and dark already taken off) must be multiplied with before flats of one twilight are combined:
 * 1 / median. Null for a frame without light (median not above zero, or no value at all), which must be left out.
 */
export const flatScale = (image: Image, region?: Region): number | null => {
  const level = regionMedian(image, region)
  return level > 0 && Number.isFinite(level) ? 1 / level : null
}

export interface NormalisedFlat {
  /** Relative response, median 1 over the region; NaN where there is none. */
  readonly image: Image
  /** Same relative unit; null when no uncertainty was given. */
  readonly uncertainty: Image | null
  /** The level that was divided out, in the unit that came in. */
  readonly level: number
  /** Pixels that were set to NaN: response at or below LEAST_FLAT, or no value to begin with. */
  readonly withoutResponse: number
}

/** Divides a combined flat by its median, so that dividing by it keeps counts. Null when the flat has no light. */
export const normaliseFlat = (
  image: Image,
  uncertainty: Image | null = null,
  region?: Region,
): NormalisedFlat | null => {
  const level = regionMedian(image, region)
  if (!(level > 0) || !Number.isFinite(level)) return null
  const data = image.data.slice()
  const errors = uncertainty === null ? null : uncertainty.data.slice()
  const withoutResponse = divideByLevel(data, errors, level)
  const { width, height } = image
  return {
    image: { width, height, data },
    uncertainty: errors === null ? null : { width, height, data: errors },
    level,
    withoutResponse,
  }
}

/** In place: counts become relative response; NaN where there is none. Gives the number of pixels without response. */
export const divideByLevel = (
  data: Float32Array,
  uncertainty: Float32Array | null,
  level: number,
): number => {
  let withoutResponse = 0
  for (let i = 0; i < data.length; i++) {
    const response = data[i]! / level
    const usable = response > LEAST_FLAT && Number.isFinite(response)
    if (!usable) withoutResponse++
    data[i] = usable ? response : Number.NaN
    if (uncertainty !== null) uncertainty[i] = usable ? uncertainty[i]! / level : Number.NaN
  }
  return withoutResponse
}
