import { AsterismError } from '../../core/errors'

/** What one line of YAML can hold here: a text, a list or a set of properties. Tags and anchors are passed over. */
export type FlowValue = string | readonly FlowValue[] | { readonly [key: string]: FlowValue }

const DEEPEST = 20

const refuse = (): never => {
  throw new AsterismError('bad-header', 'The header of the ECSV table is no YAML that can be read here.')
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '\\': '\\',
  '"': '"',
  '/': '/',
  ' ': ' ',
}

/** A single-pass reader of YAML's flow style, as the headers of tables use it. */
class FlowReader {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  private skipBlanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  private readQuoted(quote: string): string {
    let value = ''
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.text[this.at]!
      if (character === quote && quote === "'" && this.text[this.at + 1] === "'") {
        value += "'"
        this.at++
      } else if (character === quote) {
        this.at++
        return value
      } else if (character === '\\' && quote === '"') {
        const next = this.text[++this.at] ?? ''
        const digits = next === 'x' ? 2 : next === 'u' ? 4 : 0
        if (digits === 0) value += ESCAPES[next] ?? next
        else {
          value += String.fromCharCode(
            parseInt(this.text.slice(this.at + 1, this.at + 1 + digits), 16) || 0xfffd,
          )
          this.at += digits
        }
      } else value += character
    }
    return refuse()
  }

  private readPlain(inside: boolean): string {
    const start = this.at
    while (this.at < this.text.length) {
      const character = this.text[this.at]!
      if (inside && (character === ',' || character === '}' || character === ']')) break
      if (inside && character === ':' && /\s/.test(this.text[this.at + 1] ?? ' ')) break
      this.at++
    }
    return this.text.slice(start, this.at).trim()
  }

  private readCollection(depth: number): FlowValue {
    const opening = this.text[this.at++]
    const closing = opening === '{' ? '}' : ']'
    const list: FlowValue[] = []
    const entries: [string, FlowValue][] = []
    for (;;) {
      this.skipBlanks()
      if (this.at >= this.text.length) return refuse()
      if (this.text[this.at] === closing) {
        this.at++
        return opening === '{' ? Object.fromEntries(entries) : list
      }
      const key = this.read(depth + 1, true)
      this.skipBlanks()
      if (opening === '{') {
        let value: FlowValue = ''
        if (this.text[this.at] === ':') {
          this.at++
          value = this.read(depth + 1, true)
        }
        entries.push([typeof key === 'string' ? key : '', value])
      } else list.push(key)
      this.skipBlanks()
      if (this.text[this.at] === ',') this.at++
      else if (this.text[this.at] !== closing) return refuse()
    }
  }

  read(depth: number, inside: boolean): FlowValue {
    if (depth > DEEPEST) return refuse()
    this.skipBlanks()
    while (/[!&]/.test(this.text[this.at] ?? '')) {
      while (this.at < this.text.length && !/[\s{[,}\]]/.test(this.text[this.at]!)) this.at++
      this.skipBlanks()
    }
    const character = this.text[this.at]
    if (character === '{' || character === '[') return this.readCollection(depth)
    if (character === '"' || character === "'") return this.readQuoted(character)
    return this.readPlain(inside)
  }
}

/** A value of YAML in its flow style: `{name: ra, unit: deg}`, `[1, 2]`, a quoted or a plain text. All scalars are texts. */
export const parseFlow = (text: string): FlowValue => new FlowReader(text).read(0, false)
