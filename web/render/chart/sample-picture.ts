import type { Image } from '../../core/image'
import type { DisplaySettings } from '../image-renderer'
import { applyStretch, placeBetweenCuts } from '../stretch'
import { backToFrame, type ChartPlace } from './place-chart'

/** 8-bit grey, row by row from the top. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

export interface Sampling {
  /** Pixels of the picture for one unit of the page. */
  readonly fineness: number
  /** Black stars on white, which print and photocopy well. */
  readonly invert: boolean
}

/** The part of a frame that a chart shows, turned as it lies there: bilinear between pixels, the paper's colour where the frame ends or has no value. */
export const samplePicture = (
  image: Image,
  placed: ChartPlace,
  { stretch, low, high }: Pick<DisplaySettings, 'stretch' | 'low' | 'high'>,
  { fineness, invert }: Sampling,
): GreyPicture => {
  const { picture } = placed
  const width = Math.max(1, Math.round((picture.right - picture.left) * fineness))
  const height = Math.max(1, Math.round((picture.bottom - picture.top) * fineness))
  const grey = new Uint8Array(width * height)
  const back = backToFrame(placed)
  const { data } = image
  const empty = invert ? 255 : 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const pageX = picture.left + (column + 0.5) / fineness
      const pageY = picture.top + (row + 0.5) / fineness
      const x = back.a * pageX + back.b * pageY + back.c
      const y = back.d * pageX + back.e * pageY + back.f
      const value = readBetween(data, image, x, y)
      const at = row * width + column
      if (Number.isNaN(value)) grey[at] = empty
      else {
        const level = Math.round(255 * applyStretch(stretch, placeBetweenCuts(value, low, high)))
        grey[at] = invert ? 255 - level : level
      }
    }
  }
  return { width, height, grey }
}

/** Between the four nearest pixels; of the nearest alone at the edges and where one of them has no value. */
const readBetween = (
  data: Image['data'],
  { width, height }: Pick<Image, 'width' | 'height'>,
  x: number,
  y: number,
): number => {
  if (!(x >= -0.5 && y >= -0.5 && x < width - 0.5 && y < height - 0.5)) return Number.NaN
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const nearest = data[Math.round(y) * width + Math.round(x)]!
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return nearest
  const [u, v] = [x - left, y - top]
  const at = top * width + left
  const value =
    (1 - v) * ((1 - u) * data[at]! + u * data[at + 1]!) +
    v * ((1 - u) * data[at + width]! + u * data[at + width + 1]!)
  return Number.isNaN(value) ? nearest : value
}
