import { AsterismError } from '../../core/errors'

/** More text than this is not read as a table. */
const MOST_CHARACTERS = 2 ** 28
/** So many records at most. */
const MOST_RECORDS = 20_000_000

/** Separated values as text: where each record begins and ends, blank lines and comments left out. */
export interface TextRecords {
  readonly text: string
  readonly starts: readonly number[]
  readonly ends: readonly number[]
  /** Lines that begin with '#', without it. */
  readonly comments: readonly string[]
}

/** Bytes as text: by their mark where there is one, else UTF-8, and Latin-1 for what is not that. */
export const decodeText = (bytes: Uint8Array): string => {
  if (bytes.length > MOST_CHARACTERS)
    throw new AsterismError(
      'too-large',
      `The text has ${Math.round(bytes.length / 1e6)} MB; at most ${Math.round(MOST_CHARACTERS / 1e6)} MB can be read as a table.`,
      { bytes: bytes.length },
    )
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/**
 * Finds the records of separated values (RFC 4180): a line break within quotes does not end one. A quote opens only at the beginning of a
 * field, so that inches and seconds of arc do no harm.
 */
export const splitRecords = (text: string, delimiter: string): TextRecords => {
  const starts: number[] = []
  const ends: number[] = []
  const comments: string[] = []
  let acrossLines = true
  let start = 0
  while (start < text.length) {
    let at = start
    let quoted = false
    let fieldStart = true
    for (; at < text.length; at++) {
      const character = text[at]!
      if (quoted && (acrossLines || (character !== '\n' && character !== '\r'))) {
        if (character === '"') {
          if (text[at + 1] === '"') at++
          else quoted = false
        }
        continue
      }
      if (character === '\n' || character === '\r') break
      if (character === '"' && fieldStart) quoted = true
      fieldStart = character === delimiter || (character === ' ' && fieldStart)
    }
    // A quote that is never closed would swallow the rest: it was none, and no later one is looked for across lines.
    if (quoted && acrossLines) {
      acrossLines = false
      const end = text.slice(start).search(/[\r\n]/)
      at = end < 0 ? text.length : start + end
    }
    if (text[start] === '#') comments.push(text.slice(start + 1, at).trim())
    else if (text.slice(start, at).trim() !== '' || (at > start && delimiter === '\t')) {
      if (starts.length >= MOST_RECORDS)
        throw new AsterismError(
          'too-large',
          `The table has more than ${MOST_RECORDS} rows. Cut it into parts.`,
        )
      starts.push(start)
      ends.push(at)
    }
    start = at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1)
  }
  return { text, starts, ends, comments }
}

const unquote = (field: string): string => {
  const trimmed = field.trim()
  return trimmed.length >= 2 && trimmed.startsWith('"') && trimmed.endsWith('"')
    ? trimmed.slice(1, -1).replaceAll('""', '"')
    : trimmed
}

const BLANKS = /[ \t]+/

const splitPlainly = (record: string, delimiter: string): string[] =>
  (delimiter === ' ' ? record.trim().split(BLANKS) : record.split(delimiter)).map((text) => text.trim())

/** Fields of one record. Of blanks, several are one delimiter. */
export const splitFields = (record: string, delimiter: string): string[] => {
  if (!record.includes('"')) return splitPlainly(record, delimiter)
  const fields: string[] = []
  const line = delimiter === ' ' ? record.trim() : record
  let start = 0
  let quoted = false
  for (let at = 0; at <= line.length; at++) {
    const character = line[at]
    if (character === '"' && (quoted || line.slice(start, at).trim() === '')) {
      if (quoted && line[at + 1] === '"') at++
      else quoted = !quoted
      continue
    }
    const ends =
      at === line.length ||
      (!quoted && (character === delimiter || (delimiter === ' ' && character === '\t')))
    if (!ends) continue
    fields.push(unquote(line.slice(start, at)))
    if (delimiter === ' ') while (line[at + 1] === ' ' || line[at + 1] === '\t') at++
    start = at + 1
  }
  // A quote that is not closed was none.
  return quoted ? splitPlainly(record, delimiter) : fields
}
