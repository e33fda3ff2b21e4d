import { AsterismError } from '../../core/errors'
import { findCard, readNumber, readText, type HeaderCard } from '../../core/header'
import type { Hdu } from './list-hdus'

/** What the header says about one column of a table, binary or ASCII, as it stands there. */
export interface TableField {
  /** 1-based, as in TTYPEn. */
  readonly number: number
  /** TTYPEn; null where there is none. */
  readonly name: string | null
  /** TFORMn without blanks around it. */
  readonly form: string
  readonly unit: string | null
  /** TCOMMn, or the comment of TTYPEn, which is the only place that most writers have for a description. */
  readonly description: string
  /** TSCALn and TZEROn. */
  readonly scale: number
  readonly zero: number
  /** TZEROn as a whole number with all its digits; null where it is none. */
  readonly wholeZero: bigint | null
  /** TNULLn of a binary table, all digits kept. */
  readonly wholeNull: bigint | null
  /** TNULLn of an ASCII table. */
  readonly textNull: string | null
  /** TDIMn, first axis fastest; null where it is missing or makes no sense. */
  readonly dimensions: readonly number[] | null
  /** TBCOLn of an ASCII table, 1-based; null where it is missing. */
  readonly start: number | null
}

/** The standard's limit. */
const MOST_FIELDS = 999

const FIELD_KEYWORD = /^(TTYPE|TFORM|TUNIT|TSCAL|TZERO|TNULL|TDIM|TBCOL|TCOMM)(\d{1,3})$/

/** The cards of all columns by keyword: headers of a thousand columns are searched once and not once for each. */
const indexCards = (header: readonly HeaderCard[]): ReadonlyMap<string, HeaderCard> => {
  const cards = new Map<string, HeaderCard>()
  for (const card of header) {
    if (card.value !== null && FIELD_KEYWORD.test(card.keyword) && !cards.has(card.keyword))
      cards.set(card.keyword, card)
  }
  return cards
}

/** A whole number with all its digits, which as a double would lose those beyond 2^53. */
const readWhole = (card: HeaderCard | undefined): bigint | null => {
  if (card === undefined) return null
  const digits = /^[^=]*= *'? *([+-]?\d{1,20}) *(?:'|\/|$)/.exec(card.raw)?.[1]
  if (digits !== undefined) return BigInt(digits)
  const { value } = card
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null
}

const readDimensions = (text: string | null): readonly number[] | null => {
  const match = /^\(\s*(\d+(?:\s*,\s*\d+)*)\s*\)$/.exec(text ?? '')
  if (!match) return null
  const sides = (match[1] ?? '').split(',').map(Number)
  return sides.every((side) => Number.isSafeInteger(side)) ? sides : null
}

const numberOf = (card: HeaderCard | undefined, missing: number): number => {
  const value = typeof card?.value === 'string' ? Number(card.value.replace(/[dD]/, 'E')) : card?.value
  return typeof value === 'number' && Number.isFinite(value) ? value : missing
}

const textOf = (card: HeaderCard | undefined): string | null => {
  const text = card === undefined || card.value === null ? '' : String(card.value).trim()
  return text === '' ? null : text
}

/** What CFITSIO writes beside every name says nothing. */
const describeField = (own: string | null, comment: string): string =>
  own ?? (/^label for (?:field|column)\s*\d*$/i.test(comment.trim()) ? '' : comment)

/** The columns of a table HDU in their order. Throws 'bad-header' where their number or a form is missing. */
export const readTableFields = (hdu: Pick<Hdu, 'header' | 'index'>): TableField[] => {
  const { header, index } = hdu
  const count = readNumber(header, 'TFIELDS')
  if (count === null || !Number.isInteger(count) || count < 0 || count > MOST_FIELDS) {
    throw new AsterismError(
      'bad-header',
      `TFIELDS of HDU ${index} is ${String(findCard(header, 'TFIELDS')?.value ?? 'missing')}; a table has 0 to ${MOST_FIELDS} columns.`,
      { hdu: index },
    )
  }
  const cards = indexCards(header)
  return Array.from({ length: count }, (_, position): TableField => {
    const number = position + 1
    const card = (keyword: string): HeaderCard | undefined => cards.get(`${keyword}${number}`)
    const form = textOf(card('TFORM'))
    if (form === null)
      throw new AsterismError(
        'bad-header',
        `Column ${number} of HDU ${index} has no form: TFORM${number} is missing.`,
        {
          hdu: index,
          column: number,
        },
      )
    const zero = card('TZERO')
    const missing = card('TNULL')
    const start = numberOf(card('TBCOL'), Number.NaN)
    return {
      number,
      name: textOf(card('TTYPE')),
      form,
      unit: textOf(card('TUNIT')),
      description: describeField(textOf(card('TCOMM')), card('TTYPE')?.comment ?? ''),
      scale: numberOf(card('TSCAL'), 1),
      zero: numberOf(zero, 0),
      wholeZero: zero === undefined ? 0n : readWhole(zero),
      wholeNull: readWhole(missing),
      textNull: missing === undefined ? null : String(missing.value).trim(),
      dimensions: readDimensions(textOf(card('TDIM'))),
      start: Number.isInteger(start) ? start : null,
    }
  })
}

/** Name of a column on screen: its own, or its place. */
export const nameField = ({ name, number }: TableField): string => name ?? `col${number}`

/** EXTNAME of a table. */
export const readTableName = (hdu: Pick<Hdu, 'header'>): string | null => readText(hdu.header, 'EXTNAME')

/** Rows that cost no bytes cannot be counted by the bytes that are there: so many are believed. */
const MOST_EMPTY_ROWS = 10_000_000

/** NAXIS1 and NAXIS2, checked against the bytes of the data unit. */
export const readTableSize = (hdu: Hdu): { readonly rowLength: number; readonly rowCount: number } => {
  const rowLength = hdu.axes[0] ?? 0
  const rowCount = hdu.axes[1] ?? 0
  if (rowLength * rowCount > hdu.dataLength || (rowLength === 0 && rowCount > MOST_EMPTY_ROWS))
    throw new AsterismError(
      'bad-header',
      `The table of HDU ${hdu.index} claims ${rowCount} rows of ${rowLength} bytes, more than there are.`,
      { hdu: hdu.index, rowCount, rowLength },
    )
  return { rowLength, rowCount }
}
