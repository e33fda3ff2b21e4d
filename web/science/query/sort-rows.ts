import type { SortBy } from '../../core/table-query'
import { readColumn, type ReadRow } from './compile-expression'
import { textOfValue } from './text-of-value'

/** Lists are in the order of their first elements; so many are compared, and kept while the rows are sorted. */
const COMPARED = 8

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))

const collator = new Intl.Collator('en', { numeric: true })

const isNumber = (value: unknown): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

const compareValues = (a: unknown, b: unknown): number => {
  // Numbers beyond 2^53 are not rounded to be compared.
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : collator.compare(a, b)
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b)
  return collator.compare(textOfValue(a), textOfValue(b))
}

/** Element by element, as words in a dictionary; a missing element comes after all others. */
const compareLists = (a: readonly unknown[], b: readonly unknown[]): number => {
  for (let index = 0; index < Math.min(a.length, b.length, COMPARED); index++) {
    const [first, second] = [isMissing(a[index]), isMissing(b[index])]
    const order = first || second ? Number(first) - Number(second) : compareValues(a[index], b[index])
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** What a value is sorted by: of a long list its beginning, so that no more is kept. */
const keyOf = (value: unknown): unknown => (Array.isArray(value) ? value.slice(0, COMPARED) : value)

const isText = (value: unknown): value is string | null | undefined =>
  typeof value === 'string' || value === null || value === undefined

/** Texts by their place among the different ones, which are compared once; NaN for none. A night has thousands of rows and three filters. */
const rankTexts = (values: readonly (string | null | undefined)[]): Float64Array => {
  const ranks = new Map<string, number>()
  for (const value of values) if (typeof value === 'string') ranks.set(value, 0)
  let [rank, before] = [0, null as string | null]
  for (const text of [...ranks.keys()].sort(collator.compare)) {
    // '01' and '1' are the same number, and keep the order in which they come.
    if (before !== null && collator.compare(before, text) !== 0) rank++
    ranks.set(text, rank)
    before = text
  }
  return Float64Array.from(values, (value) =>
    typeof value === 'string' ? (ranks.get(value) ?? 0) : Number.NaN,
  )
}

type Compare = (first: number, second: number) => number

/** Compares two rows by their places in `numbers`. A column of nothing but numbers is kept as such: a million of them are eight megabytes. */
const prepareColumn = (rowAt: ReadRow, numbers: Uint32Array, { column, down }: SortBy): Compare => {
  const sign = down ? -1 : 1
  const plain = new Float64Array(numbers.length)
  let mixed: unknown[] | null = null
  for (const [place, number] of numbers.entries()) {
    const value = readColumn(rowAt(number), column)
    if (mixed === null) {
      if (typeof value === 'number' || value === null || value === undefined) {
        plain[place] = value ?? Number.NaN
        continue
      }
      mixed = Array.from(plain.subarray(0, place))
    }
    mixed.push(keyOf(value))
  }
  // What was missing before the first text was kept as NaN.
  const texts = mixed?.map((value) => (Number.isNaN(value) ? null : value))
  const values: ArrayLike<unknown> =
    texts === undefined ? plain : texts.every(isText) ? rankTexts(texts) : texts
  return (first, second) => {
    const [a, b] = [values[first], values[second]]
    const [noA, noB] = [isMissing(a), isMissing(b)]
    if (noA || noB) return noA === noB ? 0 : noA ? 1 : -1
    return sign * compareValues(a, b)
  }
}

/**
 * Row numbers in the order of several columns, the first counting most; what is equal in all keeps its order. Rows without a value come
 * last, whichever way it goes. Texts with numbers in them are in the order of the numbers.
 */
export const sortRows = (rowAt: ReadRow, numbers: Uint32Array, keys: readonly SortBy[]): Uint32Array => {
  if (keys.length === 0) return numbers
  const compares = keys.map((key) => prepareColumn(rowAt, numbers, key))
  const places = Uint32Array.from(numbers, (_, place) => place).sort((first, second) => {
    for (const compare of compares) {
      const order = compare(first, second)
      if (order !== 0) return order
    }
    return numbers[first]! - numbers[second]!
  })
  return places.map((place) => numbers[place]!)
}
