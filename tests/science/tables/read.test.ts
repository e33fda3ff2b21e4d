import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Table } from '../../../web/core/table'
import { readDelimited } from '../../../web/science/tables/read-delimited'
import { readEcsv } from '../../../web/science/tables/read-ecsv'
import { readVotable } from '../../../web/science/tables/read-votable'
import { cellText } from '../fits/canonical-cells'
import { isAsterismError } from '../fits/errors'

interface Golden {
  readonly astropy: string
  readonly cases: readonly {
    readonly name: string
    readonly kind: 'csv' | 'ecsv' | 'votable'
    readonly file: string
    readonly columns: readonly {
      readonly name: string
      readonly unit: string | null
      readonly cells: readonly string[]
    }[]
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/tables/read-tables.json', import.meta.url), 'utf8'),
) as Golden
const read = (kind: Golden['cases'][number]['kind'], bytes: Uint8Array): Table => {
  if (kind === 'csv') return readDelimited(bytes)
  return kind === 'ecsv' ? readEcsv(bytes) : readVotable(bytes)[0]!
}
const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe(`tables that astropy ${golden.astropy} wrote`, () => {
  it.each(golden.cases)('$name', ({ kind, file, columns }) => {
    const table = read(kind, new Uint8Array(Buffer.from(file, 'base64')))
    expect(table.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name))
    expect(table.rowCount).toBe(columns[0]!.cells.length)
    columns.forEach((expected, number) => {
      const column = table.columns[number]!
      if (kind !== 'csv') expect(column.unit, column.name).toBe(expected.unit)
      const found = expected.cells.map((_, row) => cellText(column.cell(row), column.type))
      expect(found, column.name).toEqual(expected.cells)
    })
  })
})

const cellsOf = (table: Table): unknown[][] =>
  table.columns.map(({ cell }) => Array.from({ length: table.rowCount }, (_, row) => cell(row)))

describe('separated values as people and programs write them', () => {
  it('AstroImageJ: tabs, an unnamed first column, labels with blanks', () => {
    const table = readDelimited(
      encode('\tLabel\tJD_UTC\trel_flux_T1\n1\ta 1.fits\t2458107.5\t0.99\n2\tb.fits\t2458107.6\t\n'),
    )
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['col1', 'int64'],
      ['Label', 'text'],
      ['JD_UTC', 'float64'],
      ['rel_flux_T1', 'float64'],
    ])
    expect(cellsOf(table)).toEqual([
      [1, 2],
      ['a 1.fits', 'b.fits'],
      [2458107.5, 2458107.6],
      [0.99, null],
    ])
  })

  it.each<[string, string, unknown[][]]>([
    [
      'decimal commas between semicolons',
      'x;y\n1,5;a\n2,25;b\n',
      [
        [1.5, 2.25],
        ['a', 'b'],
      ],
    ],
    [
      'no names',
      '1,2\n3,4\n',
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      'names in a comment',
      '# jd mag\n1.5 12.1\n2.5  12.2\n',
      [
        [1.5, 2.5],
        [12.1, 12.2],
      ],
    ],
    [
      'quotes with line breaks',
      'a,b\r\n"one\r\ntwo",1\r\nthree,2\r\n',
      [
        ['one\r\ntwo', 'three'],
        [1, 2],
      ],
    ],
    ['a mark of the encoding', '\ufeffa,b\n1,2\n', [[1], [2]]],
    [
      'seconds of arc',
      'a,b\n12",3\n13",4\n',
      [
        ['12"', '13"'],
        [3, 4],
      ],
    ],
    [
      'numbers beyond 2^53',
      'id,b\n9007199254740993,1\n1,2\n',
      [
        [9007199254740993n, 1],
        [1, 2],
      ],
    ],
    [
      'a comma at the end of rows',
      'a,b\n1,2,\n3,4,\n',
      [
        [1, 3],
        [2, 4],
      ],
    ],
  ])('%s', (_, text, cells) => {
    expect(cellsOf(readDelimited(encode(text)))).toEqual(cells)
  })

  it.each([
    ['prose', 'Dear all, please find\nthe data of the night below.\nYours, the observer\nof the night.\n'],
    ['one column', '1\n2\n3\n'],
    ['names and nothing else', 'a,b,c\n'],
    ['nothing', '\n\n'],
  ])('%s is no table', (_, text) => {
    expect(() => readDelimited(encode(text))).toThrow(isAsterismError('not-fits', 'no table'))
  })

  it('a row that is short is there, and said to be short', () => {
    const rows = Array.from({ length: 40 }, (_, row) => `${row},${row + 1}`)
    const table = readDelimited(encode(['a,b', ...rows, '99'].join('\n')))
    expect(table.columns[1]!.cell(40)).toBeNull()
    expect(table.warnings).toEqual(['1 rows have fewer fields than there are columns.'])
  })

  it('a quote that is never closed costs no more than its line', () => {
    const table = readDelimited(encode('a,b\n1,2\n"3,4\n5,6\n'))
    expect(table.rowCount).toBe(3)
    expect(table.columns[1]!.cell(2)).toBe(6)
  })

  it('lines of quotes are gone through once', () => {
    const bytes = encode(`a,b,c\n${'"1,2,3\n'.repeat(100_001)}`)
    const started = performance.now()
    expect(readDelimited(bytes).rowCount).toBeGreaterThan(0)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

describe('VOTables that are not as astropy writes them', () => {
  const votable = (inside: string): Uint8Array =>
    encode(
      `<?xml version='1.0'?><!DOCTYPE VOTABLE [<!ENTITY a "aaaa">]><v:VOTABLE xmlns:v="x"><v:RESOURCE>${inside}</v:RESOURCE></v:VOTABLE>`,
    )

  it('prefixes, comments, CDATA, entities, TABLEs side by side', () => {
    const tables = readVotable(
      votable(
        `<v:TABLE name="one"><!-- <v:FIELD name="no"/> --><v:FIELD name='a&lt;b' datatype="char" arraysize="*"/>` +
          `<v:DATA><v:TABLEDATA><v:TR><v:TD><![CDATA[<&>]]></v:TD></v:TR><v:TR><v:TD>&#65;&#x42;&a;</v:TD></v:TR><v:TR><v:TD/></v:TR>` +
          `</v:TABLEDATA></v:DATA></v:TABLE><v:TABLE><v:FIELD name="n" datatype="int"><v:VALUES null="-1"/></v:FIELD>` +
          `<v:DATA><v:TABLEDATA><v:TR><v:TD>-1</v:TD></v:TR><v:TR><v:TD>0x1f</v:TD></v:TR></v:TABLEDATA></v:DATA></v:TABLE>`,
      ),
    )
    expect(tables.map(({ name }) => name)).toEqual(['one', null])
    expect(tables[0]!.columns[0]!.name).toBe('a<b')
    // An entity that the document makes up is not expanded.
    expect(cellsOf(tables[0]!)).toEqual([['<&>', 'AB&a;', '']])
    expect(cellsOf(tables[1]!)).toEqual([[null, 31]])
  })

  it('data elsewhere are not fetched', () => {
    const table =
      '<v:TABLE><v:FIELD name="a" datatype="int"/><v:DATA><v:BINARY><v:STREAM href="http://x/"/></v:BINARY></v:DATA></v:TABLE>'
    expect(() => readVotable(votable(table))).toThrow(isAsterismError('not-found', 'not fetched'))
  })

  it('ends on whatever is cut or changed (seed 3)', () => {
    const whole = new Uint8Array(
      Buffer.from(golden.cases.find(({ name }) => name === 'VOTable binary2')!.file, 'base64'),
    )
    let seed = 3
    const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most
    for (let run = 0; run < 300; run++) {
      const bytes = whole.slice(0, run % 2 === 0 ? next(whole.length) : whole.length)
      for (let change = 0; change < 4 && bytes.length > 0; change++) bytes[next(bytes.length)] = next(256)
      try {
        for (const table of readVotable(bytes)) cellsOf({ ...table, rowCount: Math.min(table.rowCount, 10) })
      } catch (error) {
        expect((error as Error).name).toBe('AsterismError')
      }
    }
  })
})
