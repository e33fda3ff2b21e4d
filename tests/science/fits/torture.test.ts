import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodeHdu, hasPixels, listHdus, type Hdu } from '../../../web/science/fits'
import { isAsterismError } from './errors'
import { requireShared } from '../../support/shared-data'

interface ExpectedHdu {
  readonly type: string
  readonly bitpix: number
  readonly shape?: readonly number[]
  readonly nan?: number
  readonly min?: number | null
  readonly max?: number | null
  readonly mean?: number | null
}
interface ExpectedFile {
  readonly hdus?: readonly ExpectedHdu[]
  readonly open_error?: string
}

/** Where the expectation itself is out of date: astropy 5.2.1 left ZBLANK of a quantised image out of account, astropy 8.0.2 does not. */
const CORRECTED: Readonly<Record<string, Partial<ExpectedHdu>>> = {
  'astropy_compressed/compressed_with_nan.fits': {
    nan: 1,
    min: 0.2480013370513916,
    max: 143.00620657153172,
    mean: 71.91246533247752,
  },
}
/** Folders that the expectations name and that may be absent as a whole; no single file may. */
const ABSENT_FOLDERS = ['astrogo/', 'midas/']
/** Packings that are not opened here; anything else has to be read. */
const PACKED = /\.(?:bz2|Z)$/

const measure = (data: Float32Array): { nan: number; min: number; max: number; mean: number } => {
  let [nan, sum, min, max] = [0, 0, Infinity, -Infinity]
  for (const value of data) {
    if (Number.isNaN(value)) nan++
    else {
      sum += value
      min = Math.min(min, value)
      max = Math.max(max, value)
    }
  }
  return { nan, min, max, mean: sum / (data.length - nan) }
}

const compare = (bytes: Uint8Array, hdu: Hdu, expected: ExpectedHdu): void => {
  expect(hdu.bitpix).toBe(expected.bitpix)
  if (!expected.shape || !hasPixels(hdu)) return
  expect([...hdu.axes].reverse()).toEqual(expected.shape)
  const data = decodeHdu(bytes, hdu)
  expect(data.length).toBe(expected.shape.reduce((product, side) => product * side, 1))
  const found = measure(data)
  expect(found.nan).toBe(expected.nan)
  // Rounding to 32-bit floats is relative to the largest value that is about.
  const largest = Math.max(Math.abs(expected.min ?? 0), Math.abs(expected.max ?? 0))
  for (const key of ['min', 'max', 'mean'] as const) {
    if (typeof expected[key] === 'number')
      expect(Math.abs(found[key] - expected[key]), key).toBeLessThanOrEqual(largest * 1e-6)
  }
}

const folder = requireShared('data/fits_torture')

describe.skipIf(folder === null)('awkward files, judged by what astropy read', () => {
  const root = folder ?? ''
  const expectations =
    folder === null
      ? {}
      : (JSON.parse(readFileSync(join(root, 'EXPECTED_astropy5.2.1.json'), 'utf8')) as Record<
          string,
          ExpectedFile
        >)
  const listed = Object.keys(expectations)
  const present = listed.filter((path) => existsSync(join(root, path)))

  it('finds every file that is listed, but for folders that are absent as a whole', () => {
    const absent = listed.filter((path) => !present.includes(path))
    const folders = ABSENT_FOLDERS.filter((name) => !present.some((path) => path.startsWith(name)))
    if (absent.length > 0)
      console.warn(
        `not judged, because the folder is absent: ${absent.length} files of ${folders.join(', ')}`,
      )
    expect(absent.filter((path) => !folders.some((name) => path.startsWith(name)))).toEqual([])
    expect(present.length).toBeGreaterThanOrEqual(131)
  })

  it.each(present)('%s', (path) => {
    const expected = expectations[path]!
    const packed = readFileSync(join(root, path))
    const bytes = new Uint8Array(path.endsWith('.gz') ? gunzipSync(packed) : packed)
    if (expected.open_error !== undefined || PACKED.test(path)) {
      expect(() => listHdus(bytes)).toThrow(isAsterismError('not-fits'))
      return
    }
    const hdus = listHdus(bytes)
    expect(hdus.length).toBe(expected.hdus?.length)
    hdus.forEach((hdu, index) => {
      const correction = hdu.kind === 'compressed-image' ? CORRECTED[path] : undefined
      compare(bytes, hdu, { ...expected.hdus![index]!, ...correction })
    })
  })
})
