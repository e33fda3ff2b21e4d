import type { HeaderCard } from '../../core/header'
import { encodeChecksum, sumWords } from './checksum'
import { formatCard, formatKeptCard, type CardToFormat } from './format-card'
import { CARD_LENGTH } from './parse-card'
import { BLOCK_LENGTH } from './parse-header'

const LAYOUT_KEYWORD =
  /^(?:SIMPLE|XTENSION|BITPIX|NAXIS\d*|EXTEND|PCOUNT|GCOUNT|GROUPS|BSCALE|BZERO|BLANK|CHECKSUM|DATASUM|END|INHERIT|EXTEND|ZIMAGE|ZCMPTYPE|ZBITPIX|ZNAXIS\d*|ZTILE\d+|ZNAME\d+|ZVAL\d+|ZQUANTIZ|ZDITHER0|ZBLANK|ZSCALE|ZZERO|ZSIMPLE|ZTENSION|ZEXTEND|ZPCOUNT|ZGCOUNT|ZHECKSUM|ZDATASUM|TFIELDS|THEAP)$/

/** True for a card that says how the bytes of a file lie, which a writer sets itself. */
export const isLayoutCard = (card: Pick<HeaderCard, 'keyword'>): boolean => LAYOUT_KEYWORD.test(card.keyword)

const COMMENTARY_KEYWORD = /^(?:HISTORY|COMMENT|)$/

export const padBlock = (length: number): number => Math.ceil(length / BLOCK_LENGTH) * BLOCK_LENGTH

const encodeHeader = (records: readonly string[]): Uint8Array => {
  const text = records.join('') + 'END'.padEnd(CARD_LENGTH)
  const bytes = new Uint8Array(padBlock(text.length)).fill(0x20)
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index)
  return bytes
}

/** Verifiers want to be told, by the HEASARC convention, where a header has strings that go on in CONTINUE cards. */
const announceLongStrings = (records: readonly string[]): string[] =>
  records.some((record) => record.slice(CARD_LENGTH).startsWith('CONTINUE')) &&
  !records.some((record) => record.startsWith('LONGSTRN='))
    ? [
        formatCard({
          keyword: 'LONGSTRN',
          value: 'OGIP 1.0',
          comment: 'long strings go on in CONTINUE cards',
        }),
      ]
    : []

/**
 * Header and data of one HDU with DATASUM and CHECKSUM. The data are padded to whole blocks already.
 * The checksum is found with sixteen zeros in its place, then set.
 */
export const assembleHdu = (records: readonly string[], data: Uint8Array): Uint8Array[] => {
  const dataSum = sumWords(data)
  const close = (checksum: string): Uint8Array =>
    encodeHeader([
      ...records,
      ...announceLongStrings(records),
      formatCard({ keyword: 'DATASUM', value: String(dataSum), comment: 'data unit checksum' }),
      formatCard({ keyword: 'CHECKSUM', value: checksum, comment: 'HDU checksum' }),
    ])
  const sum = sumWords(close('0'.repeat(16)), dataSum)
  return [close(encodeChecksum(sum)), data]
}

/** Cards of a header beyond those that describe the layout. */
export interface CardsToWrite {
  /** Cards of the original, kept in their order; those that describe the layout of the old file are left out. */
  readonly header?: readonly HeaderCard[]
  /** Cards that are set anew: they take the place of kept cards with the same keyword and follow them. */
  readonly added?: readonly CardToFormat[]
}

/** Kept cards and new ones as records; `also` says which kept ones the writer sets itself besides those of any layout. */
export const formatCards = (
  { header = [], added = [] }: CardsToWrite,
  also: (keyword: string) => boolean = () => false,
): string[] => {
  // Commentary adds up: a new HISTORY line does not undo the old ones.
  const replaced = new Set(
    added.map((card) => card.keyword).filter((keyword) => !COMMENTARY_KEYWORD.test(keyword)),
  )
  const kept = header.filter(
    (card) => !isLayoutCard(card) && !replaced.has(card.keyword) && !also(card.keyword),
  )
  return [...kept.map(formatKeptCard), ...added.map(formatCard)]
}

export const joinParts = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const output = new Uint8Array(parts.reduce((total, part) => total + part.length, 0))
  let offset = 0
  for (const part of parts) {
    output.set(part, offset)
    offset += part.length
  }
  return output
}
