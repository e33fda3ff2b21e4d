import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Header, HeaderCard } from '../../../../web/core/header'
import { listHdus, readPixelValues } from '../../../../web/science/fits'
import { parseCard } from '../../../../web/science/fits/parse-card'
import type { WcsTable } from '../../../../web/science/astrometry/wcs/read-lookups'

export const makeHeader = (values: Readonly<Record<string, string | number>>): Header =>
  Object.entries(values).map(([keyword, value]): HeaderCard => ({ keyword, value, comment: '', raw: '' }))

/** Headers of a FITS file, or the one of a text file of cards with or without line ends. */
export const readHeaders = (path: string): { headers: Header[]; tables: WcsTable[] } => {
  const bytes = path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)
  if (path.endsWith('.hdr')) {
    const text = bytes.toString('latin1')
    const cards = text.slice(0, 81).includes('\n') ? text.split(/\r?\n/) : (text.match(/.{1,80}/gs) ?? [])
    return { headers: [cards.filter((card) => card[8] === '=').map((card) => parseCard(card))], tables: [] }
  }
  const hdus = listHdus(new Uint8Array(bytes))
  const tables = hdus.flatMap((hdu): WcsTable[] => {
    if (!['WCSDVARR', 'D2IMARR'].includes(hdu.name ?? '')) return []
    const { data } = readPixelValues(new Uint8Array(bytes), hdu)
    const version = hdu.header.find((card) => card.keyword === 'EXTVER')?.value
    return [
      {
        name: hdu.name!,
        version: typeof version === 'number' ? version : 1,
        header: hdu.header,
        width: hdu.axes[0] ?? 1,
        height: hdu.axes[1] ?? 1,
        values: Float64Array.from(data as Float32Array),
      },
    ]
  })
  return { headers: hdus.map((hdu) => hdu.header), tables }
}

/** Degrees between two places of the sky, exact for small ones. */
export const separate = (
  a: readonly [number, number],
  b: readonly [number | null, number | null],
): number => {
  if (b[0] === null || b[1] === null) return Number.NaN
  const rad = Math.PI / 180
  const [d1, d2] = [a[1] * rad, b[1] * rad]
  const haversine =
    Math.sin((d1 - d2) / 2) ** 2 + Math.cos(d1) * Math.cos(d2) * Math.sin(((a[0] - b[0]) * rad) / 2) ** 2
  return (2 * Math.asin(Math.sqrt(haversine))) / rad
}

/** Places that astropy was asked for, pixels counted from 1; null where it has no answer. */
export interface Case {
  readonly name: string
  readonly cards: Readonly<Record<string, string | number>>
  readonly error?: string
  readonly pixels: readonly (readonly [number, number])[]
  readonly world: readonly (readonly [number | null, number | null])[]
  readonly places?: readonly (readonly [number, number])[]
  readonly found?: readonly (readonly [number | null, number | null])[]
}

interface GoldenTable {
  readonly name: string
  readonly version: number
  readonly step: readonly [number, number]
  readonly origin: readonly [number, number]
  readonly reference: readonly [number, number]
  readonly width: number
  readonly height: number
  readonly values: readonly number[]
}

interface Golden {
  readonly headers: { readonly cases: readonly (Case & { readonly file: string; readonly hdu: number })[] }
  readonly made: {
    readonly projections: readonly Case[]
    readonly distortions: readonly Case[]
    readonly lookups: {
      readonly tables: readonly GoldenTable[]
      readonly cases: readonly (Case & { readonly records: readonly (readonly [string, string])[] })[]
    }
  }
}

export const readGolden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../golden/astrometry/${name}`, import.meta.url), 'utf8'))

export const golden: Golden = {
  headers: readGolden('wcs-headers.json') as Golden['headers'],
  made: readGolden('wcs-made.json') as Golden['made'],
}

export const makeTables = (tables: readonly GoldenTable[]): WcsTable[] =>
  tables.map((table) => ({
    ...table,
    values: Float64Array.from(table.values),
    header: makeHeader(
      Object.fromEntries(
        [0, 1].flatMap((k) => [
          [`CRPIX${k + 1}`, table.reference[k]!],
          [`CRVAL${k + 1}`, table.origin[k]!],
          [`CDELT${k + 1}`, table.step[k]!],
        ]),
      ),
    ),
  }))

/** Keywords that occur several times. */
export const recordCards = (records: readonly (readonly [string, string])[]): Header =>
  records.map(([keyword, value]) => ({ keyword, value, comment: '', raw: '' }))
