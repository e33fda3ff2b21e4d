import type { CardToFormat } from '../../science/fits'

/** What a bit of a mask pixel says; 0 is a good pixel. */
const MASK_BITS = [
  { bit: 0, name: 'MP_NOVAL', text: 'no value: bad in a master, or outside the frame' },
  { bit: 1, name: 'MP_SAT', text: 'the raw pixel was saturated' },
  { bit: 2, name: 'MP_CR', text: 'a cosmic ray hit it; filled from its neighbours' },
] as const

/** Each bit by its number and its meaning (the MP_ convention of large surveys), so that nobody has to guess. */
export const listMaskCards = (): CardToFormat[] => [
  { keyword: 'COMMENT', value: null, comment: 'Bits of a pixel, by number from 0; a pixel of 0 is good.' },
  ...MASK_BITS.map(({ bit, name, text }) => ({ keyword: name, value: bit, comment: text })),
]

export interface MaskSources {
  readonly data: Float32Array
  /** On the same grid. */
  readonly raw?: Float32Array | undefined
  /** Level of the raw pixels. */
  readonly saturation?: number | null
  /** Indices of pixels that were filled. */
  readonly filled?: Uint32Array | undefined
}

export const makeMask = ({ data, raw, saturation = null, filled }: MaskSources): Uint8Array => {
  const mask = new Uint8Array(data.length)
  for (let index = 0; index < mask.length; index++) {
    if (Number.isNaN(data[index]!)) mask[index] = 1
    if (raw !== undefined && saturation !== null && raw[index]! >= saturation) mask[index]! |= 2
  }
  for (const index of filled ?? []) if (index < mask.length) mask[index]! |= 4
  return mask
}
