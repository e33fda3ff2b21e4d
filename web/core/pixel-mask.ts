/**
 * What a bit of a mask pixel says; a pixel of 0 is good. `bit` is counted from 0, `keyword` is its card in an exported mask (the MP_
 * convention of large surveys), `text` the comment of that card.
 */
export const MASK_BITS = [
  {
    bit: 0,
    name: 'no-value',
    keyword: 'MP_NOVAL',
    text: 'no value: bad in a master, or outside the frame',
  },
  { bit: 1, name: 'saturated', keyword: 'MP_SAT', text: 'the raw pixel was saturated' },
  {
    bit: 2,
    name: 'cosmic-ray',
    keyword: 'MP_CR',
    text: 'a cosmic ray hit it; filled from its neighbours',
  },
  {
    bit: 3,
    name: 'bad-pixel',
    keyword: 'MP_BAD',
    text: 'hot, cold or dead by the bad-pixel map',
  },
  {
    bit: 4,
    name: 'not-linear',
    keyword: 'MP_NLIN',
    text: 'above the range of the linearity correction',
  },
] as const

export type MaskBit = (typeof MASK_BITS)[number]['name']

const VALUE_OF = new Map<string, number>(MASK_BITS.map(({ name, bit }) => [name, 1 << bit]))

/** The number that a mask pixel is or-ed with. */
export const maskValue = (name: MaskBit): number => VALUE_OF.get(name) ?? 0

/** The bits that are set in a mask pixel, by name. */
export const describeMask = (mask: number): MaskBit[] =>
  MASK_BITS.filter(({ bit }) => (mask & (1 << bit)) !== 0).map(({ name }) => name)
