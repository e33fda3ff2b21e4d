import { AsterismError } from '../../core/errors'
import type { HeaderCard } from '../../core/header'
import { CARD_LENGTH, parseCard, parseContinuation } from './parse-card'

/** Headers and data units are padded to this many bytes (FITS standard 4.0, section 3.1). */
export const BLOCK_LENGTH = 2880

/** More cards than any instrument writes (a plate solution has some 800); a file with more is not a header. */
const MAX_CARDS = 10_000

const readRaw = (bytes: Uint8Array, offset: number): string =>
  String.fromCharCode(...bytes.subarray(offset, offset + CARD_LENGTH))

const startsWith = (bytes: Uint8Array, offset: number, word: string): boolean => {
  if (offset + word.length > bytes.length) return false
  for (let index = 0; index < word.length; index++) {
    if (bytes[offset + index] !== word.charCodeAt(index)) return false
  }
  return true
}

/** True where a header may begin: SIMPLE at the start of the file, XTENSION after that. */
export const looksLikeHeader = (bytes: Uint8Array, offset: number): boolean =>
  startsWith(bytes, offset, offset === 0 ? 'SIMPLE  =' : 'XTENSION') ||
  (offset === 0 && startsWith(bytes, 0, 'SIMPLE ='))

const isEnd = (raw: string): boolean => /^END[ \0]*$/.test(raw)

/** A string and its comment of more characters than this is not gone on with: thousands of cards joined one by one would take minutes. */
const LONGEST_STRING = 64_000

/** Joins CONTINUE cards onto the string before them (section 4.2.1.2). A lone '&' at the end of a string stays as it is. */
const appendCard = (cards: HeaderCard[], raw: string): void => {
  const last = cards.at(-1)
  if (/^CONTINUE/i.test(raw) && raw[8] !== '=') {
    const piece = parseContinuation(raw)
    const goesOn = last !== undefined && last.raw.length < LONGEST_STRING
    if (piece && goesOn && typeof last.value === 'string' && last.value.endsWith('&')) {
      const comment = [last.comment, piece.comment].filter((text) => text !== '').join(' ')
      const value = (last.value.slice(0, -1) + piece.text).trimEnd()
      cards[cards.length - 1] = { ...last, value, comment, raw: last.raw + raw }
      return
    }
    const comment = raw.slice(8).trimEnd()
    cards.push({ keyword: 'CONTINUE', value: null, comment, raw, flaw: 'There is no string to continue.' })
    return
  }
  cards.push(parseCard(raw))
}

/**
 * Reads the header that begins at `offset`: all cards in their order, blank ones before END too, without END, and the byte where its data unit begins.
 * Forgiving on what cameras write, strict on size: at most MAX_CARDS cards, never past the bytes there are.
 */
export const parseHeader = (bytes: Uint8Array, offset: number): { header: HeaderCard[]; end: number } => {
  if (!looksLikeHeader(bytes, offset)) {
    const first = readRaw(bytes, offset)
      .slice(0, 30)
      .replace(/[^ -~]/g, '.')
    throw new AsterismError(
      'not-fits',
      offset === 0
        ? `This is not a FITS file: it begins with "${first}" instead of SIMPLE. Save or export it as FITS and try again.`
        : `At byte ${offset} there is no FITS extension: "${first}" instead of XTENSION.`,
      { offset },
    )
  }
  const header: HeaderCard[] = []
  for (let count = 0; count <= MAX_CARDS; count++) {
    const start = offset + count * CARD_LENGTH
    const raw = readRaw(bytes, start)
    if (isEnd(raw)) {
      const length = Math.ceil(((count + 1) * CARD_LENGTH) / BLOCK_LENGTH) * BLOCK_LENGTH
      return { header, end: Math.min(offset + length, bytes.length) }
    }
    if (start + CARD_LENGTH > bytes.length) {
      throw new AsterismError(
        'truncated',
        `The file ends within its header, after ${count} cards and without END. It was probably cut off on the way: fetch or copy it again.`,
        { offset, cards: count },
      )
    }
    appendCard(header, raw)
  }
  throw new AsterismError(
    'bad-header',
    `The header at byte ${offset} has no END within ${MAX_CARDS} cards. The file is damaged: fetch or copy it again.`,
    { offset, cards: MAX_CARDS },
  )
}
