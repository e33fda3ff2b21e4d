import { AsterismError } from '../../core/errors'
import type { HeaderCard } from '../../core/header'
import { encodeChecksum, sumWords } from './checksum'
import { encodePixels, type WrittenBitpix } from './encode-pixels'
import { formatCard, formatKeptCard, type CardToFormat } from './format-card'
import { CARD_LENGTH } from './parse-card'
import { BLOCK_LENGTH } from './parse-header'

export interface PlaneToWrite {
  readonly width: number
  readonly height: number
  readonly data: Float32Array | Uint16Array | Uint8Array
}

export interface ExtensionToWrite {
  readonly name: string
  readonly image: PlaneToWrite
  readonly bitpix: WrittenBitpix
  readonly header?: readonly CardToFormat[]
}

export interface FitsToWrite {
  readonly image: PlaneToWrite
  /** Cards of the original, kept in their order; those that describe the layout of the old file are left out. */
  readonly header: readonly HeaderCard[]
  /** Cards that are set anew: they take the place of kept cards with the same keyword and follow them. */
  readonly added?: readonly CardToFormat[]
  readonly bitpix: WrittenBitpix
  readonly extensions?: readonly ExtensionToWrite[]
}

const LAYOUT_KEYWORD =
  /^(?:SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|PCOUNT|GCOUNT|GROUPS|BSCALE|BZERO|BLANK|CHECKSUM|DATASUM|END|INHERIT|EXTEND|ZIMAGE|ZCMPTYPE|ZBITPIX|ZNAXIS\d*|ZTILE\d+|ZNAME\d+|ZVAL\d+|ZQUANTIZ|ZDITHER0|ZBLANK|ZSCALE|ZZERO|ZSIMPLE|ZTENSION|ZEXTEND|ZPCOUNT|ZGCOUNT|ZHECKSUM|ZDATASUM|TFIELDS|THEAP)$/

/** True for a card that says how the bytes of a file lie, which a writer sets itself. */
export const isLayoutCard = (card: Pick<HeaderCard, 'keyword'>): boolean => LAYOUT_KEYWORD.test(card.keyword)

const COMMENTARY_KEYWORD = /^(?:HISTORY|COMMENT|)$/

const padBlock = (length: number): number => Math.ceil(length / BLOCK_LENGTH) * BLOCK_LENGTH

const encodeHeader = (records: readonly string[]): Uint8Array => {
  const text = records.join('') + 'END'.padEnd(CARD_LENGTH)
  const bytes = new Uint8Array(padBlock(text.length)).fill(0x20)
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}

/** Header and data of one HDU with DATASUM and CHECKSUM. The checksum is found with sixteen zeros in its place, then set. */
const assembleHdu = (records: readonly string[], data: Uint8Array): Uint8Array[] => {
  const dataSum = sumWords(data)
  const close = (checksum: string): Uint8Array =>
    encodeHeader([
      ...records,
      formatCard({ keyword: 'DATASUM', value: String(dataSum), comment: 'data unit checksum' }),
      formatCard({ keyword: 'CHECKSUM', value: checksum, comment: 'HDU checksum' }),
    ])
  const sum = sumWords(close('0'.repeat(16)), dataSum)
  return [close(encodeChecksum(sum)), data]
}

const formatLayout = (
  image: PlaneToWrite,
  bitpix: WrittenBitpix,
  first: string,
  more: readonly string[],
): string[] => [
  first,
  formatCard({ keyword: 'BITPIX', value: bitpix, comment: 'bits of a stored value' }),
  formatCard({ keyword: 'NAXIS', value: 2, comment: 'number of axes' }),
  formatCard({ keyword: 'NAXIS1', value: image.width, comment: 'pixels in a row' }),
  formatCard({ keyword: 'NAXIS2', value: image.height, comment: 'rows' }),
  ...more,
]

const formatScaling = (scaling: { readonly bzero: number; readonly blank: number | null }): string[] => {
  if (scaling.bzero === 0 && scaling.blank === null) return []
  const cards: string[] = []
  if (scaling.bzero !== 0) {
    cards.push(
      formatCard({
        keyword: 'BZERO',
        value: scaling.bzero,
        floating: true,
        comment: 'value = BZERO + BSCALE * stored',
      }),
    )
    cards.push(formatCard({ keyword: 'BSCALE', value: 1, floating: true }))
  }
  if (scaling.blank !== null)
    cards.push(
      formatCard({ keyword: 'BLANK', value: scaling.blank, comment: 'stored where there is no value' }),
    )
  return cards
}

const encodePlane = (image: PlaneToWrite, bitpix: WrittenBitpix): ReturnType<typeof encodePixels> => {
  if (image.data.length !== image.width * image.height) {
    throw new AsterismError(
      'shape-mismatch',
      `${image.data.length} pixels do not fill ${image.width} x ${image.height}.`,
    )
  }
  return encodePixels(image.data, bitpix)
}

const writePrimary = (file: FitsToWrite): Uint8Array[] => {
  const { bytes, ...scaling } = encodePlane(file.image, file.bitpix)
  // Commentary adds up: a new HISTORY line does not undo the old ones.
  const replaced = new Set(
    (file.added ?? []).map((card) => card.keyword).filter((keyword) => !COMMENTARY_KEYWORD.test(keyword)),
  )
  const kept = file.header.filter((card) => !isLayoutCard(card) && !replaced.has(card.keyword))
  const simple = formatCard({ keyword: 'SIMPLE', value: true, comment: 'conforms to the FITS standard' })
  const extend = formatCard({ keyword: 'EXTEND', value: true, comment: 'there may be extensions' })
  return assembleHdu(
    [
      ...formatLayout(file.image, file.bitpix, simple, [extend]),
      ...formatScaling(scaling),
      ...kept.map(formatKeptCard),
      ...(file.added ?? []).map(formatCard),
    ],
    bytes,
  )
}

const writeExtension = (extension: ExtensionToWrite): Uint8Array[] => {
  const { bytes, ...scaling } = encodePlane(extension.image, extension.bitpix)
  const first = formatCard({ keyword: 'XTENSION', value: 'IMAGE', comment: 'image extension' })
  const more = [formatCard({ keyword: 'PCOUNT', value: 0 }), formatCard({ keyword: 'GCOUNT', value: 1 })]
  const name = formatCard({ keyword: 'EXTNAME', value: extension.name })
  return assembleHdu(
    [
      ...formatLayout(extension.image, extension.bitpix, first, more),
      ...formatScaling(scaling),
      name,
      ...(extension.header ?? []).map(formatCard),
    ],
    bytes,
  )
}

/**
 * A FITS file that passes a strict reader: fixed-format cards, kept cards byte for byte where they are valid and repaired where they
 * are not, DATASUM and CHECKSUM in every HDU, all padding. BITPIX 16 is written unsigned (BZERO 32768).
 */
export const writeFitsImage = (file: FitsToWrite): Uint8Array<ArrayBuffer> => {
  const parts = [...writePrimary(file), ...(file.extensions ?? []).flatMap(writeExtension)]
  const output = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    output.set(part, offset)
    offset += part.length
  }
  return output
}
