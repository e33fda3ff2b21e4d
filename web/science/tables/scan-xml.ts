/** A tag of an XML text and where it lies: `at` its '<', `end` the character after its '>'. */
export interface XmlTag {
  readonly kind: 'open' | 'close' | 'empty'
  /** Without the prefix of its namespace. */
  readonly name: string
  /** With its colon; empty where there is none. */
  readonly prefix: string
  readonly attributes: Readonly<Record<string, string>>
  readonly at: number
  readonly end: number
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const CDATA = '<![CDATA['

/** Text whose CDATA sections are written out; one that is not closed stays as it stands, and all behind it. */
const escapeSections = (text: string): string => {
  const parts: string[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf(CDATA, at)
    const close = open < 0 ? -1 : text.indexOf(']]>', open + CDATA.length)
    if (close < 0) return parts.join('') + text.slice(at)
    parts.push(text.slice(at, open), text.slice(open + CDATA.length, close).replaceAll('&', '&amp;'))
    at = close + 3
  }
}

/** Text with its five named and its numbered entities resolved. Entities that a document makes up itself are left as they stand. */
export const decodeXmlText = (text: string): string => {
  const plain = text.includes(CDATA) ? escapeSections(text) : text
  if (!plain.includes('&')) return plain
  return plain.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : -1
      if (code >= 0) return code <= 0x10_ffff ? String.fromCodePoint(code) : '\ufffd'
      return NAMED[name ?? ''] ?? whole
    },
  )
}

const NAME = /[\w:.-]+/g
const EQUALS_QUOTE = /\s*=\s*(["'])/y

/** Goes through the text once: a name of a million letters is passed over as a whole. */
const readAttributes = (text: string): Readonly<Record<string, string>> => {
  const entries: [string, string][] = []
  NAME.lastIndex = 0
  for (let name = NAME.exec(text); name !== null; name = NAME.exec(text)) {
    EQUALS_QUOTE.lastIndex = NAME.lastIndex
    const quote = EQUALS_QUOTE.exec(text)?.[1]
    if (quote === undefined) continue
    const start = EQUALS_QUOTE.lastIndex
    const end = text.indexOf(quote, start)
    if (end < 0) break
    entries.push([name[0], decodeXmlText(text.slice(start, end))])
    NAME.lastIndex = end + 1
  }
  return Object.fromEntries(entries)
}

/** The '>' that ends a tag: one within quotes does not. */
const findTagEnd = (text: string, start: number): number => {
  let quote = ''
  for (let at = start; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '>') return at
  }
  return -1
}

const skipTo = (text: string, mark: string, start: number): number => {
  const end = text.indexOf(mark, start)
  return end < 0 ? text.length : end + mark.length
}

/**
 * The next tag from a place on, past comments, CDATA, instructions and declarations; null at the end of the text. A reader of its own,
 * because workers have no parser of documents: nothing is built, nothing is fetched, and no entity of a document is expanded.
 */
export const nextTag = (text: string, from: number): XmlTag | null => {
  let at = from
  for (;;) {
    at = text.indexOf('<', at)
    if (at < 0) return null
    if (text.startsWith('<!--', at)) at = skipTo(text, '-->', at + 4)
    else if (text.startsWith('<![CDATA[', at)) at = skipTo(text, ']]>', at + 9)
    else if (text[at + 1] === '?') at = skipTo(text, '?>', at + 2)
    else if (text[at + 1] === '!') at = skipTo(text, '>', at + 2)
    else {
      const end = findTagEnd(text, at + 1)
      if (end < 0) return null
      const inner = text.slice(at + 1, end)
      const match = /^(\/?)\s*((?:[\w.-]+:)?)([\w.-]+)/.exec(inner)
      if (match !== null) {
        const [, slash = '', prefix = '', name = ''] = match
        const kind = slash === '/' ? 'close' : inner.endsWith('/') ? 'empty' : 'open'
        const attributes = kind === 'close' ? {} : readAttributes(inner)
        return { kind, name, prefix, attributes, at, end: end + 1 }
      }
      at = end + 1
    }
  }
}

/**
 * Finds where a mark comes next, for places that go forward: asked again before the place that was found, it does not look again. A file
 * in which nothing is closed would else be read to its end for everything that is open.
 */
export const createFinder = (text: string, mark: string): ((from: number) => number) => {
  let found = -1
  let none = false
  return (from) => {
    if (!none && found < from) {
      found = text.indexOf(mark, from)
      none = found < 0
    }
    return none ? -1 : found
  }
}
