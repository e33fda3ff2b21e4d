import type { CellPeek, QueriedColumn } from '../../core/table-query'
import { formatField } from '../../pipeline/export/format-field'
import { textOfValue } from '../../science/query/text-of-value'

/** Julian dates need more digits than anything else: 13 are good to 0.1 s. */
const FINE = 2_400_000
/** What a table of the workspace holds is known, and six digits tell it; in a file's they may be degrees of the sky. */
const [OWN_DIGITS, FILE_DIGITS, SINGLE_DIGITS] = [6, 10, 7]
/** Columns that hold milliseconds since 1970. */
const MOMENTS = new Set(['createdAt', 'startedAt', 'endedAt', 'ingestedAt', 'time', 'removedAt'])

/** Whether a column of numbers holds moments; other tables may call something else by such a name. */
export const isMoment = (column: QueriedColumn | undefined): boolean =>
  column !== undefined && column.unit === 'ms' && MOMENTS.has(column.name)

/** Ids end in twenty digits that only a machine compares; the first few tell them apart for a person. */
const ID = /^([a-z-]+-[0-9a-f]{6})[0-9a-f]{14}$/

const formatters = new Map<string, Intl.NumberFormat>()

/** Made once for each number of digits: making one takes a hundred times as long as using it. */
const formatNumber = (value: number, digits: number, language: string): string => {
  const magnitude = Math.abs(value)
  const notation = magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e15) ? 'scientific' : 'standard'
  const key = `${language} ${digits} ${notation}`
  const known =
    formatters.get(key) ??
    new Intl.NumberFormat(language, { maximumSignificantDigits: digits, useGrouping: false, notation })
  formatters.set(key, known)
  return known.format(value)
}

/** A value of a file, as many digits as it can have: one that fits a single is one. */
const formatFileValue = (value: unknown, language: string, most = FILE_DIGITS): string => {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? '' : value > 0 ? '∞' : '−∞'
    if (Number.isSafeInteger(value)) return String(value)
    const digits = Math.min(most, Math.fround(value) === value ? SINGLE_DIGITS : FILE_DIGITS)
    return formatNumber(value, Math.abs(value) > FINE ? 13 : digits, language)
  }
  if (isPeek(value)) return formatPeek(value, language)
  return textOfValue(value)
}

const isPeek = (value: unknown): value is CellPeek =>
  typeof value === 'object' && value !== null && 'first' in value && 'of' in value

const formatComplex = (first: CellPeek['first'], language: string): string[] =>
  Array.from({ length: first.length >> 1 }, (_, index) => {
    const [real, imaginary] = [first[2 * index], first[2 * index + 1]]
    const text = formatFileValue(imaginary, language, OWN_DIGITS)
    return `${formatFileValue(real, language, OWN_DIGITS)} ${text.startsWith('-') ? '−' : '+'} ${text.replace(/^-/, '')}i`
  })

const formatElement = (value: unknown, language: string): string =>
  typeof value === 'boolean' ? (value ? 'T' : 'F') : formatFileValue(value, language, OWN_DIGITS) || '–'

/** The first values and, where there are more, how many there are: `1.5; 2; 3 … (128)`. */
const formatPeek = ({ of, first, count }: CellPeek, language: string): string => {
  const shown = of === 'complex' ? first.length >> 1 : first.length
  const text =
    of === 'bits'
      ? first.map((bit) => (bit === true ? '1' : '0')).join('')
      : of === 'complex'
        ? formatComplex(first, language).join('; ')
        : first.map((value) => formatElement(value, language)).join('; ')
  return count > shown ? `${text} … (${count})` : text
}

/**
 * A value as it stands in the table: sensible digits, moments as dates in UTC.
 * @param column whose it is; null of a file, where a name says nothing to us
 */
export const formatCell = (value: unknown, column: string | null, language: string): string => {
  if (column === null) return formatFileValue(value, language)
  if (typeof value === 'number' && MOMENTS.has(column))
    return new Date(value).toISOString().replace('T', ' ').slice(0, 19)
  if (typeof value === 'number' && !Number.isInteger(value))
    return formatNumber(value, Math.abs(value) > FINE ? 13 : OWN_DIGITS, language)
  if (typeof value === 'string' && ID.test(value)) return value.replace(ID, '$1…')
  return typeof value === 'bigint' ? String(value) : formatField(value)
}
