import type { Random } from '../../web/science/math/random'
import { mutateBytes } from './mutate-bytes'
import { chance, drawCount, drawInteger, pick } from './pick'

/** A text and the words that its format knows: what means something in it gets deeper than noise does. */
type TextMutation = (random: Random, text: string, words: readonly string[]) => string

/** Characters of a run at most. What takes the square of the length is over its second here, and what takes the length is not. */
const LONGEST_RUN = 120_000

const COMMON: readonly string[] = [
  [
    '',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\0',
    ',',
    ';',
    '"',
    "'",
    '""',
    '<',
    '>',
    '&',
    '=',
    ':',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
  ],
  [
    '0',
    '1',
    '-1',
    '9',
    '.',
    'e',
    'E9',
    '1e999',
    '-1e-999',
    'NaN',
    'nan',
    'inf',
    '-Infinity',
    'null',
    'true',
    'F',
  ],
  [
    '9007199254740993',
    '18446744073709551616',
    '-9223372036854775808',
    '0x7fffffff',
    '1,5',
    '1.5.2',
    '٣',
    'ü',
    '\ufeff',
  ],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\ud83d\ude00', '../..', '%00', 'x'],
].flat()

const drawPlace = (random: Random, text: string): number => random.integer(text.length + 1)

/** Where a piece of the text begins and ends: words and numbers are taken whole, more often than not. */
const drawPiece = (random: Random, text: string): readonly [number, number] => {
  const at = drawPlace(random, text)
  if (chance(random, 0.3)) return [at, Math.min(text.length, at + random.integer(12))]
  let [start, end] = [at, at]
  while (start > 0 && end - start < 200 && /[\w.+-]/.test(text[start - 1]!)) start--
  while (end < text.length && end - start < 200 && /[\w.+-]/.test(text[end]!)) end++
  return [start, end]
}

const drawWord = (random: Random, words: readonly string[]): string => {
  const kind = random.integer(5)
  if (kind === 0) return String(drawInteger(random))
  if (kind === 1 || words.length === 0) return pick(random, COMMON)
  return pick(random, words)
}

const replacePiece: TextMutation = (random, text, words) => {
  const [start, end] = drawPiece(random, text)
  return text.slice(0, start) + drawWord(random, words) + text.slice(end)
}

const insertWord: TextMutation = (random, text, words) => {
  const at = drawPlace(random, text)
  return text.slice(0, at) + drawWord(random, words) + text.slice(at)
}

const removePiece: TextMutation = (random, text) => {
  const [start, end] = drawPiece(random, text)
  return text.slice(0, start) + text.slice(end)
}

const swapPieces: TextMutation = (random, text) => {
  const [first, second] = [drawPiece(random, text), drawPiece(random, text)].toSorted((a, b) => a[0] - b[0])
  if (first === undefined || second === undefined || first[1] > second[0]) return text
  return (
    text.slice(0, first[0]) +
    text.slice(...second) +
    text.slice(first[1], second[0]) +
    text.slice(...first) +
    text.slice(second[1])
  )
}

/** Lines are rows and the lines of a header. */
const shuffleLines: TextMutation = (random, text) => {
  const lines = text.split('\n')
  const [from, to] = [random.integer(lines.length), random.integer(lines.length)]
  const kind = random.integer(3)
  const [line = ''] = kind === 0 ? lines.slice(from, from + 1) : lines.splice(from, 1)
  if (kind < 2) lines.splice(to, 0, line)
  return lines.join('\n')
}

/** The same word over and over: mostly some times, now and then so often that whoever goes back for it again and again does not end. */
const repeatWord: TextMutation = (random, text, words) => {
  const [start, end] = drawPiece(random, text)
  const word = chance(random, 0.6) ? drawWord(random, words) : text.slice(start, end)
  if (word === '') return text
  const most = chance(random, 0.9) ? 60 : LONGEST_RUN / word.length
  const run = word.repeat(1 + random.integer(Math.max(1, Math.floor(most))))
  return text.slice(0, start) + run + text.slice(chance(random, 0.5) ? end : start)
}

const cut: TextMutation = (random, text) => text.slice(0, drawPlace(random, text))

const MUTATIONS: readonly TextMutation[] = [
  replacePiece,
  replacePiece,
  replacePiece,
  insertWord,
  insertWord,
  removePiece,
  swapPieces,
  shuffleLines,
  repeatWord,
  cut,
]

/** A text that was hurt in some places where its format looks. */
export const changeText = (random: Random, text: string, words: readonly string[], most = 6): string => {
  let changed = text
  for (let count = drawCount(random, most); count > 0; count--)
    changed = pick(random, MUTATIONS)(random, changed, words)
  return changed
}

/** The bytes of a text that was hurt as a text, at times as bytes; one byte a character, so that every byte is kept. */
export const mutateText = (
  random: Random,
  source: Uint8Array,
  words: readonly string[],
  most = 6,
): Uint8Array<ArrayBuffer> => {
  if (chance(random, 0.15)) return mutateBytes(random, source)
  const latin = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString('latin1')
  // What is not one byte goes in as its UTF-8.
  return new Uint8Array(Buffer.from(changeText(random, latin, words.map(toLatin), most), 'latin1'))
}

const toLatin = (word: string): string => Buffer.from(word, 'utf8').toString('latin1')
