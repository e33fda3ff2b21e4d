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

/** Text with its five named and its numbered entities resolved. Entities that a document makes up itself are left as they stand. */
export const decodeXmlText = (text: string): string => {
  const plain = text.includes('<![CDATA[')
    ? text.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => inner.replaceAll('&', '&amp;'))
    : text
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

const readAttributes = (text: string): Readonly<Record<string, string>> => {
  const entries: [string, string][] = []
  for (const match of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    entries.push([match[1] ?? '', decodeXmlText(match[2] ?? match[3] ?? '')])
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
    else break
  }
  const end = findTagEnd(text, at + 1)
  if (end < 0) return null
  const inner = text.slice(at + 1, end)
  const match = /^(\/?)\s*((?:[\w.-]+:)?)([\w.-]+)/.exec(inner)
  if (match === null) return nextTag(text, end + 1)
  const [, slash = '', prefix = '', name = ''] = match
  const kind = slash === '/' ? 'close' : inner.endsWith('/') ? 'empty' : 'open'
  return { kind, name, prefix, attributes: kind === 'close' ? {} : readAttributes(inner), at, end: end + 1 }
}
