/** Of a list, so many elements are looked at when it stands for a text. */
const MOST_ELEMENTS = 1000

/** A value as a text that can be searched: lists with ';' between, records as JSON, nothing as the empty text. */
export const textOfValue = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.slice(0, MOST_ELEMENTS).map(textOfValue).join(';')
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value)
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  )
}
