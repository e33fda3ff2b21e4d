import { isFunctionName, FUNCTION_ARGUMENTS, type FunctionName } from './filter-functions'
import { FilterError, tokeniseExpression, type Token } from './tokenise-expression'

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | 'like'
  | 'contains'

export type Expression =
  | { readonly kind: 'value'; readonly value: number | bigint | string | boolean | null }
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'negative' | 'not'; readonly inner: Expression }
  | { readonly kind: 'is-null'; readonly inner: Expression }
  | { readonly kind: 'in'; readonly inner: Expression; readonly list: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly inner: readonly Expression[] }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    }

/** How deep brackets, signs and negations may go: as deep as the calls that read and work them out. */
const DEEPEST = 60
const COMPARISONS: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/** Whole numbers that a double would round are kept digit by digit. */
const readNumber = (text: string): number | bigint => {
  const value = Number(text)
  return /^\d{16,40}$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value
}

/**
 * Reads a filter: `or`, `and`, `not`, comparisons (`= != < <= > >=`, `in (…)`, `like`, `contains`, `is null`), `+ - * / % ^`, functions and
 * columns, binding in that order. Words of the language are the same in small and capital letters; names of columns are not.
 * @param known names of the columns there are
 */
export const parseExpression = (text: string, known: ReadonlySet<string>): Expression => {
  const tokens = tokeniseExpression(text)
  let next = 0
  let depth = 0
  const peek = (): Token => tokens[next]!
  const fail = (
    code: 'unexpected' | 'unexpected-end' | 'unknown-column' | 'wrong-count',
    token = peek(),
  ): never => {
    throw new FilterError({
      code: token.kind === 'end' ? 'unexpected-end' : code,
      at: token.at,
      length: token.length,
      text: token.text,
    })
  }
  const isWord = (word: string): boolean => {
    const { kind, quoted, text: found } = peek()
    return kind === 'name' && !quoted && found.toLowerCase() === word
  }
  const isSign = (sign: string): boolean => peek().kind === 'sign' && peek().text === sign
  const take = (is: boolean): boolean => {
    if (is) next++
    return is
  }
  const demand = (is: boolean): void => {
    if (!take(is)) fail('unexpected')
  }
  /** One level down; a bound on them is a bound on the stack. */
  const deeper = (read: () => Expression): Expression => {
    if (++depth > DEEPEST) {
      const { at, length, text: found } = peek()
      throw new FilterError({ code: 'too-deep', at, length, text: found })
    }
    const result = read()
    depth--
    return result
  }

  const readList = (): Expression[] => {
    demand(isSign('('))
    const list: Expression[] = []
    if (take(isSign(')'))) return list
    do list.push(readOr())
    while (take(isSign(',')))
    demand(isSign(')'))
    return list
  }

  const readCall = (name: Token): Expression => {
    const called = name.text.toLowerCase()
    if (!isFunctionName(called)) {
      throw new FilterError({ code: 'unknown-function', at: name.at, length: name.length, text: name.text })
    }
    const inner = readList()
    const [fewest, most] = FUNCTION_ARGUMENTS[called]
    if (inner.length < fewest || inner.length > most) fail('wrong-count', name)
    return { kind: 'call', name: called, inner }
  }

  const readPrimary = (): Expression => {
    const token = peek()
    if (token.kind === 'number') {
      next++
      return { kind: 'value', value: readNumber(token.text) }
    }
    if (token.kind === 'text') {
      next++
      return { kind: 'value', value: token.text }
    }
    if (take(isSign('('))) {
      const inner = deeper(readOr)
      demand(isSign(')'))
      return inner
    }
    if (token.kind !== 'name') return fail('unexpected')
    next++
    if (!token.quoted && isSign('(')) return deeper(() => readCall(token))
    if (known.has(token.text)) return { kind: 'column', name: token.text }
    const word = token.quoted ? undefined : WORDS.get(token.text.toLowerCase())
    return word === undefined ? fail('unknown-column', token) : { kind: 'value', value: word }
  }

  const readPower = (): Expression => {
    const left = readPrimary()
    // To the right: 2^3^2 is 2^9.
    return take(isSign('^')) ? { kind: 'binary', operator: '^', left, right: deeper(readSigned) } : left
  }
  const readSigned = (): Expression => {
    if (take(isSign('-'))) return { kind: 'negative', inner: deeper(readSigned) }
    if (take(isSign('+'))) return deeper(readSigned)
    return readPower()
  }
  const readChain = (signs: readonly BinaryOperator[], read: () => Expression): Expression => {
    let left = read()
    for (;;) {
      const operator = signs.find(isSign)
      if (operator === undefined) return left
      next++
      left = { kind: 'binary', operator, left, right: read() }
    }
  }
  const readSum = (): Expression => readChain(['+', '-'], () => readChain(['*', '/', '%'], readSigned))

  const readComparison = (): Expression => {
    const left = readSum()
    if (take(isWord('is'))) {
      const negated = take(isWord('not'))
      demand(isWord('null'))
      const inner: Expression = { kind: 'is-null', inner: left }
      return negated ? { kind: 'not', inner } : inner
    }
    const negated = take(isWord('not'))
    const wrap = (inner: Expression): Expression => (negated ? { kind: 'not', inner } : inner)
    if (take(isWord('in'))) {
      // A list in brackets, or a column that holds a list itself, such as flags.
      const list = isSign('(') ? deeper(() => ({ kind: 'in', inner: left, list: readList() })) : null
      return wrap(list ?? { kind: 'in', inner: left, list: [readSum()] })
    }
    for (const operator of ['like', 'contains'] as const)
      if (take(isWord(operator))) return wrap({ kind: 'binary', operator, left, right: readSum() })
    if (negated) return fail('unexpected')
    const operator = peek().kind === 'sign' ? COMPARISONS[peek().text] : undefined
    if (operator === undefined) return left
    next++
    return { kind: 'binary', operator, left, right: readSum() }
  }
  const readNot = (): Expression =>
    take(isWord('not')) ? { kind: 'not', inner: deeper(readNot) } : readComparison()
  const readJoined = (word: 'and' | 'or', read: () => Expression): Expression => {
    let left = read()
    while (take(isWord(word))) left = { kind: 'binary', operator: word, left, right: read() }
    return left
  }
  const readOr = (): Expression => readJoined('or', () => readJoined('and', readNot))

  const whole = readOr()
  if (peek().kind !== 'end') fail('unexpected')
  return whole
}
