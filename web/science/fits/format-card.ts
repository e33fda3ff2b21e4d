import type { CardValue, HeaderCard } from '../../core/header'
import { CARD_LENGTH } from './parse-card'

const COMMENTARY = new Set(['COMMENT', 'HISTORY', ''])
const STANDARD_KEYWORD = /^[A-Z0-9_-]{1,8}$/
const VALUE_END = 30

/** Printable ASCII only: accents are taken off, everything else becomes a question mark. */
export const toAscii = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^ -~]/g, '?')

const pad = (text: string): string => text.padEnd(CARD_LENGTH)

/** A number as FITS writes it: a decimal point or an exponent tells a float from an integer. */
const formatNumber = (value: number, floating: boolean): string => {
  if (!Number.isFinite(value)) return ''
  // Written out, where the shortest text that reads as the same double would end in zeros: 2^63 above all.
  const whole = Number.isInteger(value) && Math.abs(value) > Number.MAX_SAFE_INTEGER && Math.abs(value) < 1e20
  const text = (Object.is(value, -0) ? '-0.0' : whole ? String(BigInt(value)) : String(value))
    .replace('e+', 'E+')
    .replace('e-', 'E-')
    .replace('e', 'E')
  return floating && !/[.E]/.test(text) ? `${text}.0` : text
}

/** Pieces of a string at most `length` characters long after doubling its quotes, never cut between two quotes of a pair. */
const splitQuoted = (value: string, length: number, first: number): string[] => {
  const pieces: string[] = []
  let piece = ''
  for (const character of value) {
    const quoted = character === "'" ? "''" : character
    if (piece.length + quoted.length > (pieces.length === 0 ? first : length)) {
      pieces.push(piece)
      piece = ''
    }
    piece += quoted
  }
  return [...pieces, piece]
}

const appendComment = (text: string, comment: string): string => {
  if (comment === '') return pad(text)
  const spaced = `${text.padEnd(VALUE_END)} / ${comment}`
  if (spaced.length <= CARD_LENGTH) return pad(spaced)
  return pad(`${text.trimEnd()} / ${comment}`.slice(0, CARD_LENGTH))
}

/** The long-string convention: every record but the last ends with '&' (FITS standard 4.2.1.2). A comment goes to the last record. */
const formatLongString = (prefix: string, value: string, comment: string): string => {
  const longest = CARD_LENGTH - 'CONTINUE  '.length - 3
  const pieces = splitQuoted(value, longest, CARD_LENGTH - prefix.length - 3)
  const records = pieces.map((piece, index) => {
    const last = index === pieces.length - 1
    const start = index === 0 ? prefix : 'CONTINUE  '
    const text = `${start}'${piece}${last ? '' : '&'}'`
    return last ? appendComment(text, comment) : pad(text)
  })
  return records.join('')
}

const formatString = (prefix: string, value: string, comment: string): string => {
  const quoted = value.replaceAll("'", "''")
  const text = `${prefix}'${quoted.padEnd(8)}'`
  if (text.length <= CARD_LENGTH) return appendComment(text, comment)
  // A keyword of the HIERARCH kind has no CONTINUE; its string is cut where the card ends.
  if (prefix.startsWith('HIERARCH'))
    return pad(`${prefix}'${splitQuoted(value, 0, CARD_LENGTH - prefix.length - 2)[0] ?? ''}'`)
  return formatLongString(prefix, value, comment)
}

const formatCommentary = (keyword: string, text: string): string => {
  const width = CARD_LENGTH - 8
  const count = Math.max(1, Math.ceil(text.length / width))
  return Array.from({ length: count }, (_, index) =>
    pad(keyword.padEnd(8) + text.slice(index * width, (index + 1) * width)),
  ).join('')
}

export interface CardToFormat {
  readonly keyword: string
  readonly value: CardValue
  readonly comment?: string
  /** Writes a whole number with a decimal point. */
  readonly floating?: boolean
}

/**
 * One card in fixed format (FITS standard 4.2), as 80 characters or a multiple of that. A keyword the standard does not allow is
 * written by the HIERARCH convention; text outside ASCII is transliterated; a comment that does not fit is cut.
 */
export const formatCard = (card: CardToFormat): string => {
  const keyword = toAscii(card.keyword).toUpperCase()
  const comment = toAscii(card.comment ?? '')
  if (COMMENTARY.has(keyword)) return formatCommentary(keyword, comment)
  const prefix = STANDARD_KEYWORD.test(keyword)
    ? `${keyword.padEnd(8)}= `
    : `HIERARCH ${keyword.replaceAll('=', '_').slice(0, 40)} = `
  if (typeof card.value === 'string') return formatString(prefix, toAscii(card.value), comment)
  const text =
    card.value === null
      ? ''
      : typeof card.value === 'boolean'
        ? card.value
          ? 'T'
          : 'F'
        : formatNumber(card.value, card.floating ?? false)
  return appendComment(prefix + text.padStart(Math.max(0, VALUE_END - prefix.length)), comment)
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[DE][+-]?\d+)?`
const STRICT_VALUE = new RegExp(
  String.raw`^ *(?:'(?:[^']|'')*'|[TF]|${NUMBER}|\( *${NUMBER} *, *${NUMBER} *\))? *(?:/.*)?$`,
)

const isStrictRecord = (record: string): boolean => {
  const keyword = record.slice(0, 8).trimEnd()
  if (COMMENTARY.has(keyword)) return true
  if (/^HIERARCH [A-Z0-9_ -]*[A-Z0-9_-] *= /.test(record))
    return STRICT_VALUE.test(record.slice(record.indexOf('=') + 2))
  if (!STANDARD_KEYWORD.test(keyword) || record.slice(8, 10) !== '= ') return false
  return STRICT_VALUE.test(record.slice(10))
}

/** True when the card stands in the file exactly as the standard allows, so that it can be copied byte for byte. */
const isStrictCard = (card: HeaderCard): boolean => {
  const { raw } = card
  if (card.flaw !== undefined || raw.length === 0 || raw.length % CARD_LENGTH !== 0 || !/^[ -~]*$/.test(raw))
    return false
  if (!isStrictRecord(raw.slice(0, CARD_LENGTH))) return false
  for (let start = CARD_LENGTH; start < raw.length; start += CARD_LENGTH) {
    if (!/^CONTINUE {2}'(?:[^']|'')*' *(?:\/.*)?$/.test(raw.slice(start, start + CARD_LENGTH))) return false
  }
  return true
}

/** A card of a file that was read, for writing: byte for byte where it is valid, else repaired. */
export const formatKeptCard = (card: HeaderCard): string => {
  if (isStrictCard(card)) return card.raw
  if (card.value === null && card.flaw !== undefined && !COMMENTARY.has(card.keyword)) {
    // No value could be made out: the text is kept for people to read.
    return formatCommentary('COMMENT', toAscii(card.raw.trimEnd()))
  }
  const field = card.raw.slice(card.raw.indexOf('=') + 1)
  return formatCard({
    ...card,
    floating: typeof card.value === 'number' && /^ *[+-]?\d*(?:\.|\d[EeDd])/.test(field),
  })
}
