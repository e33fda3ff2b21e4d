import { AsterismError } from '../../core/errors'
import type { Image } from '../../core/image'
import { BAD_PIXEL_KINDS, type BadPixelFacts } from '../../core/master'
import { estimateBackgroundMesh, interpolateBackground } from '../image/background-mesh'
import { findBadColumns, type BadColumnOptions } from './bad-columns'
import { findBadPixels } from './bad-pixels'
import { closeColumnGaps, findFlatDefects, LOW_PIXEL, type FlatDefectOptions } from './flat-defects'

export interface BadPixelSources {
  /** Master dark: where its pixels stand out they are hot. */
  readonly dark?: Image | undefined
  /** A flat; its low pixels are cold (dead, or under dust) and its high ones bright. */
  readonly flat?: Image | undefined
  /** Another flat of the same filter at another level: the ratio then tells what is not linear, and dust drops out. */
  readonly otherFlat?: Image | undefined
}

export interface BadPixelMapOptions extends FlatDefectOptions, BadColumnOptions {
  /** Sigmas above its surroundings that a pixel of the dark is hot; default 7. */
  readonly hot?: number
  /** Look for bad columns; default true. */
  readonly columns?: boolean
}

export interface BadPixelMap {
  readonly width: number
  readonly height: number
  /** Sums of BAD_PIXEL_KINDS. */
  readonly mask: Uint8Array
  /** Pixels of each kind, and of any. */
  readonly counts: BadPixelFacts['counts']
}

/** Side of the boxes whose medians carry the smooth shape of a single flat: wide enough for a bad cluster, narrow against vignetting. */
const SHAPE_BOX = 32

/**
 * Bad pixels of a camera from what calibration frames there are: hot ones from a dark (findBadPixels), cold and bright ones from the ratio of two flats or
 * from one flat over its smooth shape (findFlatDefects, the rule of ccdproc.ccdmask), with gaps of columns closed and runs of
 * columns that are off together (findBadColumns). Throws 'shape-mismatch' when the frames differ in size and 'bad-order' without any.
 */
export const makeBadPixelMap = (
  { dark, flat, otherFlat }: BadPixelSources,
  options: BadPixelMapOptions = {},
): BadPixelMap => {
  const first = dark ?? flat
  if (first === undefined) throw new AsterismError('bad-order', 'A bad-pixel map needs a dark or a flat.')
  const { width, height } = first
  for (const image of [dark, flat, otherFlat]) {
    if (image === undefined || (image.width === width && image.height === height)) continue
    throw new AsterismError(
      'shape-mismatch',
      `The bad-pixel map is ${width} x ${height} pixels and one of its frames ${image.width} x ${image.height}.`,
      { width: image.width, height: image.height, expectedWidth: width, expectedHeight: height },
    )
  }
  const mask = new Uint8Array(width * height)
  const mark = (pixels: Iterable<number>, kind: number): void => {
    for (const pixel of pixels) mask[pixel] = mask[pixel]! | kind
  }
  if (dark !== undefined) mark(findBadPixels(dark, { high: options.hot ?? 7 }).hot, BAD_PIXEL_KINDS.hot)
  if (flat !== undefined) markFlatDefects(relativeFlat(flat, otherFlat), options, mark)
  return { width, height, mask, counts: countBadPixels(mask) }
}

const relativeFlat = (flat: Image, otherFlat: Image | undefined): Image => {
  // A median over neighbouring boxes would flatten the slope at the edges, and there good pixels would look bad.
  const findShape = (): Image =>
    interpolateBackground(estimateBackgroundMesh(flat, { box: SHAPE_BOX, filter: 1, estimator: 'median' }))
  const shape = (otherFlat ?? findShape()).data
  return { ...flat, data: flat.data.map((value, i) => (shape[i]! > 0 ? value / shape[i]! : Number.NaN)) }
}

const markFlatDefects = (
  ratio: Image,
  options: BadPixelMapOptions,
  mark: (pixels: Iterable<number>, kind: number) => void,
): void => {
  const defects = findFlatDefects(ratio, options)
  const alone = defects.mask.slice()
  if (options.columns ?? true) {
    closeColumnGaps(defects.mask, ratio.width)
    mark(findBadColumns(defects, ratio.width, options), BAD_PIXEL_KINDS.column)
  }
  defects.mask.forEach((kind, pixel) => {
    if (kind === 0) return
    if (alone[pixel] === 0) mark([pixel], BAD_PIXEL_KINDS.column)
    else mark([pixel], kind === LOW_PIXEL ? BAD_PIXEL_KINDS.cold : BAD_PIXEL_KINDS.bright)
  })
}

/** Pixels of each kind, and of any, in the values of a map. */
export const countBadPixels = (mask: ArrayLike<number>): BadPixelFacts['counts'] => {
  const counts = { hot: 0, cold: 0, bright: 0, column: 0, person: 0, any: 0 }
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const value = mask[pixel]!
    if (value === 0) continue
    counts.any++
    for (const kind of ['hot', 'cold', 'bright', 'column', 'person'] as const)
      if ((value & BAD_PIXEL_KINDS[kind]) !== 0) counts[kind]++
  }
  return counts
}
