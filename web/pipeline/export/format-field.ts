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
