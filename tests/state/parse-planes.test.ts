import { describe, expect, it } from 'vitest'
import { parsePlanes } from '../../web/state/parse-planes'

describe('planes as a person writes them', () => {
  it.each<[string, number[]]>([
    ['3', [2]],
    [' 2 - 4 ', [1, 2, 3]],
    ['7, 1; 2–3, 1', [0, 1, 2, 6]],
    ['1-7', [0, 1, 2, 3, 4, 5, 6]],
  ])('%s', (text, planes) => {
    expect(parsePlanes(text, 7)).toEqual({ planes })
  })

  it.each<[string, number, string, string]>([
    ['', 7, 'none', ''],
    [' , ', 7, 'none', ''],
    ['all', 7, 'unreadable', 'all'],
    ['4-2', 7, 'unreadable', '4-2'],
    ['1.5', 7, 'unreadable', '1.5'],
    ['0', 7, 'outside', '0'],
    ['2, 6-8', 7, 'outside', '6-8'],
    ['1-2001', 5000, 'too-many', '1-2001'],
    ['1-999999999', 999_999_999, 'too-many', '1-999999999'],
  ])('%s of %i: %s', (text, count, problem, piece) => {
    expect(parsePlanes(text, count)).toEqual({ problem, text: piece })
  })

  it('bears as many as can be made at once', () => {
    expect(parsePlanes('1-2000', 5000)).toMatchObject({ planes: { length: 2000 } })
  })
})
