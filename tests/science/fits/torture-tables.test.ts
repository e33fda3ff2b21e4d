import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hasPixels, listHdus, readTable } from '../../../web/science/fits'
import { unpackTable } from '../../../web/science/fits/unpack-table'
import { requireShared } from '../../support/shared-data'
import { unpackFile } from './unpack-file'
import { cellText, hashCells } from './canonical-cells'

interface Golden {
  readonly unpacked: Readonly<Record<string, { readonly sha256: string; readonly shapes: unknown }>>
  readonly astropy: string
  readonly files: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly rows: number
            readonly columns: readonly {
              readonly name: string | null
              readonly form: string
              readonly unit: string | null
              readonly first: string | null
              readonly hash: string
            }[]
          }
        >
      >
    >
  >
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/torture-tables.json', import.meta.url), 'utf8'),
) as Golden
const folder = requireShared('data/fits_torture')

describe.skipIf(folder === null)(`every cell of every table, as astropy ${golden.astropy} reads it`, () => {
  it.each(Object.keys(golden.files))('%s', async (path) => {
    const bytes = await unpackFile(join(folder ?? '', path))
    const hdus = listHdus(bytes)
    for (const [index, expected] of Object.entries(golden.files[path]!)) {
      const table = readTable(bytes, hdus[Number(index)]!)
      expect(table.rowCount).toBe(expected.rows)
      expected.columns.forEach((column, number) => {
        const found = table.columns[number]!
        const what = `${path}[${index}] ${column.name} ${column.form}`
        expect(found.name, what).toBe(column.name ?? `col${number + 1}`)
        expect(found.unit, what).toBe(column.unit)
        if (column.first !== null)
          expect(cellText(found.cell(0), found.type).slice(0, 120), what).toBe(column.first)
        expect(hashCells(found, table.rowCount), what).toBe(column.hash)
      })
    }
  })
})

describe.skipIf(folder === null)('files of Unix compress, as gzip and astropy read them', () => {
  it.each(Object.keys(golden.unpacked))('%s', async (path) => {
    const bytes = await unpackFile(join(folder ?? '', path))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(golden.unpacked[path]!.sha256)
    const shapes = listHdus(bytes).map((hdu) => (hasPixels(hdu) ? [...hdu.axes].reverse() : null))
    expect(shapes).toEqual(golden.unpacked[path]!.shapes)
  })
})

describe.skipIf(folder === null)('a table that was compressed', () => {
  it('is the table that it was, byte for byte', async () => {
    const place = 'nom_tam_fits/table/comp/bt12.fits'
    const [plain, packed] = await Promise.all(
      [place, `${place}.fz`].map((path) => unpackFile(join(folder ?? '', path))),
    )
    const whole = listHdus(plain!)[1]!
    const unpacked = unpackTable(packed!, listHdus(packed!)[1]!)
    expect(unpacked.bytes).toEqual(plain!.slice(whole.dataOffset, whole.dataOffset + whole.dataLength))
    expect(unpacked.hdu.header.map(({ keyword }) => keyword)).toEqual(
      expect.arrayContaining(['NAXIS1', 'NAXIS2', 'PCOUNT', 'TFORM1', 'TFORM5']),
    )
  })

  it('of one column of numbers', async () => {
    const bytes = await unpackFile(join(folder ?? '', 'nom_tam_fits/table/comp/testBinaryTable.fits.fz'))
    const table = readTable(bytes, listHdus(bytes)[1]!)
    expect(table.columns).toHaveLength(1)
    expect(table.columns[0]!.cell(table.rowCount - 1)).not.toBeNull()
  })
})
