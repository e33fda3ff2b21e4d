import type { QueryProblem, SortBy } from '../../../web/core/table-query'
import type { ReadRow, RowValues } from '../../../web/science/query/compile-expression'
import { groupRows } from '../../../web/science/query/group-rows'
import { readFilter } from '../../../web/science/query/read-filter'
import { sortRows } from '../../../web/science/query/sort-rows'
import type { Random } from '../../../web/science/math/random'
import { changeText } from '../mutate-text'
import { chance, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const COLUMNS = [
  'exposure',
  'filter',
  'flags',
  'site',
  'big',
  'none',
  'and',
  'a b',
  '__proto__',
  'constructor',
]
const ROWS: readonly RowValues[] = [
  {
    exposure: 30,
    filter: 'R',
    flags: ['hot', 'edge'],
    site: { latitude: 47 },
    big: 2n ** 63n,
    none: null,
    and: true,
  },
  { exposure: Number.NaN, filter: '', flags: [], site: null, big: -1n, none: null, and: false, 'a b': 'x' },
  {
    exposure: -Infinity,
    filter: 'ü%_*',
    flags: [1n, null],
    big: [2n ** 64n, 1],
    'a b': 1e300,
    constructor: 3,
  },
  {},
]

const SIGNS = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  'like',
  'contains',
]
const FUNCTIONS = ['abs', 'sqrt', 'log10', 'round', 'min', 'max', 'sin', 'nothing', 'toString']
const WORDS = [
  SIGNS,
  COLUMNS,
  FUNCTIONS.map((name) => `${name}(`),
  [
    'not',
    'in',
    'is null',
    'is not null',
    'not like',
    'not in (',
    'null',
    'true',
    "'%*'",
    '"a""b"',
    '[a b]',
    '[',
    '(',
    ')',
    ',',
    '^-',
  ],
].flat()

/** A filter by the grammar, so deep at most. */
const drawExpression = (random: Random, depth: number): string => {
  const inner = (): string => drawExpression(random, depth - 1)
  const leaf = (): string =>
    pick(random, [
      pick(random, COLUMNS),
      `[${pick(random, COLUMNS)}]`,
      String(Math.round((random.uniform() - 0.5) * 1000) / 10),
      "'R'",
      '"it""s"',
      'null',
      'TRUE',
      '1e400',
      `'${'*a'.repeat(random.integer(20))}'`,
    ])
  if (depth <= 0) return leaf()
  return pick<() => string>(random, [
    leaf,
    () => `${inner()} ${pick(random, SIGNS)} ${inner()}`,
    () => `${inner()} ${pick(random, SIGNS)} ${inner()}`,
    () => `(${inner()})`,
    () => `not ${inner()}`,
    () => `-${inner()}`,
    () => `${inner()} in (${inner()}, ${inner()})`,
    () => `${inner()} is ${chance(random, 0.5) ? 'not ' : ''}null`,
    () => `${pick(random, FUNCTIONS)}(${inner()}, ${inner()})`,
  ])()
}

const checkProblem = (text: string, { at, length, code }: QueryProblem): void =>
  promise(at >= 0 && length >= 0 && at <= text.length, `${code} is said to be at ${at}, ${length} long`)

/** What a person types to narrow a table down, on rows with every kind of value; and the table sorted and grouped by what is in it. */
export const filters: FuzzTarget = {
  name: 'filters',
  make: (random) => {
    const text = drawExpression(random, random.integer(6))
    return new TextEncoder().encode(chance(random, 0.4) ? text : changeText(random, text, WORDS))
  },
  run: (input) => {
    const text = new TextDecoder().decode(input)
    const filter = readFilter(text, new Set(COLUMNS))
    if (filter.kind === 'problem') checkProblem(text, filter.problem)
    if (filter.kind === 'words' || filter.kind === 'expression')
      for (const row of ROWS)
        promise(typeof filter.matches(row) === 'boolean', 'a filter says neither yes nor no')
    // The text chooses by what it is sorted and grouped.
    const column = COLUMNS[text.length % COLUMNS.length]!
    const keys: SortBy[] = [{ column, down: text.length % 3 === 0 }]
    const all = Uint32Array.from(ROWS, (_, index) => index)
    const rowAt: ReadRow = (number) => ROWS[number] ?? {}
    const sorted = sortRows(rowAt, all, keys)
    promise(new Set(sorted).size === ROWS.length, 'a row is lost when they are sorted')
    const { groups } = groupRows(rowAt, all, column, COLUMNS)
    promise(groups.reduce((sum, { rows }) => sum + rows, 0) === ROWS.length, 'a row is in no group')
  },
}
