import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowFlagId } from '../../../web/core/row-flag'
import type { TableFormat } from '../../../web/core/table-format'
import type { TableQuery } from '../../../web/core/table-query'
import { ingestInput } from '../../../web/ingest'
import { openFileTable } from '../../../web/ingest/open-file-table'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { createTableSession, type TableSession } from '../../../web/pipeline/explore/table-session'
import { writeQueriedTable } from '../../../web/pipeline/explore/write-queried-table'
import { writeTableFile } from '../../../web/pipeline/export/write-table-file'
import { listHdus, readTable } from '../../../web/science/fits'
import { readEcsv } from '../../../web/science/tables/read-ecsv'
import { readVotable } from '../../../web/science/tables/read-votable'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { watchedTask } from '../../ingest/fake-sink'
import { requireShared } from '../../support/shared-data'

const golden = (name: string): Uint8Array<ArrayBuffer> => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../../golden/fits/tables.json', import.meta.url), 'utf8'),
  ) as { cases: { name: string; file: string }[] }
  return new Uint8Array(gunzipSync(Buffer.from(cases.find((each) => each.name === name)!.file, 'base64')))
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

let workspace: Workspace
let session: TableSession

const take = async (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const { task } = watchedTask()
  const input = { path, blob: new Blob([bytes]), batch: 'b' }
  const { tables, rejected } = await ingestInput(input, createStorageSink(workspace), task)
  expect(rejected).toEqual([])
  return `file:${tables[0]!.id}`
}

const ask = (source: string, changes: Partial<TableQuery> = {}): TableQuery => ({
  source,
  version: 0,
  filter: '',
  sort: [],
  ...changes,
})

const numbersOf = async (query: TableQuery): Promise<number[]> => [
  ...(await session.slice(query, 0, 1000)).numbers,
]

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'explored-files' })
  session = createTableSession(workspace, openFileTable)
})
afterAll(() => workspace.close())

/** Three stars: a name, a magnitude with its unit, and how often they were seen. */
const STARS = {
  name: 'stars',
  rowCount: 3,
  columns: [
    {
      name: 'star',
      type: 'text',
      unit: null,
      description: '',
      shape: [],
      cell: (row: number) => 'cab'[row]!,
    },
    {
      name: 'B-V',
      type: 'float64',
      unit: 'mag',
      description: 'colour',
      shape: [],
      cell: (row: number) => [0.5, -0.25, 1.5][row]!,
    },
    { name: 'seen', type: 'int32', unit: null, description: '', shape: [], cell: (row: number) => row % 2 },
  ],
} as const

describe.each<TableFormat>(['csv', 'ecsv', 'votable', 'fits'])('a table that came as %s', (format) => {
  it('is filtered, sorted, grouped, flagged and written', async () => {
    const source = await take(`stars-${format}.txt`, writeTableFile(STARS, format))
    const { columns, total } = await session.ask(ask(source))
    expect(total).toBe(3)
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['star', 'text'],
      ['B-V', 'number'],
      ['seen', 'number'],
      ['person_flags', 'words'],
      ['person_note', 'text'],
      ['flagged', 'boolean'],
    ])
    if (format !== 'csv') expect(columns[1]).toMatchObject({ unit: 'mag', description: 'colour' })
    expect(await numbersOf(ask(source, { filter: '[B-V] > 0' }))).toEqual([0, 2])
    const sorted = ask(source, { sort: [{ column: 'star', down: false }] })
    expect((await session.slice(sorted, 0, 9)).rows.map((row) => row['star'])).toEqual(['a', 'b', 'c'])
    const { groups } = await session.group(ask(source), 'seen')
    expect(groups.map(({ value, rows }) => [value, rows])).toEqual([
      [0, 2],
      [1, 1],
    ])
    await workspace.rowFlags.put({
      id: rowFlagId(source, '1'),
      table: source,
      row: '1',
      flags: ['bad'],
      note: 'twice',
      createdAt: 1,
    })
    expect(await numbersOf(ask(source, { filter: 'flagged', version: 1 }))).toEqual([1])
    expect(await numbersOf(ask(source, { filter: "'bad' in person_flags", version: 1 }))).toEqual([1])
    const query = { ...sorted, version: 1 }
    const bytes = await writeQueriedTable(session, query, {
      columns: ['B-V', 'person_flags'],
      format: 'ecsv',
    })
    const back = readEcsv(bytes)
    expect(back.columns.map(({ name, type, unit }) => [name, type, unit])).toEqual([
      ['B-V', 'float64', format === 'csv' ? null : 'mag'],
      ['person_flags', 'text', null],
    ])
    expect([0, 1, 2].map((row) => back.columns[0]!.cell(row))).toEqual([-0.25, 1.5, 0.5])
    expect([0, 1, 2].map((row) => back.columns[1]!.cell(row))).toEqual(['bad', null, null])
  })
})

describe('columns of every type of a FITS file', () => {
  it.each(['every type', 'variable', 'dimensions', 'nulls', 'unsigned and signed', 'logical bytes', 'ascii'])(
    '%s: every one can be sorted, searched, grouped and plotted',
    async (name) => {
      const bytes = golden(name)
      const source = await take(`${name}.fits`, bytes)
      const { columns, total } = await session.ask(ask(source))
      for (const column of columns) {
        const down = { column: column.name, down: true }
        const up = { column: column.name, down: false }
        expect((await session.ask(ask(source, { sort: [down] }))).count).toBe(total)
        expect((await numbersOf(ask(source, { sort: [up, down] }))).toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: total }, (_, index) => index),
        )
        const { problem } = await session.ask(ask(source, { filter: `[${column.name}] is null` }))
        expect(problem).toBeNull()
        await session.ask(ask(source, { filter: `[${column.name}] = 1 or [${column.name}] like '*a*'` }))
        const { groups } = await session.group(ask(source), column.name)
        expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(total)
      }
      await session.ask(ask(source, { filter: 'word' }))
      const plotted = await session.columns(
        ask(source),
        columns.map(({ name: each }) => each),
      )
      expect(plotted.columns.length).toBe(columns.length)
    },
  )

  it('are shown by their first values and how many there are; bits, complex numbers and texts too', async () => {
    const source = await take('every type.fits', golden('every type'))
    const { rows } = await session.slice(ask(source), 0, 1)
    expect(rows[0]).toMatchObject({
      L: true,
      L3: { of: 'values', first: [false, true, true], count: 3 },
      X: { of: 'bits', count: 11 },
      K: 1_221_745_391_619_509_342n,
      A: 'M 31',
      C: { of: 'complex', count: 1 },
      M: { of: 'complex', count: 2 },
    })
    expect((rows[0]!['X'] as { first: unknown[] }).first.map(Number).join('')).toBe('11011110001')
    // An id of nineteen digits is found digit by digit.
    expect(await numbersOf(ask(source, { filter: 'K = 1221745391619509342' }))).toEqual([0])
    expect(await numbersOf(ask(source, { filter: 'K = 1221745391619509343' }))).toEqual([])
  })

  it('come out of FITS and VOTable as they went in: types, units and shapes', async () => {
    const bytes = golden('every type')
    const own = readTable(bytes, listHdus(bytes)[1]!)
    const source = await take('every type.fits', bytes)
    const columns = own.columns.map(({ name }) => name)
    const query = ask(source, { sort: [{ column: 'I', down: false }] })
    const order = await numbersOf(query)
    const written = await writeQueriedTable(session, query, { columns, format: 'fits' })
    const back = readTable(written, listHdus(written)[1]!)
    for (const [index, column] of own.columns.entries()) {
      const other = back.columns[index]!
      expect([other.name, other.unit, other.shape]).toEqual([column.name, column.unit, column.shape])
      // A truth that is not known goes out as a number with a null.
      if (column.name !== 'L') expect(other.type).toBe(column.type)
      for (const [place, row] of order.entries()) {
        const expected = column.cell(row)
        expect(other.cell(place)).toEqual(
          column.name === 'L' && expected !== null && other.type === 'uint8' ? Number(expected) : expected,
        )
      }
    }
    const votable = await writeQueriedTable(session, query, { columns, format: 'votable' })
    const [table] = readVotable(votable)
    expect(table!.columns.map(({ name, unit }) => [name, unit])).toEqual(
      own.columns.map(({ name, unit }) => [name, unit]),
    )
  })
})

describe('names of columns', () => {
  it('that come twice, are empty, or are those of what people say can all be asked for', async () => {
    const source = await take('names.csv', encode('a,a,flagged,__proto__\n1,2,3,4\n5,6,7,8\n'))
    const { columns } = await session.ask(ask(source))
    expect(columns.map(({ name }) => name)).toEqual([
      'a',
      'a_2',
      'flagged_2',
      '__proto__',
      'person_flags',
      'person_note',
      'flagged',
    ])
    expect(await numbersOf(ask(source, { filter: 'a_2 = 6 and flagged_2 = 7 and [__proto__] = 8' }))).toEqual(
      [1],
    )
    const { rows } = await session.slice(ask(source), 1, 2)
    expect(Object.keys(rows[0]!)).toContain('__proto__')
  })
})

describe('a table of a million rows', () => {
  it('is asked without being copied: cells are read when they are wanted', async () => {
    let reads = 0
    const table = {
      name: 'large',
      rowCount: 1_000_000,
      columns: [
        {
          name: 'n',
          type: 'float64',
          unit: null,
          description: '',
          shape: [],
          cell: (row: number) => {
            reads++
            return (row * 7919) % 1_000_003
          },
        },
        {
          name: 'spectrum',
          type: 'float32',
          unit: null,
          description: '',
          shape: [1_000_000],
          cell: (): never => {
            throw new Error('nobody asked for a spectrum')
          },
        },
      ],
    } as const
    const source = await take('large.csv', encode('n,m\n1,2\n'))
    const large = createTableSession(workspace, () => table)
    const began = performance.now()
    expect(await large.ask(ask(source))).toMatchObject({ total: 1_000_000, count: 1_000_000, cut: false })
    expect(reads).toBe(0)
    const query = ask(source, { filter: 'n < 1000', sort: [{ column: 'n', down: true }] })
    const { count } = await large.ask(query)
    expect(count).toBeGreaterThan(900)
    expect(reads).toBeLessThan(1_000_000 + 2 * count)
    const before = reads
    // What people said is asked for anew, and the table stays open.
    await large.ask({ ...query, sort: [{ column: 'n', down: false }], version: 1 })
    expect(reads - before).toBeLessThan(1_000_000 + 2 * count)
    await large.ask(ask(source, { sort: [{ column: 'n', down: false }], version: 1 }))
    expect(await large.group(ask(source, { version: 1 }), 'n')).toMatchObject({ cut: true })
    expect(performance.now() - began).toBeLessThan(60_000)
  }, 120_000)

  it('is cut beyond five million, and says so', async () => {
    const source = await take('larger.csv', encode('n,m\n1,3\n'))
    const larger = createTableSession(workspace, () => ({ name: '', rowCount: 6_000_000, columns: [] }))
    expect(await larger.ask(ask(source))).toMatchObject({ total: 5_000_000, cut: true })
  })
})

describe('a table that is removed', () => {
  it('is found no more, can be brought back, and goes for good with its flags and its bytes', async () => {
    const bytes = encode('a,b\n1,2\n3,4\n')
    const source = await take('gone.csv', bytes)
    const id = source.slice(5)
    const record = (await workspace.fileTables.get(id))!
    await workspace.rowFlags.put({
      id: rowFlagId(source, '0'),
      table: source,
      row: '0',
      flags: ['bad'],
      note: '',
      createdAt: 1,
    })
    expect((await session.ask(ask(source))).total).toBe(2)
    await workspace.removeFileTables([id])
    await expect(session.ask(ask(source, { version: 1 }))).rejects.toMatchObject({ code: 'not-found' })
    expect((await workspace.fileTables.list()).some((table) => table.id === id)).toBe(false)
    await workspace.restoreFileTables([id])
    expect(await workspace.fileTables.get(id)).toEqual(record)
    expect((await session.ask(ask(source, { version: 2 }))).total).toBe(2)
    await workspace.removeFileTables([id])
    expect(await take('gone again.csv', bytes)).toBe(source)
    expect((await workspace.fileTables.get(id))?.removedAt).toBeUndefined()
    await workspace.removeFileTables([id])
    await workspace.purgeRemoved()
    expect(await workspace.fileTables.get(id)).toBeUndefined()
    expect(await workspace.pixels.has(record.bytesId)).toBe(false)
    expect(await workspace.rowFlags.listBy('table', source)).toEqual([])
  })
})

const folder = requireShared('m37_cmd')

describe.skipIf(folder === null)('the catalogue of a cluster as it was downloaded', () => {
  it('is sorted by parallax and filtered by colour', async () => {
    const bytes = new Uint8Array(gunzipSync(readFileSync(join(folder!, 'gaia_M67_NGC2682.csv.gz'))))
    const text = new TextDecoder().decode(bytes).trim().split(/\r?\n/)
    const source = await take('gaia.csv', bytes)
    const { total, columns } = await session.ask(ask(source))
    expect(total).toBe(text.length - 1)
    const number = columns.find(({ type }) => type === 'number')!.name
    const place = text[0]!.split(',').indexOf(number)
    const slow = text
      .slice(1)
      .map((line) => line.split(',')[place]!)
      .filter((field) => field !== '' && Number(field) > 1).length
    expect((await session.ask(ask(source, { filter: `[${number}] > 1` }))).count).toBe(slow)
  })
})
