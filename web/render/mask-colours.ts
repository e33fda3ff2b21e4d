import { MASK_BITS, maskValue, type MaskBit } from '../core/pixel-mask'

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Colours that people with any colour vision tell apart (Okabe and Ito 2008, Color Universal Design). Where only red light is allowed they are
 * told apart by brightness, and by showing them one at a time.
 */
const COLOURS: Record<MaskBit, { readonly day: Rgb; readonly night: Rgb }> = {
  'cosmic-ray': { day: [86, 180, 233], night: [255, 138, 118] },
  saturated: { day: [230, 159, 0], night: [255, 84, 64] },
  'bad-pixel': { day: [0, 158, 115], night: [208, 44, 30] },
  'not-linear': { day: [240, 228, 66], night: [150, 26, 16] },
  'no-value': { day: [204, 121, 167], night: [104, 16, 10] },
}

/** Where a pixel has several flags, the first of these is seen. */
const FOREMOST: readonly MaskBit[] = ['cosmic-ray', 'saturated', 'bad-pixel', 'not-linear', 'no-value']

const ALPHA = 224

export const maskColour = (bit: MaskBit, night: boolean): string =>
  `rgb(${COLOURS[bit][night ? 'night' : 'day'].join(' ')})`

/** For each value of a mask pixel its colour as a 32-bit pixel of a canvas (little-endian red, green, blue, alpha); 0 where it is not shown. */
export const makeMaskTable = (shown: readonly MaskBit[], night: boolean): Uint32Array => {
  const table = new Uint32Array(256)
  const bits = FOREMOST.filter((bit) => shown.includes(bit))
  for (let value = 1; value < 256; value++) {
    const bit = bits.find((each) => (value & maskValue(each)) !== 0)
    if (bit === undefined) continue
    const [red, green, blue] = COLOURS[bit][night ? 'night' : 'day']
    table[value] = ((ALPHA << 24) | (blue << 16) | (green << 8) | red) >>> 0
  }
  return table
}

export const ALL_MASK_BITS: readonly MaskBit[] = MASK_BITS.map(({ name }) => name)
