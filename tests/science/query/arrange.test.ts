import { describe, expect, it } from 'vitest'
import { groupRows } from '../../../web/science/query/group-rows'
import { sortRows } from '../../../web/science/query/sort-rows'

const ROWS = [
  { name: 'frame-10', night: 1, value: 3 },
  { name: 'frame-9', night: 2, value: null },
  { name: 'frame-2', night: 1, value: 1 },
  { name: 'frame-1', night: 2, value: 2 },
  { name: 'frame-3', night: 1, value: 2 },
]
const ALL = Uint32Array.from(ROWS, (_, index) => index)

describe('sorting', () => {
  it('by numbers within texts, what is missing last in both directions, ties as they were', () => {
    expect([...sortRows(ROWS, ALL, [{ column: 'name', down: false }])]).toEqual([3, 2, 4, 1, 0])
    expect([...sortRows(ROWS, ALL, [{ column: 'value', down: false }])]).toEqual([2, 3, 4, 0, 1])
    expect([...sortRows(ROWS, ALL, [{ column: 'value', down: true }])]).toEqual([0, 3, 4, 2, 1])
  })

  it('by several columns, and only the rows that are asked for', () => {
    const keys = [
      { column: 'night', down: true },
      { column: 'value', down: false },
    ]
    expect([...sortRows(ROWS, ALL, keys)]).toEqual([3, 1, 2, 4, 0])
    expect([...sortRows(ROWS, Uint32Array.from([4, 0, 2]), keys)]).toEqual([2, 4, 0])
    expect(sortRows(ROWS, ALL, [])).toBe(ALL)
  })
})

describe('grouping', () => {
  it('counts and measures each group', () => {
    const groups = groupRows(ROWS, ALL, 'night', ['value', 'name'])
    expect(groups.map(({ value, rows }) => [value, rows])).toEqual([
      [1, 3],
      [2, 2],
    ])
    expect(groups[0]?.summaries[0]).toEqual({ count: 3, mean: 2, median: 2, deviation: 1, min: 1, max: 3 })
    expect(groups[1]?.summaries[0]).toMatchObject({ count: 1, mean: 2, deviation: Number.NaN })
    expect(groups[0]?.summaries[1]).toBeNull()
  })
})
