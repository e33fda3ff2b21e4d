import type { FrameFacts } from '../core/frame'
import { readNumber, type Header } from '../core/header'
import { parsePixelSection, type PixelSection } from '../core/pixel-section'
import { readFinite, type CardReader } from './read-values'

export type BayerPattern = NonNullable<FrameFacts['bayerPattern']>
export type RowOrder = NonNullable<FrameFacts['rowOrder']>

export const BAYER_PATTERNS = ['RGGB', 'BGGR', 'GRBG', 'GBRG'] as const satisfies readonly BayerPattern[]

/** Null too for what a camera without a colour mask writes: MONO, NONE, RGB. */
export const readBayerPattern: CardReader<BayerPattern> = (card) => {
  const text = String(card.value ?? '')
    .trim()
    .toUpperCase()
  return BAYER_PATTERNS.find((pattern) => pattern === text) ?? null
}

export const readRowOrder: CardReader<RowOrder> = (card) => {
  const text = String(card.value ?? '')
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return text === 'topdown' ? 'top-down' : text === 'bottomup' ? 'bottom-up' : null
}

export const readSection: CardReader<PixelSection> = (card) =>
  typeof card.value === 'string' ? parsePixelSection(card.value) : null

/**
 * ADU that were added. SBFITSEXT gives the number that is to be added to come to zero, so it is negative there; other programs give
 * what they added. Nobody ever takes a pedestal away from a frame that had none: the sign says nothing.
 */
export const readPedestal: CardReader<number> = (card) => {
  const pedestal = Math.abs(readFinite(card) ?? 0)
  return pedestal > 0 && pedestal <= 65_535 ? pedestal : null
}

/**
 * The pattern of the first stored pixels, from the pattern of the sensor and the offsets of the frame in it (XBAYROFF, YBAYROFF).
 */
export const placeBayerPattern = (header: Header, pattern: BayerPattern | null): BayerPattern | null => {
  if (pattern === null) return null
  const shifted = (keyword: string): boolean =>
    Math.abs(Math.round(readNumber(header, keyword) ?? 0)) % 2 === 1
  const [a, b, c, d] = shifted('XBAYROFF')
    ? [pattern[1], pattern[0], pattern[3], pattern[2]]
    : [pattern[0], pattern[1], pattern[2], pattern[3]]
  const placed = shifted('YBAYROFF') ? [c, d, a, b] : [a, b, c, d]
  return BAYER_PATTERNS.find((known) => known === placed.join('')) ?? null
}

/** A picture of three planes has been given its colours already. */
export const hasThreePlanes = (header: Header): boolean => readNumber(header, 'NAXIS3') === 3
