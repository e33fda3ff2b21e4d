import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Header, HeaderCard } from '../../../web/core/header'
import { degrees } from '../../../web/core/units'
import { describeSkyWcs, pixelToSky, skyToPixel } from '../../../web/science/astrometry/sky-position'
import { readSkyWcs } from '../../../web/science/astrometry/sky-wcs'
import { requireShared } from '../../support/shared-data'

const readValue = (text: string): string | number | boolean | null => {
  const quoted = /^\s*'((?:[^']|'')*)'/.exec(text)
  if (quoted) return quoted[1]!.replaceAll("''", "'").trimEnd()
  const bare = text.split('/')[0]!.trim()
  if (bare === 'T' || bare === 'F') return bare === 'T'
  return bare !== '' && Number.isFinite(Number(bare.replace(/[dD]/, 'e')))
    ? Number(bare.replace(/[dD]/, 'e'))
    : null
}

const makeHeader = (values: Record<string, string | number>): Header =>
  Object.entries(values).map(([keyword, value]): HeaderCard => ({ keyword, value, comment: '', raw: '' }))

const parseCards = (cards: readonly string[]): Header =>
  cards
    .filter((card) => card[8] === '=')
    .map((raw): HeaderCard => ({
      keyword: raw.slice(0, 8).trim(),
      value: readValue(raw.slice(9)),
      comment: '',
      raw,
    }))

/** Headers of a FITS file, or the one of a text file of cards with or without line ends; enough for these files. */
const readHeaders = (path: string): Header[] => {
  const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)
  const text = bytes.toString('latin1')
  if (path.endsWith('.hdr'))
    return [parseCards(text.includes('\n') ? text.split(/\r?\n/) : (text.match(/.{1,80}/gs) ?? []))]
  const headers: Header[] = []
  let offset = 0
  while (offset < text.length) {
    const cards: string[] = []
    while (offset < text.length && !/^END\s*$/.test(text.slice(offset, offset + 80))) {
      cards.push(text.slice(offset, offset + 80))
      offset += 80
    }
    offset = Math.ceil((offset + 80) / 2880) * 2880
    const header = parseCards(cards)
    headers.push(header)
    const value = (keyword: string): number =>
      Number(header.find((card) => card.keyword === keyword)?.value ?? 0)
    let size = value('NAXIS') === 0 ? 0 : 1
    for (let axis = 1; axis <= value('NAXIS'); axis++) size *= value(`NAXIS${axis}`)
    const bytesOfData = (Math.abs(value('BITPIX')) / 8) * (size + value('PCOUNT'))
    offset += Math.ceil(bytesOfData / 2880) * 2880
  }
  return headers
}

interface Truth {
  hdu: number
  ctype: string[]
  pix_1based: [number, number][]
  world_deg: [number, number][]
  lookup: boolean
}

const folder = requireShared('data/wcs_torture')

/** Separation in arcseconds. */
const separation = (a: { rightAscension: number; declination: number }, ra: number, dec: number): number => {
  const rad = Math.PI / 180
  const [d1, d2] = [a.declination * rad, dec * rad]
  const haversine =
    Math.sin((d1 - d2) / 2) ** 2 +
    Math.cos(d1) * Math.cos(d2) * Math.sin(((a.rightAscension - ra) * rad) / 2) ** 2
  return (2 * Math.asin(Math.sqrt(haversine)) * 3600) / rad
}

/** A polynomial in PV on a plain TAN: must be refused. */
const REFUSED = ['astropy/tpvonly.hdr#0']
/** The truth holds more than TAN and SIP say: lookup tables, and the plate solution of the DSS. Pixels. */
const APPROXIMATE: Record<string, number> = {
  'astropy/dist_lookup.fits.gz#1': 1,
  'astropy/ie6d07ujq_wcs.fits#0': 0.05,
  'astropy/dss.14.29.56-62.41.05.fits.gz#0': 1,
}

describe.skipIf(folder === null)('headers with a known answer from astropy 5.2.1', () => {
  if (folder === null) return
  const truth = JSON.parse(readFileSync(join(folder, 'EXPECTED_astropy5.2.1.json'), 'utf8')) as Record<
    string,
    Truth[]
  >
  const cases = Object.entries(truth).flatMap(([file, entries]) =>
    (Array.isArray(entries) ? entries : [])
      .filter((entry) => (entry.ctype?.[0] ?? '').startsWith('RA---TAN') && file.startsWith('astropy'))
      .map((entry) => ({ file, entry, name: `${file}#${entry.hdu}` })),
  )

  it('there are at least twenty of them', () => expect(cases.length).toBeGreaterThanOrEqual(20))

  it.each(cases)('$name', ({ file, entry, name }) => {
    const header = readHeaders(join(folder, file))[entry.hdu]
    if (header === undefined) throw new Error('no such HDU')
    const wcs = readSkyWcs(header)
    if (REFUSED.includes(name)) {
      expect(wcs).toBeNull()
      return
    }
    if (wcs === null) throw new Error('not understood')
    entry.pix_1based.forEach(([x, y], k) => {
      const [ra, dec] = entry.world_deg[k]!
      const point = { x: x - 1, y: y - 1 }
      const sky = pixelToSky(wcs, point)
      if (entry.lookup) expect(wcs.approximate).toBe(true)
      // The truth is printed to 1e-9 degrees.
      const pixels = APPROXIMATE[name]
      expect(separation(sky, ra, dec)).toBeLessThan(
        pixels === undefined ? 1e-4 : pixels * describeSkyWcs(wcs).scale,
      )
      const back = skyToPixel(wcs, sky)
      expect(Math.hypot((back?.x ?? Number.NaN) - point.x, (back?.y ?? Number.NaN) - point.y)).toBeLessThan(
        1e-5,
      )
    })
  })
})

describe('readSkyWcs', () => {
  const base = { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', CRPIX1: 51, CRPIX2: 41, CRVAL1: 10, CRVAL2: 60 }
  const scale = 0.001

  it('puts the reference pixel, counted from one, on CRVAL, north up and east left', () => {
    const wcs = readSkyWcs(makeHeader({ ...base, CDELT1: -scale, CDELT2: scale }))
    if (wcs === null) throw new Error('not understood')
    const centre = pixelToSky(wcs, { x: 50, y: 40 })
    expect(centre.rightAscension).toBeCloseTo(10, 12)
    expect(centre.declination).toBeCloseTo(60, 12)
    expect(pixelToSky(wcs, { x: 50, y: 140 }).declination).toBeCloseTo(
      60 + Math.atan((0.1 * Math.PI) / 180) * (180 / Math.PI),
      12,
    )
    expect(pixelToSky(wcs, { x: 0, y: 40 }).rightAscension).toBeGreaterThan(10)
    expect(describeSkyWcs(wcs)).toEqual({ scale: expect.closeTo(3.6, 9), north: 90, flipped: false })
  })

  it('reads CD, PC and CROTA2 alike', () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
    const forms = [
      { CDELT1: -scale, CDELT2: scale, CROTA2: (0.3 * 180) / Math.PI },
      { CDELT1: -scale, CDELT2: scale, PC1_1: c, PC1_2: s, PC2_1: -s, PC2_2: c },
      { CDELT1: -scale, CDELT2: scale, PC001001: c, PC001002: s, PC002001: -s, PC002002: c },
      { CD1_1: -scale * c, CD1_2: -scale * s, CD2_1: -scale * s, CD2_2: scale * c },
      { CDELT1: -scale * 60, CDELT2: scale * 3600, CUNIT1: 'arcmin', CUNIT2: 'arcsec', CROTA2: 0 },
    ]
    const all = forms.map((form) => readSkyWcs(makeHeader({ ...base, ...form })))
    for (const wcs of all.slice(0, 4)) {
      wcs?.matrix.forEach((value, k) =>
        expect(value).toBeCloseTo([-scale * c, -scale * s, -scale * s, scale * c][k]!, 14),
      )
    }
    expect(all.every((wcs) => wcs !== null)).toBe(true)
  })

  it('has no inverse on the far side and refuses what it does not know', () => {
    const wcs = readSkyWcs(makeHeader({ ...base, CDELT1: -scale, CDELT2: scale }))
    if (wcs === null) throw new Error('not understood')
    expect(skyToPixel(wcs, { rightAscension: degrees(190), declination: degrees(-60) })).toBeNull()
    expect(readSkyWcs(makeHeader({}))).toBeNull()
    expect(readSkyWcs(makeHeader(base))).toBeNull()
    expect(readSkyWcs(makeHeader({ ...base, CDELT1: 0, CDELT2: scale }))).toBeNull()
    expect(
      readSkyWcs(
        makeHeader({ ...base, CTYPE1: 'RA---SIN', CTYPE2: 'DEC--SIN', CDELT1: -scale, CDELT2: scale }),
      ),
    ).toBeNull()
    expect(
      readSkyWcs(
        makeHeader({ ...base, CTYPE1: 'GLON-TAN', CTYPE2: 'GLAT-TAN', CDELT1: -scale, CDELT2: scale }),
      ),
    ).toBeNull()
    expect(
      readSkyWcs(
        makeHeader({ ...base, CTYPE1: 'RA---TPV', CTYPE2: 'DEC--TPV', CDELT1: -scale, CDELT2: scale }),
      ),
    ).toBeNull()
  })

  it('names the frame of its answers', () => {
    const system = (values: Record<string, string | number>) =>
      readSkyWcs(makeHeader({ ...base, CDELT1: -scale, CDELT2: scale, ...values }))?.system
    expect(system({})).toBe('icrs')
    expect(system({ EQUINOX: 2000 })).toBe('fk5')
    expect(system({ EQUINOX: 1950 })).toBe('fk4')
    expect(system({ RADESYS: 'ICRS', EQUINOX: 2000 })).toBe('icrs')
  })
})
