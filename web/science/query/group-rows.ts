import type { GroupSummary, RowGroup } from '../../core/table-query'
import type { RowValues } from './compile-expression'

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

/** Rows with the same value in `by`, in the order in which the values first appear, with statistics of the other columns. */
export const groupRows = (
  rows: readonly RowValues[],
  numbers: Uint32Array,
  by: string,
  columns: readonly string[],
): RowGroup[] => {
  const groups = new Map<string, { value: unknown; members: number[] }>()
  for (const number of numbers) {
    const value = rows[number]?.[by] ?? null
    const key = JSON.stringify(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { value, members: [number] })
    else group.members.push(number)
  }
  return [...groups.values()].map(({ value, members }) => ({
    value,
    rows: members.length,
    summaries: columns.map((column) => {
      const found = members.flatMap((number) => {
        const cell = rows[number]?.[column]
        return typeof cell === 'number' && Number.isFinite(cell) ? [cell] : []
      })
      return summarise(Float64Array.from(found))
    }),
  }))
}
