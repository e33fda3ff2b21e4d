import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { listHdus, verifyChecksums } from '../../../web/science/fits'
import { requireShared } from '../../support/shared-data'
import { makeFrame } from './make-fits'

interface Golden {
  readonly cases: readonly { readonly name: string; readonly file: string }[]
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../golden/fits/tables.json', import.meta.url), 'utf8'),
) as Golden
const fileOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gunzipSync(Buffer.from(cases.find((each) => each.name === name)!.file, 'base64')))

describe('checksums', () => {
  it.each(['every type', 'variable', 'ascii', 'compressed by fpack'])(
    'astropy and fpack made those of "%s"',
    (name) => {
      const bytes = fileOf(name)
      for (const hdu of listHdus(bytes))
        expect(verifyChecksums(bytes, hdu)).toEqual({ whole: true, data: true })
    },
  )

  it('any changed bit of the data is noticed', () => {
    const bytes = fileOf('every type')
    const hdu = listHdus(bytes)[1]!
    for (let at = hdu.dataOffset; at < bytes.length; at += 37) {
      bytes[at]! ^= 1 << (at % 8)
      expect(verifyChecksums(bytes, hdu)).toEqual({ whole: false, data: false })
      bytes[at]! ^= 1 << (at % 8)
    }
  })

  it('a changed card is not blamed on the data', () => {
    const bytes = fileOf('every type')
    const hdu = listHdus(bytes)[1]!
    bytes[hdu.dataOffset - 1]! ^= 1
    expect(verifyChecksums(bytes, hdu)).toEqual({ whole: false, data: true })
  })

  it('a file without sums is not judged', () => {
    const bytes = makeFrame()
    expect(verifyChecksums(bytes, listHdus(bytes)[0]!)).toEqual({ whole: null, data: null })
  })

  const folder = requireShared('data/fits_torture')
  it.skipIf(folder === null)('the file whose sums are wrong is known from the one whose are right', () => {
    const verdict = (name: string): unknown => {
      const bytes = new Uint8Array(readFileSync(join(folder ?? '', 'astropy_io_fits', name)))
      return listHdus(bytes).map((hdu) => verifyChecksums(bytes, hdu))
    }
    expect(verdict('checksum.fits')).toEqual(expect.arrayContaining([{ whole: true, data: true }]))
    expect(JSON.stringify(verdict('checksum_false.fits'))).toContain('false')
  })
})
