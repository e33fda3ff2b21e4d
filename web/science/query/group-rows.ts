import type { GroupSummary, RowGroup } from '../../core/table-query'
import { readColumn, type ReadRow } from './compile-expression'
import { textOfValue } from './text-of-value'

const summarise = (values: Float64Array): GroupSummary | null => {
  const { length } = values
  if (length === 0) return null
  const sorted = values.sort()
  const mean = sorted.reduce((sum, value) => sum + value / length, 0)
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const middle = length >> 1
  return {
    count: length,
    mean,
    median: length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2,
    deviation: length > 1 ? Math.sqrt(squares / (length - 1)) : Number.NaN,
    min: sorted[0]!,
    max: sorted[length - 1]!,
  }
}

/** Tells values apart as they are: the number 1 is not the text '1'. */
const keyOf = (value: unknown): string => `${typeof value} ${textOfValue(value)}`

/**
 * Rows with the same value in `by`, in the order in which the values first appear, with statistics of the other columns.
 * @param most so many groups at most; rows of what comes after them are in none
 */
export const groupRows = (
  rowAt: ReadRow,
  numbers: Uint32Array,
  by: string,
  columns: readonly string[],
  most = Infinity,
): { readonly groups: RowGroup[]; readonly cut: boolean } => {
  const groups = new Map<string, { value: unknown; members: number[] }>()
  let cut = false
  for (const number of numbers) {
    const value = readColumn(rowAt(number), by) ?? null
    const key = keyOf(value)
    const group = groups.get(key)
    if (group !== undefined) group.members.push(number)
    else if (groups.size < most) groups.set(key, { value, members: [number] })
    else cut = true
  }
  const summariseGroup = ({ value, members }: { value: unknown; members: number[] }): RowGroup => ({
    value,
    rows: members.length,
    summaries: columns.map((column) => {
      const found = new Float64Array(members.length)
      let count = 0
      for (const number of members) {
        const cell = readColumn(rowAt(number), column)
        const plain = typeof cell === 'bigint' ? Number(cell) : cell
        if (typeof plain === 'number' && Number.isFinite(plain)) found[count++] = plain
      }
      return summarise(found.subarray(0, count))
    }),
  })
  return { groups: [...groups.values()].map(summariseGroup), cut }
}
