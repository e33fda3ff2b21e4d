import { assembleHdu, formatCards, padBlock, type CardsToWrite } from './assemble-hdu'
import type { StoredImage } from './encode-pixels'
import { formatCard } from './format-card'

/** An image of a file, the first or any other. */
export interface ImageHdu extends CardsToWrite {
  readonly kind: 'image'
  readonly image: StoredImage
  /** EXTNAME; where it is absent, a kept card may still say it. */
  readonly name?: string
}

/** Cards that every header begins with: what it is, and the axes. */
export const formatLayout = (
  first: string,
  image: Pick<StoredImage, 'axes' | 'bitpix'>,
  more: readonly string[],
): string[] => {
  const comments = ['pixels in a row', 'rows', 'planes']
  return [
    first,
    formatCard({ keyword: 'BITPIX', value: image.bitpix, comment: 'bits of a stored value' }),
    formatCard({ keyword: 'NAXIS', value: image.axes.length, comment: 'number of axes' }),
    ...image.axes.map((side, axis) =>
      formatCard({ keyword: `NAXIS${axis + 1}`, value: side, comment: comments[axis] ?? '' }),
    ),
    ...more,
  ]
}

export const formatScaling = ({ bitpix, bzero, bscale, blank }: StoredImage): string[] => {
  const cards: string[] = []
  if (bzero !== 0 || bscale !== 1) {
    // Offsets that make unsigned integers are whole, and some readers take them for scaling when they are not.
    const floating = bitpix < 0 || bscale !== 1 || !Number.isInteger(bzero)
    cards.push(
      formatCard({ keyword: 'BZERO', value: bzero, floating, comment: 'value = BZERO + BSCALE * stored' }),
      formatCard({ keyword: 'BSCALE', value: bscale, floating }),
    )
  }
  // Floats have NaN for it, and the standard forbids BLANK there.
  if (blank !== null && bitpix > 0)
    cards.push(formatCard({ keyword: 'BLANK', value: blank, comment: 'stored where there is no value' }))
  return cards
}

const padData = ({ axes, bitpix, bytes }: StoredImage): Uint8Array => {
  const pixels = axes.length === 0 ? 0 : axes.reduce((product, side) => product * side, 1)
  const length = (pixels * Math.abs(bitpix)) / 8
  if (bytes.length === padBlock(length)) return bytes
  const padded = new Uint8Array(padBlock(length))
  padded.set(bytes.subarray(0, length))
  return padded
}

export const formatName = (name: string | undefined): string[] =>
  name === undefined ? [] : [formatCard({ keyword: 'EXTNAME', value: name })]

/** INHERIT is for extensions: there a kept one still means what it meant. */
export const keptInherit = ({ header = [] }: CardsToWrite): string[] =>
  header
    .filter(({ keyword, value }) => keyword === 'INHERIT' && typeof value === 'boolean')
    .slice(0, 1)
    .map(({ value, comment }) => formatCard({ keyword: 'INHERIT', value, comment }))

/** One image as header and data unit. */
export const writeImageHdu = (hdu: ImageHdu, primary: boolean): Uint8Array[] => {
  const { image, name } = hdu
  const scaling = formatScaling(image)
  const own = formatCards(hdu, (keyword) => name !== undefined && keyword === 'EXTNAME')
  if (primary) {
    const simple = formatCard({ keyword: 'SIMPLE', value: true, comment: 'conforms to the FITS standard' })
    const extend = formatCard({ keyword: 'EXTEND', value: true, comment: 'there may be extensions' })
    return assembleHdu(
      [...formatLayout(simple, image, [extend]), ...scaling, ...formatName(name), ...own],
      padData(image),
    )
  }
  const first = formatCard({ keyword: 'XTENSION', value: 'IMAGE', comment: 'image extension' })
  const more = [formatCard({ keyword: 'PCOUNT', value: 0 }), formatCard({ keyword: 'GCOUNT', value: 1 })]
  return assembleHdu(
    [...formatLayout(first, image, more), ...scaling, ...formatName(name), ...keptInherit(hdu), ...own],
    padData(image),
  )
}
