import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import type { CellValue, Table } from '../../../web/core/table'
import {
  hasPixels,
  hasTable,
  isLayoutCard,
  listHdus,
  readPixelValues,
  readTable,
  restoreImageHeader,
  type Hdu,
} from '../../../web/science/fits'
import { rewriteFits } from '../../support/rewrite-fits'
import { requireShared } from '../../support/shared-data'
import { unpackFile } from './unpack-file'

interface Compared {
  readonly astropy: string
  readonly files: Readonly<Record<string, { readonly hdus: readonly string[] }>>
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return listFiles(path)
    return /\.(?:fits?|totsky)(?:\.(?:gz|fz|Z|bz2))?$/.test(name) ? [path] : []
  })

/** What describes columns and bytes of a table, which the writer says in its own way. */
const TABLE_CARD =
  /^(?:T(?:TYPE|FORM|UNIT|DIM|NULL|SCAL|ZERO|BCOL|DISP|COMM|UCD)\d+|Z(?:TABLE|TILELEN|FORM\d+|CTYP\d+|PCOUNT|THEAP)|PSCAL\d+|PZERO\d+|PTYPE\d+|BUNIT)$/

const ownCards = (hdu: Hdu): readonly (readonly unknown[])[] =>
  restoreImageHeader(hdu)
    .filter((card: HeaderCard) => !isLayoutCard(card) && card.keyword !== 'LONGSTRN')
    .filter(({ keyword }) => !hasTable(hdu) || !TABLE_CARD.test(keyword))
    // What only pictures may say is a comment in a table.
    .filter(({ comment }) => !hasTable(hdu) || !/^(?:BUNIT|PTYPE\d+|PSCAL\d+|PZERO\d+) *=/.test(comment))
    .map(({ keyword, value, comment }) => [keyword, value, comment])

const isEmpty = (cell: CellValue): boolean => cell === null || cell === ''

const isSame = (was: CellValue, is: CellValue): boolean =>
  typeof was === 'object' && was !== null && typeof is === 'object' && is !== null
    ? was.length === is.length && was.every((value, index) => Object.is(value, is[index]))
    : Object.is(was, is)

const compareTables = (before: Table, after: Table): void => {
  expect(after.rowCount).toBe(before.rowCount)
  expect(after.columns.map(({ name }) => name)).toEqual(before.columns.map(({ name }) => name))
  expect(after.columns.map(({ unit }) => unit)).toEqual(before.columns.map(({ unit }) => unit))
  before.columns.forEach((column, index) => {
    const again = after.columns[index]!
    for (let row = 0; row < before.rowCount; row++) {
      const [was, is] = [column.cell(row), again.cell(row)]
      if (isEmpty(was) && isEmpty(is)) continue
      if (was === null && typeof is === 'number' && Number.isNaN(is)) continue
      // An assertion for each of a million cells takes a minute.
      if (!isSame(was, is)) expect(is, `${column.name}, row ${row}`).toEqual(was)
    }
  })
}

const folder = requireShared('data/fits_torture')
const paths = folder === null ? [] : listFiles(folder)
const readable: { name: string; bytes: Uint8Array; hdus: Hdu[] }[] = []
for (const path of paths) {
  try {
    const bytes = await unpackFile(path)
    readable.push({ name: relative(folder ?? '', path), bytes, hdus: listHdus(bytes) })
  } catch {
    // What cannot be read has tests of its own.
  }
}

const target = process.env['REWRITE_FITS_TO']
const saveAll = (into: string): void => {
  for (const { name, bytes } of readable) {
    writeFileSync(join(into, `${name.replaceAll('/', '__')}.original`), bytes)
    writeFileSync(join(into, `${name.replaceAll('/', '__')}.rewritten`), rewriteFits(bytes))
  }
}
if (target !== undefined) saveAll(target)

describe.skipIf(folder === null)('files of others, read, written and read again', () => {
  it('are nearly all of them', () => {
    expect(readable.length).toBeGreaterThan(45)
    expect(paths.length - readable.length).toBeLessThan(6)
  })

  it.each(readable)('$name has equal data and cards', ({ bytes, hdus }) => {
    const written = rewriteFits(bytes)
    const all = listHdus(written)
    // A table that came first has an empty HDU before it now.
    const again = all.slice(all.length - hdus.length)
    expect(hdus.length).toBeGreaterThan(0)
    expect(again.length).toBe(hdus.length)
    hdus.forEach((hdu, index) => {
      const other = again[index]!
      expect(ownCards(other)).toEqual(ownCards(hdu))
      if (hasTable(hdu)) compareTables(readTable(bytes, hdu), readTable(written, other))
      else if (hasPixels(hdu)) {
        expect(other.axes).toEqual(hdu.axes)
        expect(readPixelValues(written, other)).toEqual(readPixelValues(bytes, hdu))
      }
    })
  })

  const goldenPath = new URL('../../golden/fits/rewritten.json', import.meta.url)
  const golden = JSON.parse(readFileSync(goldenPath, 'utf8')) as Compared

  it(`are to astropy ${golden.astropy} what the originals are`, () => {
    expect(Object.keys(golden.files).sort()).toEqual(readable.map(({ name }) => name).sort())
    const said = Object.values(golden.files).flatMap(({ hdus }) => hdus)
    expect(said.filter((each) => each === 'equal').length).toBeGreaterThan(100)
    // Random groups are a table now; tables without names of columns are too much for astropy.
    expect(new Set(said.filter((each) => each !== 'equal'))).toEqual(
      new Set(['not compared', 'astropy does not read it: ValueError']),
    )
  })

  const python = spawnSync('python3', ['-c', 'import astropy']).status === 0
  it.skipIf(!python)(
    'are that now, where there is an astropy',
    () => {
      const own = mkdtempSync(join(tmpdir(), 'rewritten-'))
      saveAll(own)
      const script = new URL('../../golden/fits/compare_rewritten.py', import.meta.url).pathname
      const compared = JSON.parse(execFileSync('python3', [script, own], { encoding: 'utf8' })) as Compared
      for (const [name, { hdus }] of Object.entries(compared.files))
        expect(hdus, name).toEqual(golden.files[name]?.hdus)
      rmSync(own, { recursive: true })
    },
    240_000,
  )
})
