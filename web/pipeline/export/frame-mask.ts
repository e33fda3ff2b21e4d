import { MASK_BITS, maskValue } from '../../core/pixel-mask'
import type { CardToFormat } from '../../science/fits'

/** Each bit by its number and its meaning, so that nobody has to guess. */
export const listMaskCards = (): CardToFormat[] => [
  { keyword: 'COMMENT', value: null, comment: 'Bits of a pixel, by number from 0; a pixel of 0 is good.' },
  ...MASK_BITS.map(({ bit, keyword, text }) => ({ keyword, value: bit, comment: text })),
]

export interface MaskSources {
  readonly data: Float32Array
  /** On the same grid. */
  readonly raw?: Float32Array | undefined
  /** Level of the raw pixels. */
  readonly saturation?: number | null
  /** Before the masters, on the same grid, and the level up to which these are linear. */
  readonly corrected?: Float32Array | undefined
  readonly linearTo?: number | undefined
  /** Indices of pixels that a cosmic ray hit. */
  readonly hit?: Uint32Array | undefined
  /** Indices of bad pixels. */
  readonly bad?: Uint32Array | undefined
}

const NO_VALUE = maskValue('no-value')
const SATURATED = maskValue('saturated')
const COSMIC_RAY = maskValue('cosmic-ray')
const BAD = maskValue('bad-pixel')
const NOT_LINEAR = maskValue('not-linear')

export const makeMask = ({
  data,
  raw,
  saturation = null,
  corrected,
  linearTo = Infinity,
  hit,
  bad,
}: MaskSources): Uint8Array<ArrayBuffer> => {
  const mask = new Uint8Array(data.length)
  for (let index = 0; index < mask.length; index++) {
    if (Number.isNaN(data[index]!)) mask[index] = NO_VALUE
    if (raw !== undefined && saturation !== null && raw[index]! >= saturation) mask[index]! |= SATURATED
    if (corrected !== undefined && corrected[index]! > linearTo) mask[index]! |= NOT_LINEAR
  }
  for (const index of hit ?? []) if (index < mask.length) mask[index]! |= COSMIC_RAY
  for (const index of bad ?? []) if (index < mask.length) mask[index]! |= BAD
  return mask
}
