import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { listHdus, readTable } from '../../../web/science/fits'
import { cellText, hashCells } from './canonical-cells'

interface Golden {
  readonly astropy: string
  readonly fpack: string
  readonly cases: readonly {
    readonly name: string
    readonly hdu: number
    readonly rows: number
    readonly columns: readonly {
      readonly name: string | null
      readonly form: string
      readonly unit: string | null
      readonly first: string | null
      readonly hash: string
    }[]
    readonly file: string
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/tables.json', import.meta.url), 'utf8'),
) as Golden
const unpack = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(text, 'base64')))

describe(`tables as astropy ${golden.astropy} reads them`, () => {
  it.each(golden.cases)('$name', ({ hdu, rows, columns, file }) => {
    const bytes = unpack(file)
    const table = readTable(bytes, listHdus(bytes)[hdu]!)
    expect(table.rowCount).toBe(rows)
    expect(table.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name))
    columns.forEach((expected, number) => {
      const found = table.columns[number]!
      const what = `${expected.name} ${expected.form}`
      expect(found.unit, what).toBe(expected.unit)
      if (expected.first !== null)
        expect(cellText(found.cell(0), found.type).slice(0, 120), what).toBe(expected.first)
      expect(hashCells(found, rows), what).toBe(expected.hash)
    })
  })
})
