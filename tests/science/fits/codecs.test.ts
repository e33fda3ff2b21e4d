import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeHdu, listHdus } from '../../../web/science/fits'
import { isAsterismError } from './errors'

interface Golden {
  readonly astropy: string
  readonly cases: readonly {
    readonly name: string
    readonly hdu: number
    readonly shape: readonly number[]
    readonly file: string
    readonly pixels: string
  }[]
  readonly refused: readonly { readonly codec: string; readonly file: string }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/codecs.json', import.meta.url), 'utf8'),
) as Golden
const unpack = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(text, 'base64')))

describe(`pixels as astropy ${golden.astropy} reads them`, () => {
  it.each(golden.cases)('$name', ({ hdu, shape, file, pixels }) => {
    const bytes = unpack(file)
    const found = listHdus(bytes)[hdu]!
    expect([...found.axes].reverse()).toEqual(shape)
    const data = decodeHdu(bytes, found)
    const expected = new Float64Array(unpack(pixels).buffer)
    expect(data.length).toBe(expected.length)
    // Every pixel is the nearest 32-bit float: no tolerance, but for quantised values, where the order of rounding may differ by one bit.
    const slack = found.kind === 'compressed-image' && found.bitpix < 0 ? 2 ** -22 : 0
    let worst = 0
    data.forEach((value, index) => {
      const wanted = Math.fround(expected[index]!)
      if (Object.is(value, wanted) || value === wanted) return
      worst = Math.max(
        worst,
        Math.abs(value - wanted) / Math.max(Math.abs(wanted), 1),
        Number.isNaN(value) !== Number.isNaN(wanted) ? Infinity : 0,
      )
    })
    expect(worst).toBeLessThanOrEqual(slack)
  })

  it.each(golden.cases.filter((entry) => entry.shape.length > 1))(
    '$name: rows 2 to 5 alone are the same pixels',
    ({ hdu, shape, file }) => {
      const bytes = unpack(file)
      const found = listHdus(bytes)[hdu]!
      const width = shape.at(-1)!
      const all = decodeHdu(bytes, found)
      expect(decodeHdu(bytes, found, { start: 2, end: 5 })).toEqual(all.slice(2 * width, 5 * width))
    },
  )

  it.each(golden.refused)('$codec is refused by name, with what to do', ({ codec, file }) => {
    const bytes = unpack(file)
    const found = listHdus(bytes)[1]!
    expect(() => decodeHdu(bytes, found)).toThrow(isAsterismError('unsupported-compression', codec))
    expect(() => decodeHdu(bytes, found)).toThrow(isAsterismError('unsupported-compression', 'funpack'))
  })

  it('decodes from an address that is not a multiple of the element size', () => {
    for (const { name, hdu, file } of golden.cases) {
      const bytes = unpack(file)
      const odd = new Uint8Array(bytes.length + 1)
      odd.set(bytes, 1)
      const shifted = odd.subarray(1)
      expect(decodeHdu(shifted, listHdus(shifted)[hdu]!), name).toEqual(
        decodeHdu(bytes, listHdus(bytes)[hdu]!),
      )
    }
  })
})
