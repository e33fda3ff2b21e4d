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
const rowAt = (number: number) => ROWS[number] ?? {}
const ALL = Uint32Array.from(ROWS, (_, index) => index)

describe('sorting', () => {
  it('by numbers within texts, what is missing last in both directions, ties as they were', () => {
    expect([...sortRows(rowAt, ALL, [{ column: 'name', down: false }])]).toEqual([3, 2, 4, 1, 0])
    expect([...sortRows(rowAt, ALL, [{ column: 'value', down: false }])]).toEqual([2, 3, 4, 0, 1])
    expect([...sortRows(rowAt, ALL, [{ column: 'value', down: true }])]).toEqual([0, 3, 4, 2, 1])
  })

  it('by several columns, and only the rows that are asked for', () => {
    const keys = [
      { column: 'night', down: true },
      { column: 'value', down: false },
    ]
    expect([...sortRows(rowAt, ALL, keys)]).toEqual([3, 1, 2, 4, 0])
    expect([...sortRows(rowAt, Uint32Array.from([4, 0, 2]), keys)]).toEqual([2, 4, 0])
    expect(sortRows(rowAt, ALL, [])).toBe(ALL)
  })

  it('by whole numbers that a double would round, by lists element after element, by what is mixed', () => {
    const sortValues = (values: readonly unknown[], down = false): unknown[] => {
      const read = (number: number) => ({ value: values[number] })
      const all = Uint32Array.from(values, (_, index) => index)
      return Array.from(sortRows(read, all, [{ column: 'value', down }]), (number) => values[number])
    }
    const large = 2n ** 60n
    expect(sortValues([large + 1n, 5, null, large, -large])).toEqual([-large, 5, large, large + 1n, null])
    expect(sortValues([[2], [1, 9], null, [1], [1, null], [10]])).toEqual([
      [1],
      [1, 9],
      [1, null],
      [2],
      [10],
      null,
    ])
    expect(sortValues([[2], [1n], [3]], true)).toEqual([[3], [2], [1n]])
    expect(sortValues([null, 'f10', 'f2', undefined, 'f02', 'f2'])).toEqual([
      'f2',
      'f02',
      'f2',
      'f10',
      null,
      undefined,
    ])
    expect(sortValues(['b', 'a', null, 'b', 'c'], true)).toEqual(['c', 'b', 'b', 'a', null])
  })

  it('gives the order of a slow sort on seeded numbers with gaps (seed 7)', () => {
    let state = 7
    const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
    const values = Array.from({ length: 500 }, () => (random() < 0.1 ? null : Math.floor(random() * 50)))
    const read = (number: number) => ({ value: values[number] })
    const all = Uint32Array.from(values, (_, index) => index)
    const there = [...all].filter((at) => values[at] !== null)
    const slow = there.sort((a, b) => values[a]! - values[b]! || a - b)
    const slowest = [...slow, ...[...all].filter((at) => values[at] === null)]
    expect([...sortRows(read, all, [{ column: 'value', down: false }])]).toEqual(slowest)
  })
})

describe('grouping', () => {
  it('counts and measures each group', () => {
    const { groups, cut } = groupRows(rowAt, ALL, 'night', ['value', 'name'])
    expect(groups.map(({ value, rows }) => [value, rows])).toEqual([
      [1, 3],
      [2, 2],
    ])
    expect(groups[0]?.summaries[0]).toEqual({ count: 3, mean: 2, median: 2, deviation: 1, min: 1, max: 3 })
    expect(groups[1]?.summaries[0]).toMatchObject({ count: 1, mean: 2, deviation: Number.NaN })
    expect(groups[0]?.summaries[1]).toBeNull()
    expect(cut).toBe(false)
  })

  it('gives so many groups and says that there are more; tells a number from its text, and bears what JSON does not', () => {
    const rows = [1, '1', 2n ** 60n, 1, [1n, 2n], { a: 1n }, null].map((value) => ({ value }))
    const read = (number: number) => rows[number]!
    const all = Uint32Array.from(rows, (_, index) => index)
    const { groups } = groupRows(read, all, 'value', ['value'])
    expect(groups.map(({ rows: count }) => count)).toEqual([2, 1, 1, 1, 1, 1])
    expect(groups[2]?.summaries[0]?.mean).toBe(2 ** 60)
    expect(groupRows(read, all, 'value', [], 2)).toMatchObject({
      cut: true,
      groups: [{ value: 1, rows: 2 }, { value: '1' }],
    })
  })
})
