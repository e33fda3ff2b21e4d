import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeHdu, listHdus, readPixelValues } from '../../../web/science/fits'

interface Golden {
  readonly astropy: string
  readonly fitsio: string
  readonly cases: readonly {
    readonly name: string
    readonly hdu: number
    readonly shape: readonly number[]
    readonly type: string
    readonly values: string
    readonly file: string
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/more-codecs.json', import.meta.url), 'utf8'),
) as Golden

const unpack = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(text, 'base64')))

describe(`images as astropy ${golden.astropy} and fitsio ${golden.fitsio} write them, in their own type`, () => {
  it.each(golden.cases)('$name', ({ hdu, shape, type, values: packed, file }) => {
    const bytes = unpack(file)
    const found = listHdus(bytes)[hdu]!
    expect([...found.axes].reverse()).toEqual(shape)
    const values = readPixelValues(bytes, found)
    expect(values.type).toBe(type)
    const list = Array.from<number | bigint>(values.data).map(Number)
    const expected = new DataView(unpack(packed).buffer)
    expect(list.length * 8).toBe(expected.byteLength)
    // Whole numbers to the last digit; of quantised floats the order of rounding is the reader's own.
    const slack = type.startsWith('float') ? 2 ** -22 : 0
    list.forEach((value, index) => {
      const wanted = expected.getFloat64(8 * index)
      if (Number.isNaN(wanted)) expect(value).toBeNaN()
      else expect(Math.abs(value - wanted)).toBeLessThanOrEqual(slack * Math.max(1, Math.abs(wanted)))
    })
    // What is shown and reduced are the same values as singles.
    const shown = decodeHdu(bytes, found)
    expect(shown.every((value, index) => Object.is(value, Math.fround(list[index]!)))).toBe(true)
  })
})
