import type { CardValue, HeaderCard } from '../../core/header'

/** Length of one header card in bytes (FITS standard 4.0, section 4.1). */
export const CARD_LENGTH = 80

const COMMENTARY = new Set(['COMMENT', 'HISTORY', ''])
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[EeDd][+-]?\d+)?$/
// Not a number with a comment: the old form of a date without its quotes.
const BARE_DATE = /^\d{1,2}\/\d{1,2}\/\d{2}(?:\d{2})?(?:\s|$)/
const COMPLEX = /^\(\s*[^,()]+,\s*[^,()]+\)$/
// An equals sign too early or too late, or a keyword of more than eight characters: seen from several cameras.
const MISPLACED_EQUALS = /^([A-Za-z0-9_.-]{1,32}) *=(.*)$/
const HIERARCH = /^HIERARCH +([^=]*[^= ]) *=(.*)$/i

interface ParsedValue {
  readonly value: CardValue
  readonly comment: string
  readonly flaw?: string
}

/** A quoted string: doubled quotes stand for one, trailing blanks carry no meaning (section 4.2.1). */
const parseQuoted = (text: string): ParsedValue => {
  let value = ''
  let index = 1
  let closed = false
  while (index < text.length) {
    const quote = text.indexOf("'", index)
    if (quote < 0) break
    value += text.slice(index, quote)
    if (text[quote + 1] === "'") {
      value += "'"
      index = quote + 2
      continue
    }
    index = quote + 1
    closed = true
    break
  }
  if (!closed)
    return {
      value: (value + text.slice(index)).trimEnd(),
      comment: '',
      flaw: 'The string has no closing quote.',
    }
  const rest = text.slice(index).trim()
  if (rest === '' || rest.startsWith('/')) return { value: value.trimEnd(), comment: rest.slice(1).trim() }
  return { value: value.trimEnd(), comment: rest, flaw: 'There is text between the string and its comment.' }
}

const parseBare = (token: string): CardValue | undefined => {
  if (token === '') return null
  if (token === 'T') return true
  if (token === 'F') return false
  if (!NUMBER.test(token)) return undefined
  const number = Number(token.replace(/[dD]/, 'E'))
  return Number.isFinite(number) ? number : undefined
}

const parseValue = (field: string): ParsedValue => {
  const text = field.trim()
  if (text.startsWith("'")) return parseQuoted(text)
  const slash = text.indexOf('/')
  const token = (slash < 0 ? text : text.slice(0, slash)).trim()
  const comment = slash < 0 ? '' : text.slice(slash + 1).trim()
  const bare = parseBare(token)
  if (bare !== undefined && !BARE_DATE.test(text)) return { value: bare, comment }
  if (COMPLEX.test(token)) return { value: token, comment }
  // Unquoted text, such as a bare date, may hold slashes itself: only one after a blank begins the comment.
  const spaced = /^(.*?)\s+\/(.*)$/.exec(text)
  const value = (spaced?.[1] ?? token).trim()
  return { value, comment: (spaced?.[2] ?? comment).trim(), flaw: 'The text is not quoted.' }
}

const joinFlaws = (flaws: readonly (string | undefined)[]): string =>
  flaws.filter((flaw) => flaw !== undefined && flaw !== '').join(' ')

const makeCard = (
  keyword: string,
  parsed: ParsedValue,
  raw: string,
  flaws: readonly string[],
): HeaderCard => {
  const flaw = joinFlaws([parsed.flaw, ...flaws])
  const card = { keyword, value: parsed.value, comment: parsed.comment, raw }
  return flaw === '' ? card : { ...card, flaw }
}

/** Text of a card for reading: UTF-8 where it is that, and no control characters. `raw` has one character for each byte. */
const readableText = (raw: string, flaws: string[]): string => {
  // Printable ASCII is the rule; a plain card takes no further step.
  if (/^[ -~]*$/.test(raw)) return raw
  flaws.push('The card holds characters outside printable ASCII.')
  let text = raw
  if (/[\u0080-\u00ff]/.test(raw)) {
    const bytes = Uint8Array.from(raw, (character) => character.charCodeAt(0))
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      text = raw
    }
  }
  return text.replace(/\p{Cc}/gu, ' ')
}

/**
 * One card of 80 characters, read as forgivingly as its meaning allows. `raw` has one character (0-255) for each byte.
 * What is outside the standard is kept and named in `flaw`. Commentary cards have the value null and their text as comment.
 */
export const parseCard = (raw: string): HeaderCard => {
  const flaws: string[] = []
  const text = readableText(raw, flaws)
  const field = text.slice(0, 8).trimEnd()
  const keyword = field.toUpperCase()
  if (COMMENTARY.has(keyword)) {
    if (keyword !== field) flaws.push('The keyword is in lower case.')
    return makeCard(keyword, { value: null, comment: text.slice(8).trimEnd() }, raw, flaws)
  }
  if (keyword === 'HIERARCH') {
    const match = HIERARCH.exec(text)
    if (match) return makeCard((match[1] ?? '').trim().toUpperCase(), parseValue(match[2] ?? ''), raw, flaws)
    return makeCard(
      'HIERARCH',
      { value: null, comment: text.slice(8).trim(), flaw: 'There is no equals sign.' },
      raw,
      flaws,
    )
  }
  if (field !== keyword) flaws.push('The keyword is in lower case.')
  if (text[8] === '=' && !field.trimStart().includes(' ')) {
    if (text[9] !== ' ' && text[9] !== undefined) flaws.push('There is no blank after the equals sign.')
    if (!/^[A-Z0-9_-]+$/.test(keyword))
      flaws.push('The keyword holds characters that the standard does not allow.')
    return makeCard(keyword.trim(), parseValue(text.slice(9)), raw, flaws)
  }
  const misplaced = MISPLACED_EQUALS.exec(text)
  if (misplaced) {
    flaws.push('The equals sign is not in column 9.')
    return makeCard((misplaced[1] ?? '').toUpperCase(), parseValue(misplaced[2] ?? ''), raw, flaws)
  }
  return makeCard(
    keyword,
    { value: null, comment: text.slice(8).trimEnd(), flaw: 'The card has no value.' },
    raw,
    flaws,
  )
}

/** The string piece of a CONTINUE card, or null when the card holds none. */
export const parseContinuation = (raw: string): { text: string; comment: string } | null => {
  const parsed = parseValue(raw.slice(8))
  return typeof parsed.value === 'string' && raw.slice(8).trimStart().startsWith("'")
    ? { text: parsed.value, comment: parsed.comment }
    : null
}
