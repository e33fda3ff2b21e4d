export type CardValue = string | number | boolean | null

/** One header card in its original order. A malformed card is kept with its raw text and a flaw that says what is wrong. */
export interface HeaderCard {
  readonly keyword: string
  readonly value: CardValue
  readonly comment: string
  /** The 80 characters as they stand in the file (several joined when CONTINUE was used). */
  readonly raw: string
  readonly flaw?: string
}

export type Header = readonly HeaderCard[]

/** First card with this keyword that has a value, as the standard asks when a keyword is repeated. */
export const findCard = (header: Header, keyword: string): HeaderCard | undefined =>
  header.find((card) => card.keyword === keyword && card.value !== null)

/** A number, also when a camera wrote it as a string such as '60.0 '. */
export const readNumber = (header: Header, keyword: string): number | null => {
  const value = findCard(header, keyword)?.value
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return null
  const parsed = Number(value)
  return Number.isFinite(parsed) ? parsed : null
}

/** Characters that are read of a value: no fact is longer, and a string that goes on through CONTINUE may have hundreds of thousands. */
export const LONGEST_TEXT = 2000

/** Text with the padding removed, the first 2000 characters of it; null when absent or empty. Numbers come back as they would be printed. */
export const readText = (header: Header, keyword: string): string | null => {
  const value = findCard(header, keyword)?.value
  if (value === undefined || value === null) return null
  const text = String(value).slice(0, LONGEST_TEXT).trim()
  return text === '' ? null : text
}
