import type { QueryProblem } from '../../core/table-query'

/** Thrown while a filter is read, and caught where the reading began. */
export class FilterError extends Error {
  readonly problem: QueryProblem
  constructor(problem: QueryProblem) {
    super(`${problem.code} at ${problem.at}: ${problem.text}`)
    this.problem = problem
  }
}

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'sign' | 'end'
  /** Of a text without its quotes, of a name without its brackets. */
  readonly text: string
  readonly at: number
  readonly length: number
  /** A name in brackets is always a column, never a word of the language. */
  readonly quoted: boolean
}

/** Longer filters are no longer typed by anybody. */
const MOST_CHARACTERS = 2000
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy
const SIGN = /<=|>=|<>|!=|==|[-+*/%^=<>(),]/y
const BLANK = /\s+/y

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}

/** A text in quotes, doubled quotes standing for one, or a name in brackets. */
const readQuoted = (text: string, at: number, close: string): { value: string; length: number } => {
  let value = ''
  for (let index = at + 1; index < text.length; index++) {
    if (text[index] !== close) value += text[index]
    else if (text[index + 1] === close && close !== ']') {
      value += close
      index++
    } else return { value, length: index + 1 - at }
  }
  throw new FilterError({ code: 'unclosed-text', at, length: text.length - at, text: text.slice(at) })
}

/**
 * The words of a filter such as `exposure > 30 and filter in ('R', "V")`. Texts stand in single or double quotes, names of columns
 * bare or in brackets.
 */
export const tokeniseExpression = (text: string): Token[] => {
  if (text.length > MOST_CHARACTERS)
    throw new FilterError({ code: 'too-long', at: MOST_CHARACTERS, length: 1, text: String(text.length) })
  const tokens: Token[] = []
  let at = 0
  const push = (kind: Token['kind'], value: string, length: number, quoted = false): void => {
    tokens.push({ kind, text: value, at, length, quoted })
    at += length
  }
  while (at < text.length) {
    const blank = matchAt(BLANK, text, at)
    if (blank !== null) {
      at += blank.length
      continue
    }
    const first = text[at] ?? ''
    const number = matchAt(NUMBER, text, at)
    const name = matchAt(NAME, text, at)
    const sign = matchAt(SIGN, text, at)
    if (first === "'" || first === '"') {
      const { value, length } = readQuoted(text, at, first)
      push('text', value, length)
    } else if (first === '[') {
      const { value, length } = readQuoted(text, at, ']')
      push('name', value, length, true)
    } else if (number !== null) push('number', number, number.length)
    else if (name !== null) push('name', name, name.length)
    else if (sign !== null) push('sign', sign, sign.length)
    else throw new FilterError({ code: 'unknown-sign', at, length: 1, text: first })
  }
  tokens.push({ kind: 'end', text: '', at: text.length, length: 0, quoted: false })
  return tokens
}
