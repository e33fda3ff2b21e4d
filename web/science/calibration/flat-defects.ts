import type { Image } from '../../core/image'
import { filterRanks } from '../image/rank-filter'
import { percentile } from '../math/statistics'

export interface FlatDefectOptions {
  /** Sides of the box of the local median, pixels, odd; more than twice the width of what is bad. Default 7 x 7. */
  readonly median?: number
  /** Sides of the box of the local sigma, pixels, odd where it runs; of order 100 pixels or more in it. Default 15 x 15. */
  readonly spread?: number
  /** 'running': a sigma for each pixel, slow; 'blocks': one for each block, about ten times as fast. Default 'running', as ccdproc. */
  readonly sigmas?: 'running' | 'blocks'
  /** Sigmas below and above the local median; default 9. */
  readonly low?: number
  readonly high?: number
}

export interface FlatDefects {
  /** 0 good, LOW_PIXEL or HIGH_PIXEL; a pixel without a value is LOW_PIXEL. */
  readonly mask: Uint8Array
  /** Ratio less its local median. */
  readonly residual: Float32Array
  /** Local one sigma of the residual. */
  readonly sigma: Float32Array
}

export const LOW_PIXEL = 1
const HIGH_PIXEL = 2

/** 30.9 and 69.1 per cent: half a sigma each side of the middle, so that their difference is one sigma (and halved, as IRAF halves it, half of one). */
const LOWER = 30.9
const UPPER = 69.1

/**
 * Pixels of a ratio of two flats (or of one flat over its smooth shape) that stand out of their surroundings, by the rule of IRAF's ccdmask
 * as ccdproc.ccdmask has it: a running median is taken off, and what lies more than `low` or `high` times s below or above zero is bad, s half the
 * difference of the 69.1 and the 30.9 per cent points around the pixel. Half a Gaussian's sigma apart from the middle each, these make s half
 * a sigma, so that the 9 of the default are 4.5 sigma; that is kept, since masks are to be the same.
 *
 * Other than there: pixels that are not finite take no part in medians and percentiles, and stay bad also where blocks are used.
 */
export const findFlatDefects = (ratio: Image, options: FlatDefectOptions = {}): FlatDefects => {
  const { median = 7, spread = 15, sigmas = 'running', low = 9, high = 9 } = options
  const { width, height, data } = ratio
  const [middle] = filterRanks(ratio, { width: median, height: median }, [50])
  const residual = data.map((value, i) => value - middle![i]!)
  const image = { width, height, data: residual }
  const sigma = sigmas === 'running' ? runSigma(image, spread) : blockSigma(image, spread)
  const mask = residual.map((value, i) => {
    if (value - value !== 0) return LOW_PIXEL
    if (value < -low * sigma[i]!) return LOW_PIXEL
    return value > high * sigma[i]! ? HIGH_PIXEL : 0
  })
  return { mask: Uint8Array.from(mask), residual, sigma }
}

const runSigma = (residual: Image, spread: number): Float32Array => {
  const [lower, upper] = filterRanks(residual, { width: spread, height: spread }, [LOWER, UPPER])
  return upper!.map((value, i) => (value - lower![i]!) / 2)
}

const blockSigma = ({ width, height, data }: Image, spread: number): Float32Array => {
  const sigma = new Float32Array(data.length)
  for (let top = 0; top < height; top += spread) {
    for (let left = 0; left < width; left += spread) {
      const [right, bottom] = [Math.min(width, left + spread), Math.min(height, top + spread)]
      const values: number[] = []
      for (let y = top; y < bottom; y++) values.push(...data.subarray(y * width + left, y * width + right))
      const finite = values.filter(Number.isFinite)
      const half = (percentile(finite, UPPER) - percentile(finite, LOWER)) / 2
      for (let y = top; y < bottom; y++) sigma.fill(half, y * width + left, y * width + right)
    }
  }
  return sigma
}

/**
 * Marks the good pixels between two bad ones of a column where at most `most` of them lie between, in place, by the loop of ccdproc.ccdmask
 * (findbadcolumns=True, ngood=most): it does not begin at one of the last `most` + 1 lines. (Its documentation says fewer than ngood.)
 * A filled pixel gets the value of the bad one before it. Gives the number of pixels filled.
 */
export const closeColumnGaps = (mask: Uint8Array, width: number, most = 5): number => {
  const height = Math.floor(mask.length / width)
  let filled = 0
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height - most - 1; y++) {
      const kind = mask[y * width + x]!
      if (kind === 0) continue
      for (let end = y + most + 1; end >= y + 2; end--) {
        if (mask[end * width + x] === 0) continue
        for (let line = y + 1; line < end; line++) {
          if (mask[line * width + x] !== 0) continue
          mask[line * width + x] = kind
          filled++
        }
        break
      }
    }
  }
  return filled
}
