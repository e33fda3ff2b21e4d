import { callFunction, type FunctionName } from './filter-functions'
import type { BinaryOperator, Expression } from './parse-expression'
import { textOfValue } from './text-of-value'

/** A row as a query gives it: values by column name. */
export type RowValues = Readonly<Record<string, unknown>>

/** Reads a row by its place in the table. What it gives is good until the next one is read. */
export type ReadRow = (number: number) => RowValues

/** The value of a column; a row that lacks it has none, also where every object has something of that name. */
export const readColumn = (row: RowValues, name: string): unknown =>
  Object.hasOwn(row, name) ? row[name] : undefined

type Work = (row: RowValues) => unknown

const isNothing = (value: unknown): value is null | undefined =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))

const toNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value === 'bigint') return Number(value)
  return null
}

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value))

const isTrue = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : !isNothing(value) && value !== false && value !== 0 && value !== 0n && value !== ''

/** Negative, zero or positive; null where the two cannot be compared. A text that says a number is one beside a number. */
const compare = (a: unknown, b: unknown): number | null => {
  if (isNothing(a) || isNothing(b)) return null
  // Whole numbers beyond 2^53, such as the ids of a catalogue, are not rounded to be compared.
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return null
}

/** Equal values; a list equals what one of its elements equals. */
const equals = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a)) return a.some((element) => equals(element, b))
  if (Array.isArray(b)) return b.some((element) => equals(a, element))
  return compare(a, b) === 0
}

/** Whether a text fits a pattern in which `*` and `%` stand for any piece and `?` and `_` for one character; capitals do not count. */
const isLike = (text: string, pattern: string): boolean => {
  const [whole, wanted] = [text.toLowerCase(), pattern.toLowerCase()]
  let [at, place, star, mark] = [0, 0, -1, 0]
  // Goes back to the last star only, so that the time is at most the product of the lengths.
  while (at < whole.length) {
    const sign = wanted[place]
    if (sign === '*' || sign === '%') {
      star = place++
      mark = at
    } else if (sign === '?' || sign === '_' || sign === whole[at]) {
      at++
      place++
    } else if (star >= 0) {
      place = star + 1
      at = ++mark
    } else return false
  }
  while (wanted[place] === '*' || wanted[place] === '%') place++
  return place === wanted.length
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '^': (a, b) => a ** b,
}

const ORDER: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

type Combine = (a: unknown, b: unknown) => unknown

/** What can be said of two values, both there. */
const TESTS: Readonly<Partial<Record<BinaryOperator, Combine>>> = {
  '=': equals,
  // Not equal is said of what has a value; where there is none, `is null` asks.
  '!=': (a, b) => !equals(a, b),
  like: (a, b) => isLike(textOfValue(a), textOfValue(b)),
  contains: (a, b) => textOfValue(a).toLowerCase().includes(textOfValue(b).toLowerCase()),
}

const chooseCombination = (operator: BinaryOperator): Combine => {
  const test = TESTS[operator]
  if (test !== undefined) return (a, b) => !isNothing(a) && !isNothing(b) && test(a, b)
  const arithmetic = ARITHMETIC[operator]
  if (arithmetic !== undefined)
    return (a, b) => {
      const [first, second] = [toNumber(a), toNumber(b)]
      return first === null || second === null ? null : arithmetic(first, second)
    }
  const holds = ORDER[operator]
  return (a, b) => {
    const order = compare(a, b)
    return order !== null && holds !== undefined && holds(order)
  }
}

const compileBinary = (operator: BinaryOperator, left: Work, right: Work): Work => {
  // The right side is not looked at where the left side has decided.
  if (operator === 'and') return (row) => isTrue(left(row)) && isTrue(right(row))
  if (operator === 'or') return (row) => isTrue(left(row)) || isTrue(right(row))
  const combine = chooseCombination(operator)
  return (row) => combine(left(row), right(row))
}

const negate = (value: unknown): number | null => {
  const number = toNumber(value)
  return number === null ? null : -number
}

const compileIn = (inner: Work, list: readonly Work[]): Work => {
  return (row) => {
    const value = inner(row)
    return list.some((each) => equals(value, each(row)))
  }
}

const compileCall = (name: FunctionName, inner: readonly Work[]): Work => {
  return (row) => {
    const values = inner.map((each) => toNumber(each(row)))
    return values.includes(null) ? null : callFunction(name, values as number[])
  }
}

const compileInner = (kind: 'negative' | 'not' | 'is-null', inner: Work): Work => {
  if (kind === 'negative') return (row) => negate(inner(row))
  return kind === 'not' ? (row) => !isTrue(inner(row)) : (row) => isNothing(inner(row))
}

const compile = (expression: Expression): Work => {
  switch (expression.kind) {
    case 'value':
      return () => expression.value
    case 'column':
      return (row) => readColumn(row, expression.name)
    case 'in':
      return compileIn(compile(expression.inner), expression.list.map(compile))
    case 'call':
      return compileCall(expression.name, expression.inner.map(compile))
    case 'binary':
      return compileBinary(expression.operator, compile(expression.left), compile(expression.right))
    default:
      return compileInner(expression.kind, compile(expression.inner))
  }
}

/**
 * A filter as a function of a row. A missing value is neither equal to anything nor more or less than it, and makes every calculation
 * missing; only `is null` finds it.
 */
export const compileExpression = (expression: Expression): ((row: RowValues) => boolean) => {
  const work = compile(expression)
  return (row) => isTrue(work(row))
}
