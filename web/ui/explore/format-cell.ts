import { formatField } from '../../pipeline/export/format-field'

/** Julian dates need more digits than anything else: 13 are good to 0.1 s. */
const FINE = 2_400_000
/** Columns that hold milliseconds since 1970. */
const MOMENTS = new Set(['createdAt', 'startedAt', 'endedAt', 'ingestedAt', 'time', 'removedAt'])

/** Ids end in twenty digits that only a machine compares; the first few tell them apart for a person. */
const ID = /^([a-z-]+-[0-9a-f]{6})[0-9a-f]{14}$/

const formatters = new Map<string, Intl.NumberFormat>()

/** Made once for each number of digits: making one takes a hundred times as long as using it. */
const formatNumber = (value: number, digits: number, language: string): string => {
  const key = `${language} ${digits}`
  const known =
    formatters.get(key) ??
    new Intl.NumberFormat(language, { maximumSignificantDigits: digits, useGrouping: false })
  formatters.set(key, known)
  return known.format(value)
}

/** A value as it stands in the table: sensible digits, moments as dates in UTC. */
export const formatCell = (value: unknown, column: string, language: string): string => {
  if (typeof value === 'number' && MOMENTS.has(column))
    return new Date(value).toISOString().replace('T', ' ').slice(0, 19)
  if (typeof value === 'number' && !Number.isInteger(value))
    return formatNumber(value, Math.abs(value) > FINE ? 13 : 6, language)
  if (typeof value === 'string' && ID.test(value)) return value.replace(ID, '$1…')
  return typeof value === 'bigint' ? String(value) : formatField(value)
}
