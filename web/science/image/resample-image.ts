import { createImage, type Image } from '../../core/image'
import type { Transform } from '../../core/transform'

export interface ResampleTarget {
  /** Pixels of the picture to make. */
  readonly width: number
  readonly height: number
  readonly method: 'nearest' | 'bilinear' | 'lanczos3'
}

type Sample = (image: Image, x: number, y: number) => number

const sampleNearest: Sample = ({ width, height, data }, x, y) => {
  const column = Math.round(x)
  const row = Math.round(y)
  return column < 0 || row < 0 || column >= width || row >= height ? NaN : data[row * width + column]!
}

/** NaN as soon as one of the four pixels has no value or lies outside. */
const sampleBilinear: Sample = ({ width, height, data }, x, y) => {
  const column = Math.min(Math.floor(x), width - 2)
  const row = Math.min(Math.floor(y), height - 2)
  if (column < 0 || row < 0 || x > width - 1 || y > height - 1) return NaN
  const [right, down] = [x - column, y - row]
  const at = row * width + column
  return (
    (1 - down) * ((1 - right) * data[at]! + right * data[at + 1]!) +
    down * ((1 - right) * data[at + width]! + right * data[at + width + 1]!)
  )
}

const TAPS = 6
const HALF = 3
/** Weights are looked up for this many positions within a pixel; the nearest is off by 1/8192 pixel at most. */
const PHASES = 4096

const lanczos = (x: number): number => {
  if (x === 0) return 1
  if (Math.abs(x) >= HALF) return 0
  const angle = Math.PI * x
  return (HALF * Math.sin(angle) * Math.sin(angle / HALF)) / (angle * angle)
}

/** For each phase six weights that add to one: without that a constant picture would ripple by 1 %. */
const makeWeights = (): Float64Array => {
  const table = new Float64Array((PHASES + 1) * TAPS)
  for (let phase = 0; phase <= PHASES; phase++) {
    let sum = 0
    for (let tap = 0; tap < TAPS; tap++) sum += table[phase * TAPS + tap] = lanczos(tap - 2 - phase / PHASES)
    for (let tap = 0; tap < TAPS; tap++) table[phase * TAPS + tap]! /= sum
  }
  return table
}

let weights: Float64Array | null = null

/** NaN where any of the 6 x 6 pixels has no value or lies outside: a half-known sum would be a wrong flux. */
const sampleLanczos: Sample = ({ width, height, data }, x, y) => {
  weights ??= makeWeights()
  const column = Math.floor(x) - 2
  const row = Math.floor(y) - 2
  if (column < 0 || row < 0 || column + TAPS > width || row + TAPS > height) return NaN
  const across = Math.round((x - column - 2) * PHASES) * TAPS
  const along = Math.round((y - row - 2) * PHASES) * TAPS
  let total = 0
  for (let v = 0; v < TAPS; v++) {
    const at = (row + v) * width + column
    let line = 0
    for (let u = 0; u < TAPS; u++) line += weights[across + u]! * data[at + u]!
    total += weights[along + v]! * line
  }
  return total
}

const SAMPLERS: Record<ResampleTarget['method'], Sample> = {
  nearest: sampleNearest,
  bilinear: sampleBilinear,
  lanczos3: sampleLanczos,
}

/**
 * The image on another pixel grid: pixel (x, y) of the result is the value at transform(x, y) of the image, so `transform` maps
 * the wanted grid (the reference) to the image. Pixels without a value are NaN. Lanczos-3 after Turkowski 1990, "Filters for
 * common resampling tasks", weights normalised. Values are per pixel of the source: a change of scale is not corrected for.
 */
export const resampleImage = (image: Image, transform: Transform, target: ResampleTarget): Image => {
  const result = createImage(target.width, target.height)
  const sample = SAMPLERS[target.method]
  for (let y = 0; y < target.height; y++) {
    let sourceX = transform.b * y + transform.c
    let sourceY = transform.e * y + transform.f
    for (let x = 0; x < target.width; x++) {
      result.data[y * target.width + x] = sample(image, sourceX, sourceY)
      sourceX += transform.a
      sourceY += transform.d
    }
  }
  return result
}
