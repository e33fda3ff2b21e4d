import type { RawFrameKind } from '../core/frame'
import type { CardReader } from './read-values'

type KnownKind = Exclude<RawFrameKind, 'unknown'>

/** English, German, French, Spanish, Italian and Portuguese; whole words in lower case. */
const WORDS: Readonly<Record<KnownKind, string>> = {
  bias: 'bias biases biasframe zero zeros zeroframe offset offsets nullbild nullbilder biais sesgo sesgos',
  dark: 'dark darks darkframe darkframes flatdark flatdarks darkflat darkflats dunkel dunkelbild dunkelbilder dunkelstrom noir noirs oscuro oscuros oscura oscuras scuro scuri buio escuro escuros',
  flat: 'flat flats flatfield flatfields flatframe skyflat skyflats domeflat domeflats twilightflat twilight dflat sflat weissbild weißbild weissbilder weissfeld weißfeld hellfeld hellbild hellbilder plu planos',
  arc: 'arc arcs comp comparison lamp lamps thar wave wavecal calibration-lamp arclamp complamp lampe eichlampe vergleichslampe spektrallampe kalibrierlampe neonlampe lampara lámpara lampada',
  light:
    'light lights lightframe lite science sci object obj objects target expose star standard std tricolor licht lichtbild objekt objektbild lumiere lumière brute brutes ciencia scienza',
}

const KIND_OF = new Map<string, KnownKind>(
  (Object.entries(WORDS) as [KnownKind, string][]).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind] as const),
  ),
)

/** Words that say something in a header and are too common in names of files and folders. */
const HEADER_ONLY = new Set([
  'comp',
  'comparison',
  'wave',
  'zero',
  'zeros',
  'offset',
  'twilight',
  'expose',
  'lite',
  'obj',
  'objects',
  'std',
  'standard',
  'tricolor',
  'lampe',
  'noir',
  'buio',
  'brute',
  'brutes',
])
/** Names of calibration lamps. Flats, darks and lights are named after the lamp that they belong to as well, so they count only where nothing else is said. */
const LAMPS = new Set('neon hg hgar hgne hgcd argon arne krypton xenon cuar cune thne hene'.split(' '))
/** A kind's word with a short tail, as in `biasn-b0s`, `darksu7s` and `flatp1`; not `darkness` nor `flatiron`. */
const PREFIX = /^(bias|dark|flat)[a-z]{1,2}$/

const splitWords = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')

const kindsOf = (words: readonly string[], known: (word: string) => KnownKind | undefined): Set<KnownKind> =>
  new Set(words.map(known).filter((kind) => kind !== undefined))

/** One kind, or null when nothing or several were said. A dark for flats is a dark. */
const settle = (kinds: Set<KnownKind>): KnownKind | null => {
  if (kinds.size === 2 && kinds.has('dark') && kinds.has('flat')) return 'dark'
  // 'flat object', 'bias frame (light)': a kind of calibration says more than the general word.
  if (kinds.size === 2 && kinds.has('light')) return [...kinds].find((kind) => kind !== 'light') ?? null
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null
}

/** The kind that a header value such as 'Light Frame', 'zero' or 'FLAT,SKY' names. */
const kindOfWords = (text: string): KnownKind | null =>
  settle(kindsOf(splitWords(text), (word) => KIND_OF.get(word)))

// What may stand beside a kind's word in OBJECT without making it the name of something in the sky.
const NEUTRAL = /^(?:\p{L}|frame|field|image|bild|sky|dome|panel|master|sec|test)$/u

/** The kind that OBJECT names, as in 'dark' or 'Flat R'; null for 'Comparison star' or 'Flatiron nebula'. */
export const kindOfObject = (text: string): KnownKind | null => {
  const words = splitWords(text)
  if (words.length > 0 && words.every((word) => LAMPS.has(word))) return 'arc'
  return words.every((word) => (KIND_OF.get(word) ?? 'light') !== 'light' || NEUTRAL.test(word))
    ? kindOfWords(text)
    : null
}

export const readKindWord: CardReader<RawFrameKind> = (card) =>
  typeof card.value === 'string' ? kindOfWords(card.value) : null

const kindInName = (word: string): KnownKind | undefined => {
  if (HEADER_ONLY.has(word)) return undefined
  const kind = KIND_OF.get(word)
  if (kind) return kind
  const prefix = PREFIX.exec(word)?.[1]
  return prefix === undefined ? undefined : (prefix as KnownKind)
}

const kindOfName = (name: string): KnownKind | null => {
  // With and without a cut at capitals: 'SkyFlatB' is sky, flat and B, while 'ThAr' is one word.
  const words = [...splitWords(name), ...splitWords(name.replace(/([a-zß])([A-ZÄÖÜ])/g, '$1 $2'))]
  const kinds = kindsOf(words, kindInName)
  // In a name 'light' beside 'dark' may mean that a dark was taken off it: nothing is concluded.
  if (kinds.has('light') && kinds.size > 1) return null
  return settle(kinds)
}

const namesLamp = (name: string): boolean => splitWords(name).some((word) => LAMPS.has(word))

/** The kind that a file's name gives, else the folder nearest to it that gives one, else a lamp that the file is named after. */
export const kindOfPath = (path: string): { kind: KnownKind; from: 'name' | 'folder' } | null => {
  const parts = path.split('/').filter((part) => part !== '')
  const lamp = namesLamp(parts.at(-1) ?? '')
  for (const [index, part] of parts.reverse().entries()) {
    const kind = kindOfName(part)
    if (kind !== null) return { kind, from: index === 0 ? 'name' : 'folder' }
  }
  return lamp ? { kind: 'arc', from: 'name' } : null
}
