import { formatCard, isLayoutCard, type CardToFormat } from '../../science/fits'
import { assembleHdu, padBlock } from '../../science/fits/assemble-hdu'

export type PackedBitpix = 8 | 16 | 32 | -32 | -64

export interface ConvertOptions {
  /** SHA-256 of the file as it came. */
  readonly sha256: string
  /** Bytes that the pixels may take. */
  readonly most: number
}

/** A picture of another format on its way into a FITS file: planes of samples one after the other, little-endian or not. */
export interface ForeignImage {
  /** NAXIS1 first. */
  readonly axes: readonly number[]
  readonly bitpix: PackedBitpix
  /** Unsigned integers of more than 8 bits, which FITS keeps less an offset. */
  readonly unsigned: boolean
  readonly samples: Uint8Array
  readonly littleEndian: boolean
  readonly cards: readonly CardToFormat[]
}

/** Samples as FITS has them: big-endian, unsigned ones with their highest bit flipped, padded to whole blocks. Pixels are not changed. */
const packSamples = ({ samples, bitpix, unsigned, littleEndian }: ForeignImage): Uint8Array => {
  const size = Math.abs(bitpix) / 8
  const data = new Uint8Array(padBlock(samples.length))
  if (size === 1 || !littleEndian) data.set(samples)
  else
    for (let at = 0; at + size <= samples.length; at += size)
      for (let byte = 0; byte < size; byte++) data[at + byte] = samples[at + size - 1 - byte]!
  if (unsigned && size > 1) for (let at = 0; at < samples.length; at += size) data[at]! ^= 0x80
  return data
}

const layoutCards = (image: ForeignImage, primary: boolean): CardToFormat[] => [
  primary
    ? { keyword: 'SIMPLE', value: true, comment: 'conforms to FITS standard' }
    : { keyword: 'XTENSION', value: 'IMAGE', comment: 'image extension' },
  { keyword: 'BITPIX', value: image.bitpix },
  { keyword: 'NAXIS', value: image.axes.length },
  ...image.axes.map((axis, index) => ({ keyword: `NAXIS${index + 1}`, value: axis })),
  ...(primary
    ? [{ keyword: 'EXTEND', value: true }]
    : [
        { keyword: 'PCOUNT', value: 0 },
        { keyword: 'GCOUNT', value: 1 },
      ]),
  ...(image.unsigned && image.bitpix > 8
    ? [
        { keyword: 'BZERO', value: 2 ** (image.bitpix - 1) },
        { keyword: 'BSCALE', value: 1 },
      ]
    : []),
]

/** A FITS file of these pictures, the first one in the primary HDU. The same pictures always give the same bytes. */
export const packFits = (images: readonly ForeignImage[]): Uint8Array<ArrayBuffer> => {
  const parts = images.flatMap((image, index) => {
    const own = image.cards.filter((card) => !isLayoutCard(card))
    return assembleHdu([...layoutCards(image, index === 0), ...own].map(formatCard), packSamples(image))
  })
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** What all converted files say of where they come from. */
export const originCards = (format: string, sha256: string): CardToFormat[] => [
  { keyword: 'ORIGFMT', value: format, comment: 'format of the original file' },
  { keyword: 'ORIGSHA', value: sha256, comment: '' },
  { keyword: 'ROWORDER', value: 'TOP-DOWN', comment: 'the first row is the top one' },
  {
    keyword: 'HISTORY',
    value: null,
    comment: `Converted from ${format}; the pixels are as they were. ORIGSHA is the original's SHA-256.`,
  },
]

/** Cards without those whose keyword another list has already. */
export const addMissing = (
  cards: readonly CardToFormat[],
  more: readonly (CardToFormat | null)[],
): CardToFormat[] => {
  const keywords = new Set(cards.map(({ keyword }) => keyword))
  return [
    ...cards,
    ...(more.filter((card) => card !== null && !keywords.has(card.keyword)) as CardToFormat[]),
  ]
}
