/** A stored value in one line: numbers with six digits, lists and records as they are written. */
export const showValue = (value: unknown, language: string): string => {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'number')
    return value.toLocaleString(language, {
      maximumSignificantDigits: Math.abs(value) > 2_400_000 ? 13 : 6,
      useGrouping: false,
    })
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((each) => showValue(each, language)).join(', ')
  return Object.entries(value as Record<string, unknown>)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .map(([name, inner]) => `${name} ${showValue(inner, language)}`)
    .join('; ')
}
