import type { SortBy } from '../../core/table-query'
import type { RowValues } from './compile-expression'

const isMissing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))

const collator = new Intl.Collator('en', { numeric: true })

const compareValues = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'string' && typeof b === 'string') return a === b ? 0 : collator.compare(a, b)
  return collator.compare(JSON.stringify(a), JSON.stringify(b))
}

/**
 * Row numbers in the order of several columns, the first counting most; what is equal in all keeps its order. Rows without a value come
 * last, whichever way it goes. Texts with numbers in them are in the order of the numbers.
 */
export const sortRows = (
  rows: readonly RowValues[],
  numbers: Uint32Array,
  keys: readonly SortBy[],
): Uint32Array => {
  if (keys.length === 0) return numbers
  const columns = keys.map(({ column, down }) => ({
    sign: down ? -1 : 1,
    values: rows.map((row) => row[column]),
  }))
  return Uint32Array.from(numbers).sort((first, second) => {
    for (const { sign, values } of columns) {
      const [a, b] = [values[first], values[second]]
      const [noA, noB] = [isMissing(a), isMissing(b)]
      if (noA !== noB) return noA ? 1 : -1
      const order = noA ? 0 : sign * compareValues(a, b)
      if (order !== 0) return order
    }
    return first - second
  })
}
