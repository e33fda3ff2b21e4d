import type { Row } from '../../core/work-order'

/** One field by RFC 4180: quoted when it holds a comma, a quote or a line break; lists with ';' between. */
export const formatField = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  const text = Array.isArray(value)
    ? value.join(';')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Rows as CSV, columns in the order in which they first appear; numbers with all their digits. */
export const exportRowsCsv = (rows: readonly Row[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => columns.map((column) => formatField(row[column])).join(','))
  return [columns.join(','), ...lines, ''].join('\r\n')
}
