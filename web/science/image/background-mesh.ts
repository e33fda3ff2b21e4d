import { createImage, type Image } from '../../core/image'
import { median } from '../math/median'
import { sigmaClip } from '../math/sigma-clip'
import { splineRow } from './natural-spline'

export interface BackgroundOptions {
  /** Side of a box, pixels: several times the largest thing that is not background. */
  readonly box: number
  /** Boxes across the median filter, odd; 1 for none. Default 3. */
  readonly filter?: number
  readonly estimator?: 'sextractor' | 'median'
  /** Default 3. */
  readonly sigma?: number
  /** A box needs this share of its pixels finite and unclipped; default 0.5. */
  readonly leastShare?: number
}

/** Background and its noise on a coarse grid, row-major; both finite unless the whole image is without a value. */
export interface BackgroundGrid {
  readonly columns: number
  readonly rows: number
  /** Of the image. */
  readonly width: number
  readonly height: number
  readonly level: Float64Array
  readonly rms: Float64Array
}

const ROUNDS = 10

/**
 * Background in boxes as SExtractor (Bertin & Arnouts 1996, section 3) and photutils.Background2D find it: sigma-clip each
 * box about its median, take the mode 2.5 median - 1.5 mean (the median where they differ by 0.3 sigma or more, the mean
 * where nothing scatters) and the standard deviation of what is left, then a median filter over boxes. Boxes without enough
 * pixels take the mean of their known neighbours. A frame that the box does not divide gets boxes of nearly that size.
 */
export const estimateBackgroundMesh = (image: Image, options: BackgroundOptions): BackgroundGrid => {
  const { box, filter = 3, estimator = 'sextractor', sigma = 3, leastShare = 0.5 } = options
  const columns = Math.max(1, Math.round(image.width / box))
  const rows = Math.max(1, Math.round(image.height / box))
  const level = new Float64Array(columns * rows).fill(Number.NaN)
  const rms = new Float64Array(columns * rows).fill(Number.NaN)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const pixels = gatherBox(image, { columns, rows, column, row })
      const clipped = sigmaClip(pixels, { low: sigma, high: sigma, iterations: ROUNDS })
      if (clipped.count < 1 || clipped.count < leastShare * pixels.length) continue
      level[row * columns + column] = estimator === 'median' ? clipped.median : estimateMode(clipped)
      rms[row * columns + column] = clipped.deviation
    }
  }
  const size = { columns, rows }
  return {
    ...size,
    width: image.width,
    height: image.height,
    level: filterMedian(fillGaps(level, size), size, filter),
    rms: filterMedian(fillGaps(rms, size), size, filter),
  }
}

/**
 * The grid spread over the image: natural cubic splines through the centres of the boxes (as SExtractor), or straight lines;
 * both go on as straight lines from the outermost centres to the edge.
 */
export const interpolateBackground = (
  grid: BackgroundGrid,
  plane: 'level' | 'rms' = 'level',
  method: 'bicubic' | 'bilinear' = 'bicubic',
): Image => {
  const { columns, rows, width, height } = grid
  const result = createImage(width, height)
  const tall = new Float64Array(columns * height)
  const knots = new Float64Array(rows)
  const column = new Float64Array(height)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) knots[j] = grid[plane][j * columns + i]!
    splineRow(knots, column, method)
    for (let y = 0; y < height; y++) tall[y * columns + i] = column[y]!
  }
  const row = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    splineRow(tall.subarray(y * columns, (y + 1) * columns), row, method)
    result.data.set(row, y * width)
  }
  return result
}

interface GridSize {
  readonly columns: number
  readonly rows: number
}

const gatherBox = (
  image: Image,
  at: GridSize & { readonly column: number; readonly row: number },
): Float32Array => {
  const left = Math.round((at.column * image.width) / at.columns)
  const right = Math.round(((at.column + 1) * image.width) / at.columns)
  const top = Math.round((at.row * image.height) / at.rows)
  const bottom = Math.round(((at.row + 1) * image.height) / at.rows)
  const pixels = new Float32Array((right - left) * (bottom - top))
  for (let y = top; y < bottom; y++) {
    pixels.set(
      image.data.subarray(y * image.width + left, y * image.width + right),
      (y - top) * (right - left),
    )
  }
  return pixels
}

const estimateMode = (box: {
  readonly mean: number
  readonly median: number
  readonly deviation: number
}): number => {
  if (box.deviation === 0) return box.mean
  const crowded = Math.abs(box.mean - box.median) / box.deviation >= 0.3
  return crowded ? box.median : 2.5 * box.median - 1.5 * box.mean
}

const neighbours = (
  values: Float64Array,
  { columns, rows }: GridSize,
  at: number,
  reach: number,
): number[] => {
  const column = at % columns
  const row = (at - column) / columns
  const found: number[] = []
  for (let j = Math.max(0, row - reach); j <= Math.min(rows - 1, row + reach); j++) {
    for (let i = Math.max(0, column - reach); i <= Math.min(columns - 1, column + reach); i++) {
      const value = values[j * columns + i]!
      if (!Number.isNaN(value)) found.push(value)
    }
  }
  return found
}

/** Ring by ring from what is known; a grid that knows nothing stays NaN. */
const fillGaps = (values: Float64Array, size: GridSize): Float64Array => {
  let known = values
  while (known.some(Number.isNaN)) {
    const before = known
    known = before.map((value, at) => {
      if (!Number.isNaN(value)) return value
      const near = neighbours(before, size, at, 1)
      return near.reduce((total, one) => total + one, 0) / near.length
    })
    if (known.every(Number.isNaN)) return known
  }
  return known
}

const filterMedian = (values: Float64Array, size: GridSize, filter: number): Float64Array => {
  const reach = Math.floor(filter / 2)
  return reach < 1 ? values : values.map((_, at) => median(neighbours(values, size, at, reach)))
}
