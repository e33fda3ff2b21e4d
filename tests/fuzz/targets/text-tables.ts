import type { ColumnType, Table } from '../../../web/core/table'
import { openFileTable } from '../../../web/ingest/open-file-table'
import { readTextTables } from '../../../web/ingest/read-file-tables'
import { mutateText } from '../mutate-text'
import { TEXT_TABLES, type TextFormat } from '../packed-corpus'
import { chance, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'

const DELIMITED = [',', ';', '\t', '|', ' ', '"', '""', '#', '\r', '\n\n', '1,5', '"a\nb"', '--', 'n/a']
const PROPERTIES =
  'name unit datatype description format subtype meta datatype: delimiter: schema: int64 float128 uint64 complex64 string bool json'
const ECSV = [
  PROPERTIES.split(' '),
  [
    '# ',
    '# - ',
    '- {',
    '}',
    '!!omap',
    '&a',
    '*a',
    '"\\x41"',
    "''",
    'int64[null]',
    'float32[2,3]',
    'int8[-1]',
  ],
  [
    '[[1,2],[3]]',
    '(1+2j)',
    '[NaN, -Infinity]',
    'delimiter: ","',
    '# datatype:\n# - {name: a, datatype: int8}\n',
  ],
].flat()
const TAGS =
  'TABLE FIELD DATA TABLEDATA TR TD BINARY BINARY2 STREAM FITS VALUES DESCRIPTION RESOURCE VOTABLE PARAM'
const DATATYPES =
  'boolean bit unsignedByte short int long char unicodeChar float double floatComplex doubleComplex'
const VOTABLE = [
  TAGS.split(' ').flatMap((tag) => [tag, `<${tag}>`, `</${tag}>`, `<${tag}/>`, `<v:${tag} `]),
  DATATYPES.split(' ').flatMap((type) => [type, `<FIELD name="x" datatype="${type}"/>`]),
  [
    'arraysize="*"',
    'arraysize="3x2*"',
    'arraysize="0"',
    'arraysize="1e9x1e9"',
    'arraysize="Infinityx0"',
    '2x2',
  ],
  [
    'datatype="',
    'encoding="base64"',
    'href="x"',
    'null="1"',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '<!',
    '<>',
  ],
  [
    '&#0;',
    '&#x10ffff;',
    '&#99999999;',
    '&amp;',
    '&bomb;',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    'AAAA',
    '//8=',
    '////',
  ],
].flat()

const TYPES: ReadonlySet<ColumnType> = new Set<ColumnType>(
  [
    ['boolean', 'bits', 'uint8', 'int16', 'int32', 'int64', 'float32', 'float64', 'complex64'] as const,
    ['complex128', 'text'] as const,
  ].flat(),
)

const MOST_COLUMNS = 40
/** Whatever a table is, so much of it is written down here. */
const MOST_CHARACTERS = 200_000

const write = (cell: unknown): string =>
  JSON.stringify(cell, (_, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'number' ? String(value) : value,
  ) ?? 'nothing'

/** Cells in any order: what a row gives must not hang on the row before it. */
const readCells = (table: Table, rows: readonly number[]): Map<number, string> => {
  const texts = new Map<number, string>()
  let characters = 0
  for (const row of rows) {
    const cells = table.columns.slice(0, MOST_COLUMNS).map(({ cell }) => write(cell(row)))
    texts.set(row, cells.join())
    characters += cells.reduce((sum, text) => sum + text.length, 0)
    if (characters > MOST_CHARACTERS) break
  }
  return texts
}

const checkTable = (table: Table): void => {
  promise(Number.isSafeInteger(table.rowCount) && table.rowCount >= 0, `${table.rowCount} rows`)
  for (const { name, type, shape } of table.columns) {
    promise(typeof name === 'string', 'a column has no name')
    promise(TYPES.has(type), `a column of no type there is: ${type}`)
    promise(
      shape === null || shape.every((side) => Number.isSafeInteger(side) && side >= 0),
      `a column of shape ${shape?.join()}`,
    )
  }
  const last = table.rowCount - 1
  const rows = [0, 1, 2, Math.floor(table.rowCount / 2), last].filter((row) => row >= 0 && row <= last)
  const once = readCells(table, rows)
  for (const [row, text] of readCells(table, rows.toReversed()))
    promise((once.get(row) ?? text) === text, `row ${row} differs when it is read again`)
}

/** A text as a table of one format: columns that are some, and cells that stay the same. */
const makeTarget = (format: TextFormat, words: readonly string[]): FuzzTarget => {
  const own = TEXT_TABLES.filter((each) => each.format === format)
  return {
    name: format,
    make: (random) => mutateText(random, pick(random, chance(random, 0.95) ? own : TEXT_TABLES).bytes, words),
    run: (input) => {
      const file = { path: `night/table.${format}`, bytes: input, sha256: 'a'.repeat(64), batch: 'b', now: 0 }
      for (const { hdu } of readTextTables(file, format).tables.slice(0, 4))
        checkTable(openFileTable({ format, hdu }, input))
    },
  }
}

export const delimited = makeTarget('csv', DELIMITED)
export const ecsv = makeTarget('ecsv', ECSV)
export const votable = makeTarget('votable', VOTABLE)
