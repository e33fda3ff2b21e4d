import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listColumnFacts, type FactsTable } from '../../../web/core/column-facts'
import type { CellValue, ScalarValue, Table } from '../../../web/core/table'
import { TABLE_FILES, TABLE_FORMATS } from '../../../web/core/table-format'
import { TABLE_NAMES } from '../../../web/core/work-order'
import { writeTableFile } from '../../../web/pipeline/export/write-table-file'
import { listHdus, readTable } from '../../../web/science/fits'
import { readEcsv } from '../../../web/science/tables/read-ecsv'
import { readVotable } from '../../../web/science/tables/read-votable'
import { makeColumn, makeEveryType } from '../../support/make-table'

/** Every column whose meaning is known, one row: names, units and UCDs as other programs judge them. */
const makeFactsTable = (table: FactsTable): Table => ({
  name: table,
  rowCount: 1,
  columns: Object.entries(listColumnFacts(table)).map(([name, facts]) =>
    makeColumn(name, 'float64', [1], {
      unit: facts.unit === 'as-unit-column' ? 'electron' : facts.unit,
      description: facts.description,
      ...(facts.ucd === undefined ? {} : { ucd: facts.ucd }),
    }),
  ),
})

const EMPTY: Table = {
  name: null,
  rowCount: 0,
  columns: [makeColumn('x', 'float64', []), makeColumn('name', 'text', [])],
}

const files = (): Map<string, Uint8Array> => {
  const made = new Map<string, Uint8Array>()
  for (const format of TABLE_FORMATS) {
    const { extension } = TABLE_FILES[format]
    // Unsigned 64-bit numbers are more than CSV readers guess at.
    const table = makeEveryType()
    const columns = table.columns.filter(({ name }) => format !== 'csv' || name !== 'huge')
    made.set(`every-type.${extension}`, writeTableFile({ ...table, columns }, format))
    if (format !== 'csv') made.set(`empty.${extension}`, writeTableFile(EMPTY, format))
  }
  return made
}

/** One for each table of the workspace, to be judged by others. */
const factsFiles = (): Map<string, Uint8Array> => {
  const made = new Map<string, Uint8Array>()
  for (const table of [...TABLE_NAMES, 'light-curve'] as const)
    for (const format of ['votable', 'fits'] as const)
      made.set(
        `facts-${table}.${TABLE_FILES[format].extension}`,
        writeTableFile(makeFactsTable(table), format),
      )
  return made
}

const target = process.env['WRITE_TABLES_TO']
if (target !== undefined)
  for (const [name, bytes] of [...files(), ...factsFiles()]) writeFileSync(join(target, name), bytes)

interface Column {
  readonly name: string
  readonly dtype?: string
  readonly unit?: string | null
  readonly description?: string
  readonly scale?: string
  readonly values: readonly unknown[]
}
interface Written {
  readonly astropy: string
  readonly ucds: readonly string[]
  readonly files: Readonly<Record<string, { readonly sha256: string; readonly columns: readonly Column[] }>>
}

const goldenPath = new URL('../../golden/tables/written.json', import.meta.url)
const golden = JSON.parse(
  existsSync(goldenPath) ? readFileSync(goldenPath, 'utf8') : '{"astropy":"none","ucds":[],"files":{}}',
) as Written

const readBack = (name: string): Readonly<Record<string, Column>> =>
  Object.fromEntries(golden.files[name]!.columns.map((column) => [column.name, column]))

describe(`tables that astropy ${golden.astropy} read without a warning`, () => {
  it.each([...files().keys()])('%s is byte for byte the one that was read', (name) => {
    const digest = createHash('sha256')
      .update(files().get(name) ?? '')
      .digest('hex')
    expect(digest).toBe(golden.files[name]?.sha256)
  })

  it.each(['every-type.ecsv', 'every-type.vot', 'every-type.fits'])(
    '%s has units, types and values',
    (name) => {
      const columns = readBack(name)
      const fits = name.endsWith('.fits')
      expect(columns).toMatchObject({
        // There a truth that is not known would be read as false.
        truth: fits
          ? { dtype: 'uint8', values: ['1', '0', null] }
          : { dtype: 'bool', values: [true, false, null] },
        byte: { dtype: 'uint8', values: ['0', '255', null] },
        short: { unit: 'adu', values: ['-32768', '32767', null] },
        int: { values: ['-2147483648', null, '7'] },
        long: { values: ['9007199254740993', '-1', null] },
        huge: { values: ['18446744073709551614', '0', '9223372036854775808'] },
        float: { values: ['1.5', '-0.0', '9.99994610111476e-41'] },
        double: fits ? { unit: null, values: ['0.1', '-inf', null] } : { unit: 'electron' },
        complex: {
          values: [
            ['1.0', '-2.5'],
            ['0.1', '0.0'],
            ['-1e+300', '3.0'],
          ],
        },
        matrix: {
          values: [
            [
              ['1', '2'],
              ['3', '4'],
              ['5', '6'],
            ],
            expect.anything(),
            expect.anything(),
          ],
        },
        names: {
          values: name.endsWith('.vot')
            ? ['a;bcd', 'ef;', 'g;h']
            : // An empty text and none at all are one in a FITS table.
              [
                ['a', 'bcd'],
                ['ef', fits ? null : ''],
                ['g', 'h'],
              ],
        },
        list: { values: [['1.0', '2.0', '3.0'], [], ['4.0']] },
        bits: {
          values: [
            [true, false, true],
            [false, false, false],
            [true, true, true],
          ],
        },
        bitlist: { values: [[true], [], [true, false, true, true, false, true, true, false, true]] },
      })
      expect(columns['text']?.values.slice(0, 2)).toEqual(['plain', 'comma, "quote"\' & <tag>'])
    },
  )

  it.each([...TABLE_NAMES, 'light-curve'] as const)('the columns of %s have UCDs of the list', (table) => {
    const used = Object.values(listColumnFacts(table)).flatMap(({ ucd }) => (ucd === undefined ? [] : [ucd]))
    expect(used.filter((ucd) => !golden.ucds.includes(ucd))).toEqual([])
  })

  it('says in which scale the times are', () => {
    const columns = readBack('every-type.fits')
    expect(columns['time']?.scale).toBe('tdb')
    expect(columns['jd_utc']?.scale).toBe('utc')
    expect(columns['jd_utc']?.values[0]).toBe('2458107.71')
    const votable = new TextDecoder().decode(files().get('every-type.vot'))
    expect(votable).toContain(
      '<TIMESYS ID="time_tdb_barycenter" timescale="TDB" refposition="BARYCENTER" timeorigin="JD-origin"/>',
    )
  })

  const python = spawnSync('python3', ['-c', 'import astropy']).status === 0
  it.skipIf(!python)(
    'passes the check now, where there is an astropy',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'tables-'))
      for (const [name, bytes] of [...files(), ...factsFiles()]) writeFileSync(join(folder, name), bytes)
      const script = new URL('../../golden/tables/check_tables.py', import.meta.url).pathname
      const checked = JSON.parse(execFileSync('python3', [script, folder], { encoding: 'utf8' })) as Written
      expect(Object.keys(checked.files)).toEqual([...files().keys()].sort())
    },
    120_000,
  )
})

const flatten = (cell: CellValue): readonly ScalarValue[] =>
  typeof cell === 'object' && cell !== null ? cell : [cell]

/** An empty text and none, and no number and none, are one in most of these formats. */
const plain = (value: ScalarValue): unknown =>
  value === null || value === '' || (typeof value === 'number' && Number.isNaN(value))
    ? null
    : typeof value === 'boolean'
      ? Number(value)
      : value

describe('tables that our own readers read again', () => {
  const READERS: Readonly<Record<string, (bytes: Uint8Array) => Table | undefined>> = {
    ecsv: readEcsv,
    votable: (bytes) => readVotable(bytes)[0],
    fits: (bytes) => readTable(bytes, listHdus(bytes)[1]!),
  }
  const seen = (cell: CellValue): readonly unknown[] => flatten(cell).map(plain)
  /** What a format cannot say in its own words. */
  const inFormat: Readonly<Record<string, (value: unknown) => unknown>> = {
    ecsv: (value) => value,
    votable: (value) => value,
    // ASCII, and spaces at the end are padding.
    fits: (value) => (typeof value === 'string' ? value.replace('\u00f6', 'o').trimEnd() : value),
  }
  it.each(['ecsv', 'votable', 'fits'] as const)('%s has every cell, name, unit and description', (format) => {
    const before = makeEveryType()
    const after = READERS[format]?.(writeTableFile(before, format))
    expect(after?.rowCount).toBe(before.rowCount)
    for (const column of before.columns) {
      const again = after?.columns.find(({ name }) => name === column.name)
      if (again === undefined) throw new Error(`${column.name} is gone`)
      // The FITS standard has no unit for electrons: it stands in the description.
      if (format !== 'fits' || column.unit !== 'electron') expect(again.unit).toBe(column.unit)
      if (format !== 'fits') expect(again.description).toBe(column.description)
      // In a VOTable several texts stand in one.
      if (format === 'votable' && column.name === 'names') continue
      // Unsigned numbers beyond 2^63 are texts there.
      const digits = format === 'votable' && column.name === 'huge'
      for (let row = 0; row < before.rowCount; row++)
        // An empty list and none at all are one in a VOTable.
        expect(
          seen(again.cell(row) ?? (column.shape === null ? [] : null)),
          `${column.name}, row ${row}`,
        ).toEqual(seen(column.cell(row)).map((value) => (digits ? String(value) : inFormat[format]?.(value))))
    }
  })
})
