import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeHdu, hasPixels, listHdus } from '../../../web/science/fits'

interface Golden {
  readonly astropy: string
  readonly fpack: string
  readonly cases: readonly {
    readonly name: string
    readonly shape: readonly number[]
    readonly file: string
    readonly pixels: string
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../../golden/fits/tile-codecs.json', import.meta.url), 'utf8'),
) as Golden
const unpack = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(text, 'base64')))

describe(`PLIO and HCOMPRESS as astropy ${golden.astropy} and funpack ${golden.fpack} read them`, () => {
  it.each(golden.cases)('$name', ({ shape, file, pixels }) => {
    const bytes = unpack(file)
    const hdu = listHdus(bytes).find(hasPixels)!
    expect([...hdu.axes].reverse()).toEqual(shape)
    const data = decodeHdu(bytes, hdu)
    const expected = new Float64Array(unpack(pixels).buffer)
    expect(data.length).toBe(expected.length)
    // Integers to the last bit; of floats the oracle itself is rounded once.
    const slack = hdu.bitpix < 0 ? 2 ** -22 : 0
    let worst = 0
    data.forEach((value, index) => {
      const wanted = Math.fround(expected[index]!)
      worst = Math.max(worst, Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)))
    })
    expect(worst).toBeLessThanOrEqual(slack)
    const width = shape.at(-1)!
    if (shape[0]! < 5) return
    expect(decodeHdu(bytes, hdu, { start: 1, end: 4 })).toEqual(data.slice(width, 4 * width))
  })
})
