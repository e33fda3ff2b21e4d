import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFilter } from '../../../web/science/query/read-filter'

const ROWS = [
  {
    id: 'a',
    exposure: 60,
    filter: 'R',
    object: 'HAT-P-32',
    flags: ['saturated'],
    airmass: 1.2,
    excluded: false,
  },
  { id: 'b', exposure: 30, filter: 'V', object: 'M 37', flags: [], airmass: null, excluded: true },
  {
    id: 'c',
    exposure: 0.5,
    filter: null,
    object: "d'Arrest",
    flags: ['edge', 'blended'],
    airmass: 2,
    excluded: false,
  },
]
const COLUMNS = new Set([...Object.keys(ROWS[0]!), 'CCD-TEMP'])

const find = (text: string): string => {
  const filter = readFilter(text, COLUMNS)
  if (filter.kind === 'all') return 'all'
  if (filter.kind === 'problem') return `${filter.problem.code} at ${filter.problem.at}`
  return ROWS.filter(filter.matches)
    .map(({ id }) => id)
    .join('')
}

describe('a filter', () => {
  it.each([
    ['', 'all'],
    ['  ', 'all'],
    // Words.
    ['hat', 'a'],
    ['M 37', 'b'],
    ['saturated', 'a'],
    ['60 r', 'a'],
    ['nothing like this', ''],
    // Comparisons and logic.
    ['exposure > 30', 'a'],
    ['exposure >= 30 and filter in ("R", \'V\')', 'ab'],
    ["exposure<1 or filter='R'", 'ac'],
    ['not (exposure < 1 or filter = "R")', 'b'],
    ['exposure = 60 and not excluded', 'a'],
    ['excluded', 'b'],
    ['EXPOSURE > 30', 'unknown-column at 0'],
    ['exposure > 30 AND NOT excluded', 'a'],
    // What is missing is neither equal nor different.
    ['airmass > 0', 'ac'],
    ['airmass != 2', 'a'],
    ['airmass is null', 'b'],
    ['airmass is not null', 'ac'],
    ['airmass + 1 > 0', 'ac'],
    ['filter = null', ''],
    // Texts.
    ["object = 'd''Arrest'", 'c'],
    ["object like 'hat*'", 'a'],
    ["object like '%3_'", 'ab'],
    ["object like '3'", ''],
    ["object not like '*-*'", 'bc'],
    ["object contains 'ARR'", 'c'],
    // Lists.
    ["'edge' in flags", 'c'],
    ["flags = 'edge'", 'c'],
    ["flags contains 'sat'", 'a'],
    ["'edge' not in flags", 'ab'],
    // Arithmetic.
    ['2 * exposure - 60 = 0', 'b'],
    ['-exposure < -30', 'a'],
    ['2^3^2 = 512 and exposure = 60', 'a'],
    ['-2^2 = -4 and exposure = 60', 'a'],
    ['exposure % 60 = 0', 'a'],
    ['round(airmass, 1) = 1.2', 'a'],
    ['max(exposure, 100) = 100', 'abc'],
    ['abs(log10(exposure)) < 0.4', 'c'],
    ['1e-1 < airmass and .5 = exposure', 'c'],
    ['[exposure] = 30', 'b'],
    ['[CCD-TEMP] is null', 'abc'],
    // What is wrong, and where.
    ['exposure >', 'unexpected-end at 10'],
    ["filter = 'R", 'unclosed-text at 9'],
    ['(exposure > 1', 'unexpected-end at 13'],
    ['exposure > 1)', 'unexpected at 12'],
    ['exposur > 1', 'unknown-column at 0'],
    ['size(exposure) > 1', 'unknown-function at 0'],
    ['abs(1, 2) > 1', 'wrong-count at 0'],
    ['exposure > 1 & filter', 'unknown-sign at 13'],
    ['exposure in ()', ''],
  ])('%s', (text, expected) => {
    expect(find(text)).toBe(expected)
  })

  it('holds a bound on length and depth', () => {
    expect(find(`exposure > ${'('.repeat(500)}1`)).toMatch(/^too-deep/)
    expect(find(`exposure > ${'-'.repeat(500)}1`)).toMatch(/^too-deep/)
    expect(find(`${'not '.repeat(200)} (exposure > 1)`)).toMatch(/^too-deep/)
    expect(find(`exposure > ${'1+'.repeat(900)}1`)).toBe('')
    expect(find(`exposure > ${'1'.repeat(3000)}`)).toMatch(/^too-long/)
  })

  it('finds a pattern in a time that does not explode', () => {
    const long = { object: 'a'.repeat(20_000) }
    const filter = readFilter(`object like '${'*a'.repeat(300)}b'`, new Set(['object']))
    const began = performance.now()
    expect(filter.kind === 'expression' && filter.matches(long)).toBe(false)
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('gives an answer or names a problem for any text', () => {
    const word = fc.constantFrom(
      'exposure',
      'filter',
      'flags',
      '>',
      '<=',
      '=',
      '(',
      ')',
      ',',
      'and',
      'or',
      'not',
      'in',
      'is',
      'null',

      "'R'",
      '"',
      "'",
      '[',
      ']',
      '-',
      '^',
      '1e3',
      '.',
      'like',
      'contains',
      'abs',
      'min',
      '\u{1F600}',
      ' ',
    )
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, (typed) => {
        const filter = readFilter(typed, COLUMNS)
        if (filter.kind === 'problem') {
          expect(filter.problem.at).toBeGreaterThanOrEqual(0)
          expect(filter.problem.at).toBeLessThanOrEqual(typed.length)
        } else if (filter.kind !== 'all') {
          for (const row of ROWS) expect(typeof filter.matches(row)).toBe('boolean')
        }
      }),
      { numRuns: 2000, seed: 4 },
    )
  })
})
