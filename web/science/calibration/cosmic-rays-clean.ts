import type { Image } from '../../core/image'
import { lowerMedian } from './cosmic-rays-medians'

/**
 * What a cosmic ray's pixel becomes, from the 5 x 5 pixels about it: the mean or the median of those that are neither hit nor
 * untrusted, or the median of all of them as they were before anything was cleaned in this round.
 */
export const CLEAN_RULES = ['meanmask', 'medmask', 'median'] as const

export type CleanRule = (typeof CLEAN_RULES)[number]

/** Half width of the window. The outermost two pixels of the frame are not cleaned. */
const CLEAN_REACH = 2

export interface ToClean {
  /** All cosmic rays so far, and those of this round. */
  readonly hits: Uint8Array
  readonly found: Uint8Array
  readonly untrusted: Uint8Array
  /** For a pixel without any good one in its window. */
  readonly level: number
}

const round = Math.fround

/** Cleans the image in place. With a mask every hit is done anew, since fewer neighbours may be good than the round before. */
export const cleanHits = (
  image: Image,
  { hits, found, untrusted, level }: ToClean,
  rule: CleanRule,
): void => {
  const { width, height, data } = image
  const before = rule === 'median' ? data.slice() : data
  const wanted = rule === 'median' ? found : hits
  const window = new Float32Array((2 * CLEAN_REACH + 1) ** 2)
  for (let y = CLEAN_REACH; y < height - CLEAN_REACH; y++) {
    for (let x = CLEAN_REACH; x < width - CLEAN_REACH; x++) {
      if (wanted[y * width + x] === 0) continue
      let count = 0
      let sum = 0
      for (let dy = -CLEAN_REACH; dy <= CLEAN_REACH; dy++) {
        for (let dx = -CLEAN_REACH; dx <= CLEAN_REACH; dx++) {
          const at = (y + dy) * width + x + dx
          if (rule !== 'median' && (hits[at] !== 0 || untrusted[at] !== 0)) continue
          window[count++] = before[at]!
          sum = round(sum + before[at]!)
        }
      }
      const value = rule === 'meanmask' ? sum / count : lowerMedian(window, count)
      data[y * width + x] = count === 0 ? level : value
    }
  }
}
