import 'fake-indexeddb/auto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { hashBytes } from '../../web/core/ids'
import { ingestInput } from '../../web/ingest'
import { openFileTable } from '../../web/ingest/open-file-table'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { openWorkspace } from '../../web/storage/workspace'
import { imageCards, joinBytes, makeFrame, makeHeader } from '../science/fits/make-fits'
import { requireShared } from '../support/shared-data'
import { fakeSink, watchedTask } from './fake-sink'

const golden = (name: string): Uint8Array<ArrayBuffer> => {
  const { cases } = JSON.parse(
    readFileSync(new URL('../golden/fits/tables.json', import.meta.url), 'utf8'),
  ) as { cases: { name: string; file: string }[] }
  return new Uint8Array(gunzipSync(Buffer.from(cases.find((each) => each.name === name)!.file, 'base64')))
}

const take = (path: string, bytes: Uint8Array<ArrayBuffer>, sink = fakeSink()) =>
  ingestInput({ path, blob: new Blob([bytes]), batch: 'b' }, sink, watchedTask().task)

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

describe('tables that come in', () => {
  it('a file of tables alone is a record with its header, and opens again', async () => {
    const bytes = golden('every type')
    const sink = fakeSink()
    const { frames, tables, rejected } = await take('night/stars.fits', bytes, sink)
    expect([frames, rejected]).toEqual([[], []])
    const id = `table-${(await hashBytes(bytes)).slice(0, 20)}`
    expect(tables).toMatchObject([{ id, name: 'stars.fits', format: 'fits-binary', rows: 7, columns: 12 }])
    const record = sink.saved[0]!.tables[0]!
    expect(record).toMatchObject({
      path: 'night/stars.fits',
      hdu: 1,
      bytesId: sink.saved[0]!.bytesId,
      warnings: [],
    })
    expect(record.columns[8]).toEqual({ name: 'E', type: 'float32', unit: 'mag', shape: [] })
    expect(sink.saved[0]!.cards).toBeGreaterThan(20)
    expect(openFileTable(record, bytes).columns[0]!.cell(1)).toBe(false)
    expect((await take('again.fits', bytes, sink)).tables).toMatchObject([{ id, duplicate: true }])
    expect(sink.saved.length).toBe(1)
  })

  it('a picture and its tables give both', async () => {
    const bytes = joinBytes(
      makeFrame(["OBJECT  = 'M 1'"]),
      golden('every type').slice(2880),
      golden('ascii').slice(2880),
    )
    const { frames, tables, rejected } = await take('a.fits', bytes)
    expect(rejected).toEqual([])
    expect(frames).toMatchObject([{ name: 'a.fits', object: 'M 1' }])
    expect(tables.map(({ name, format }) => [name, format])).toEqual([
      ['a.fits[1]', 'fits-binary'],
      ['a.fits[2]', 'fits-ascii'],
    ])
  })

  it('a table that is damaged does not cost the picture beside it', async () => {
    const table = joinBytes(
      makeHeader([
        "XTENSION= 'BINTABLE'",
        ...imageCards(8, [4, 1]).slice(1),
        'PCOUNT  = 0',
        'GCOUNT  = 1',
        'TFIELDS = 1',
        "TFORM1  = '9J'",
      ]),
      new Uint8Array(2880),
    )
    const { frames, tables } = await take('a.fits', joinBytes(makeFrame(), table))
    expect(tables).toEqual([])
    expect(frames[0]!.warnings.join(' ')).toContain('A table of this file could not be read')
  })

  it.each<[string, string, string, number]>([
    ['a.csv', 'jd,mag\n1.5,12\n2.5,13\n', 'csv', 2],
    ['Measurements.xls', '\tLabel\trel_flux_T1\n1\ta.fits\t1.0\n', 'csv', 1],
    [
      'a.ecsv',
      '# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int64}\n# - {name: b, datatype: string}\na b\n1 x\n',
      'ecsv',
      1,
    ],
    [
      'a.xml',
      '<?xml version="1.0"?><VOTABLE><RESOURCE><TABLE><FIELD name="a" datatype="int"/><DATA><TABLEDATA><TR><TD>1</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>',
      'votable',
      1,
    ],
  ])('%s is a table', async (name, text, format, rows) => {
    const sink = fakeSink()
    const { tables, rejected } = await take(name, encode(text), sink)
    expect(rejected).toEqual([])
    expect(tables).toMatchObject([{ name, format, rows }])
    expect(openFileTable(sink.saved[0]!.tables[0]!, encode(text)).columns[0]!.cell(0)).not.toBeNull()
  })

  it('is kept in the workspace with its bytes, and known when it comes again', async () => {
    const workspace = await openWorkspace({ name: 'file-tables' })
    const sink = createStorageSink(workspace)
    const bytes = golden('ascii')
    const { task } = watchedTask()
    const drop = () => ingestInput({ path: 'a.fits', blob: new Blob([bytes]), batch: 'b' }, sink, task)
    const { tables } = await drop()
    const record = (await workspace.fileTables.get(tables[0]!.id))!
    expect(record.title).toBeNull()
    expect((await workspace.headers.get(record.id))!.cards.length).toBeGreaterThan(10)
    const kept = await workspace.pixels.read(record.bytesId)
    expect(openFileTable(record, kept).columns[0]!.cell(0)).toBe('alpha')
    expect((await drop()).tables).toMatchObject([{ id: record.id, duplicate: true }])
    workspace.close()
  })
})

const folder = requireShared('data/fits_torture')

describe.skipIf(folder === null)('catalogues of a working program', () => {
  const root = join(folder ?? '', 'stellarphot_catalogues')
  const files = folder === null ? [] : readdirSync(root).filter((name) => /ecsv|vsx/.test(name))
  it.each(files)('%s', async (name) => {
    const { tables, rejected } = await take(name, new Uint8Array(readFileSync(join(root, name))))
    expect(rejected).toEqual([])
    expect(tables.length).toBe(1)
    expect(tables[0]!.rows).toBeGreaterThan(0)
    expect(tables[0]!.warnings).toEqual([])
  })
})
