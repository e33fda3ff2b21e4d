import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { makeFrame, makeHeader, imageCards, joinBytes } from '../science/fits/make-fits'
import { takeApart, type FitsParts } from './fits-parts'
import { ROOT } from './root'

interface Golden {
  readonly cases: readonly { readonly name: string; readonly file: string }[]
}

const readGolden = (name: string): Golden =>
  JSON.parse(readFileSync(join(ROOT, 'tests/golden/fits', name), 'utf8')) as Golden

const unpack = (text: string): Uint8Array => new Uint8Array(gunzipSync(Buffer.from(text, 'base64')))

const files = ['codecs.json', 'tile-codecs.json', 'more-codecs.json']
  .flatMap((name) => readGolden(name).cases)
  .map(({ name, file }) => ({ name, parts: takeApart(unpack(file)) }))

const isCompressed = ({ name }: { readonly name: string }): boolean => /_[12]|NOCOMPRESS|fpack/.test(name)

/** Cards that cameras and their programs write, of which some are by the standard. */
const HEADERS: readonly (readonly string[])[] = [
  [
    "INSTRUME= 'ZWO ASI1600MM Pro'  / name of instrument",
    "CREATOR = 'N.I.N.A. 3.1'",
    "IMAGETYP= 'LIGHT   '",
    "DATE-OBS= '2024-03-01T21:15:01.123' / Time mid exposure",
    "DATE-LOC= '2024-03-01T22:15:01.123'",
    'EXPTIME =                 30.0 / [s] Exposure duration',
    'XBINNING=                    1',
    'GAIN    =                  139 / Sensor gain',
    'EGAIN   =    0.980000019073486 / [e-/ADU] Electrons per A/D unit',
    'SITELAT =     47.5 / [deg]',
    'SITELONG=     -8.25 / [deg]',
    "OBJCTRA = '05 34 31' / [H M S]",
    "OBJCTDEC= '+22 01 00'",
    "BAYERPAT= 'RGGB'",
    "ROWORDER= 'TOP-DOWN'",
    'FOCALLEN=               1000.0 / [mm]',
    'XPIXSZ  =                  3.8 / [um]',
  ],
  [
    "CREATOR = 'MicroObservatory, SAO'",
    'DATE-OBS= 2017-12-19T18:33:43.317-0700',
    "UT-OBS  = '2017-12-20T01:33:43.317'",
    'LONGITUD=               110.88',
    'LATITUDE=                31.68',
    'CAMTEMP =                258.1',
    "OBJECT  = 'HATP32  '",
    'EXPTIME = 60.0',
  ],
  [
    "DEVICE  = 'Apogee [3]'",
    "OBSERVAT= 'Suhora'",
    "DATE-OBS= '19/12/95'",
    "TIME-OBS= '21:15:01.5'",
    'JD      = 2450071.3855 / middle',
    "CCDSUM  = '2 2'",
    "HIERARCH ESO DPR TYPE = 'FLAT,SKY' / type",
    "CTYPE1  = 'RA---TAN'",
    "CTYPE2  = 'DEC--TAN'",
    'CRVAL1  =               88.122',
    'CRVAL2  =               32.558',
    'CD1_1   =             -0.000168',
    'CD2_2   =              0.000168',
    "LONGSTRN= 'a long string that goes on in the next card, and the one after that&'",
    "CONTINUE  ' with more of the same, and the comment at its end&'",
    "CONTINUE  '' / the comment",
    'HISTORY Auto-Dark subtracted',
    'COMMENT nothing to see',
  ],
]

const table = (
  kind: 'BINTABLE' | 'TABLE',
  row: number,
  rows: number,
  heap: number,
  cards: string[],
): Uint8Array =>
  makeHeader([
    `XTENSION= '${kind.padEnd(8)}'`,
    'BITPIX  =                    8',
    'NAXIS   =                    2',
    `NAXIS1  = ${String(row).padStart(20)}`,
    `NAXIS2  = ${String(rows).padStart(20)}`,
    `PCOUNT  = ${String(heap).padStart(20)}`,
    'GCOUNT  =                    1',
    ...cards,
  ])

const empty = makeHeader(imageCards(8, []))

const binaryTable = (): Uint8Array => {
  const data = new Uint8Array(2880)
  const view = new DataView(data.buffer)
  for (let row = 0; row < 4; row++) {
    const at = 40 * row
    view.setInt32(at, row)
    view.setFloat64(at + 4, row / 7)
    data.set([0x61, 0x62, 0x63, 0x20], at + 12)
    view.setUint8(at + 16, row % 2 === 0 ? 0x54 : 0x46)
    view.setInt16(at + 18, -row)
    view.setInt32(at + 20, row + 1)
    view.setInt32(at + 24, 8 * row)
    view.setFloat32(at + 28, 1)
    view.setFloat32(at + 32, -1)
  }
  const cards = [
    'TFIELDS =                    8',
    ...['1J', '1D', '4A', '1L', '1B', '1I', '1PE(4)', '3E'].map(
      (form, index) => `TFORM${index + 1}  = '${form}'`,
    ),
    ...['NUMBER', 'VALUE', 'NAME', 'GOOD', 'BYTE', 'SHORT', 'LIST', 'THREE'].map(
      (name, index) => `TTYPE${index + 1}  = '${name}'`,
    ),
    "TDIM8   = '(3)'",
    'TSCAL6  =                  0.5',
    'TZERO6  =                 10.0',
    'TNULL1  =                    2',
    "TUNIT2  = 'deg'",
    "EXTNAME = 'TABLE'",
  ]
  return joinBytes(empty, table('BINTABLE', 40, 4, 40, cards), data)
}

const asciiTable = (): Uint8Array => {
  const text = ['   1  1.5E0 abc  ', '   2 -2.5D3 def  ', '   *    nan ghi  '].join('')
  const data = new Uint8Array(2880).fill(0x20)
  for (let index = 0; index < text.length; index++) data[index] = text.charCodeAt(index)
  return joinBytes(
    empty,
    table('TABLE', 17, 3, 0, [
      'TFIELDS =                    3',
      "TFORM1  = 'I4'",
      'TBCOL1  =                    1',
      "TNULL1  = '*'",
      "TFORM2  = 'E7.1'",
      'TBCOL2  =                    6',
      "TFORM3  = 'A4'",
      'TBCOL3  =                   14',
      "TTYPE1  = 'N'",
      "TTYPE2  = 'X'",
      "TTYPE3  = 'WORD'",
    ]),
    data,
  )
}

const randomGroups = (): Uint8Array =>
  joinBytes(
    makeHeader([
      ...imageCards(-32, [0, 3, 2]),
      'GROUPS  =                    T',
      'PCOUNT  =                    2',
      'GCOUNT  =                    3',
      "PTYPE1  = 'UU'",
      'PSCAL1  =                  2.0',
      'PZERO1  =                  1.0',
    ]),
    new Uint8Array(2880).fill(3),
  )

/** Frames with the headers of cameras: small pictures, much to read. */
export const FRAMES: readonly FitsParts[] = HEADERS.map((cards) => takeApart(makeFrame(cards)))

/** Plain images of every BITPIX, with scaling, blanks and cubes. */
export const IMAGES: readonly FitsParts[] = [
  ...files.filter((file) => !isCompressed(file)).map(({ parts }) => parts),
  ...FRAMES,
  takeApart(randomGroups()),
]

/** Tile-compressed images of every codec; each has only some of its tiles' worth of bytes. */
export const COMPRESSED: readonly FitsParts[] = files
  .filter((file) => isCompressed(file) && file.parts.every(({ data }) => data.length < 9000))
  .map(({ parts }) => parts)

const tables = readGolden('tables.json').cases.map(({ file }) => takeApart(unpack(file)))

/** Tables of all types of columns, with heap, packed and of characters; and random groups. */
export const TABLES: readonly FitsParts[] = [
  ...[binaryTable(), asciiTable(), randomGroups()].map(takeApart),
  ...tables.filter((parts) => parts.every(({ data }) => data.length < 20_000)),
]

export const CORPUS: readonly FitsParts[] = [...IMAGES, ...COMPRESSED, ...TABLES]
