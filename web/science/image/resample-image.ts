import { createImage, type Image } from '../../core/image'
import type { Transform } from '../../core/transform'
import { LANCZOS_PHASES, LANCZOS_TAPS, lanczosWeights } from './lanczos-weights'
import type { PixelWindow } from './pixel-window'

export type ResampleMethod = 'nearest' | 'bilinear' | 'lanczos3'

export interface ResampleTarget {
  /** Pixels of the picture to make. */
  readonly width: number
  readonly height: number
  readonly method: ResampleMethod
}

type Sample = (image: Image, x: number, y: number) => number

const sampleNearest: Sample = ({ width, height, data }, x, y) => {
  const column = Math.round(x)
  const row = Math.round(y)
  // Also false for a position that is not a number.
  return column >= 0 && row >= 0 && column < width && row < height ? data[row * width + column]! : NaN
}

/** NaN as soon as one of the four pixels has no value or lies outside. */
const sampleBilinear: Sample = ({ width, height, data }, x, y) => {
  const column = Math.min(Math.floor(x), width - 2)
  const row = Math.min(Math.floor(y), height - 2)
  if (!(column >= 0 && row >= 0 && x <= width - 1 && y <= height - 1)) return NaN
  const [right, down] = [x - column, y - row]
  const at = row * width + column
  return (
    (1 - down) * ((1 - right) * data[at]! + right * data[at + 1]!) +
    down * ((1 - right) * data[at + width]! + right * data[at + width + 1]!)
  )
}

/** NaN where any of the 6 x 6 pixels has no value or lies outside: a half-known sum would be a wrong flux. */
const sampleLanczos: Sample = ({ width, height, data }, x, y) => {
  const weights = lanczosWeights()
  const column = Math.floor(x) - 2
  const row = Math.floor(y) - 2
  if (!(column >= 0 && row >= 0 && column + LANCZOS_TAPS <= width && row + LANCZOS_TAPS <= height)) return NaN
  const across = Math.round((x - column - 2) * LANCZOS_PHASES) * LANCZOS_TAPS
  const along = Math.round((y - row - 2) * LANCZOS_PHASES) * LANCZOS_TAPS
  let total = 0
  for (let v = 0; v < LANCZOS_TAPS; v++) {
    const at = (row + v) * width + column
    let line = 0
    for (let u = 0; u < LANCZOS_TAPS; u++) line += weights[across + u]! * data[at + u]!
    total += weights[along + v]! * line
  }
  return total
}

const SAMPLERS: Record<ResampleMethod, Sample> = {
  nearest: sampleNearest,
  bilinear: sampleBilinear,
  lanczos3: sampleLanczos,
}

export interface WindowToResample {
  readonly method: ResampleMethod
  /** Maps positions on the wanted grid to positions on the source frame. */
  readonly transform: Transform
  /** Which part of the source frame `data` is; outside of it there is no value. */
  readonly source: PixelWindow
  /** Which part of the wanted grid is made. */
  readonly target: PixelWindow
}

/**
 * Part of a wanted grid from part of a source frame: pixel (x, y) is the value at transform(x, y), or at the position that `map`
 * gives for it (x and y on the source frame for each pixel of the target, row by row). Positions are worked out from the pixel
 * itself in f64, never summed up along a row, so that a picture made in tiles is that made whole, bit for bit.
 */
export const resampleWindow = (
  { method, transform, source, target }: WindowToResample,
  data: Float32Array,
  output: Float32Array,
  map?: Float64Array,
): void => {
  const sample = SAMPLERS[method]
  const image: Image = { width: source.width, height: source.height, data }
  const { a, b, c, d, e, f } = transform
  for (let row = 0, at = 0; row < target.height; row++) {
    const y = target.top + row
    const startX = b * y + c
    const startY = e * y + f
    for (let column = 0; column < target.width; column++, at++) {
      const x = target.left + column
      const sourceX = map === undefined ? a * x + startX : map[2 * at]!
      const sourceY = map === undefined ? d * x + startY : map[2 * at + 1]!
      output[at] = sample(image, sourceX - source.left, sourceY - source.top)
    }
  }
}

/**
 * The image on another pixel grid: pixel (x, y) of the result is the value at transform(x, y) of the image, so `transform` maps
 * the wanted grid (the reference) to the image. Pixels without a value are NaN. Lanczos-3 after Turkowski 1990, "Filters for
 * common resampling tasks", weights normalised. Values are per pixel of the source: a change of scale is not corrected for.
 */
export const resampleImage = (image: Image, transform: Transform, target: ResampleTarget): Image => {
  const result = createImage(target.width, target.height)
  const { width, height, method } = target
  resampleWindow(
    {
      method,
      transform,
      source: { left: 0, top: 0, width: image.width, height: image.height },
      target: { left: 0, top: 0, width, height },
    },
    image.data,
    result.data,
  )
  return result
}
