import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { createZipWriter } from '../../web/ingest/project/zip-writer'
import { joinBytes, makeFrame } from '../science/fits/make-fits'
import { ROOT } from './root'

const FRAME = makeFrame(["IMAGETYP= 'LIGHT'", 'EXPTIME = 30.0'])
const WORDS = new TextEncoder().encode('read me first, and then read me again\n'.repeat(20))

const gzip = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes))

interface Golden {
  readonly cases: readonly { readonly kind: string; readonly packed: string; readonly length: number }[]
}

const golden = (kind: string): Uint8Array[] =>
  (JSON.parse(readFileSync(join(ROOT, 'tests/golden/ingest/packings.json'), 'utf8')) as Golden).cases
    .filter((each) => each.kind === kind && each.packed.length < 10_000)
    .map(({ packed }) => new Uint8Array(Buffer.from(packed, 'base64')))

/** A gzip stream with every field of its header that there can be. */
const gzipWithExtras = (): Uint8Array => {
  const plain = gzip(FRAME)
  const fields = [5, 0, 1, 2, 3, 4, 5, ...new TextEncoder().encode('name\0comment\0')]
  return joinBytes(
    Uint8Array.from([0x1f, 0x8b, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3]),
    Uint8Array.from(fields),
    plain.subarray(10),
  )
}

export const GZIPPED: readonly Uint8Array[] = [
  gzip(FRAME),
  gzip(new Uint8Array(300_000)),
  joinBytes(gzip(FRAME.subarray(0, 2880)), gzip(FRAME.subarray(2880))),
  gzipWithExtras(),
  gzip(gzip(FRAME)),
]
/** Pictures of other programs. */
export const FOREIGN: readonly { readonly kind: 'xisf' | 'ser'; readonly bytes: Uint8Array }[] = (
  JSON.parse(readFileSync(join(ROOT, 'tests/golden/ingest/foreign.json'), 'utf8')) as {
    readonly cases: readonly { readonly kind: 'xisf' | 'ser'; readonly file: string }[]
  }
).cases.map(({ kind, file }) => ({ kind, bytes: new Uint8Array(Buffer.from(file, 'base64')) }))

export type TextFormat = 'csv' | 'ecsv' | 'votable'

interface TextTable {
  readonly format: TextFormat
  readonly bytes: Uint8Array
}

const asText = (format: TextFormat, text: string): TextTable => ({
  format,
  bytes: new TextEncoder().encode(text),
})

/** As AstroImageJ writes its measurements. */
const MEASUREMENTS = [
  ['', 'Label', 'slice', 'JD_UTC', 'BJD_TDB', 'rel_flux_T1', 'Source-Sky_T1', 'Saturated'].join('\t'),
  ...[1, 2, 3].map((row) =>
    [row, `light_${row}.fits`, row, 2460000.5 + row, 'NaN', '1.0e0', -row / 7, 0].join('\t'),
  ),
].join('\n')

/** Tables as text: those of other programs, and some that people write. */
export const TEXT_TABLES: readonly TextTable[] = [
  ...(
    JSON.parse(readFileSync(join(ROOT, 'tests/golden/tables/read-tables.json'), 'utf8')) as {
      readonly cases: readonly { readonly kind: TextFormat; readonly file: string }[]
    }
  ).cases.map(({ kind, file }) => ({ format: kind, bytes: new Uint8Array(Buffer.from(file, 'base64')) })),
  asText('csv', MEASUREMENTS),
  asText('csv', '# a comment\n# name "x y" flux\n  a  1 2.5\n  b  2 -3e4\n'),
  asText('csv', '\ufeffid;mag;"a ""note"""\r\n1;12,5;"two\r\nlines"\r\n2;;\r\n'),
]

export const BZIPPED: readonly Uint8Array[] = golden('bzip2')
export const COMPRESSED: readonly Uint8Array[] = golden('compress')

/** A tar archive of these files, with a long name by GNU tar and one by pax. */
const tar = (files: Readonly<Record<string, Uint8Array>>): Uint8Array => {
  const blocks: Uint8Array[] = []
  const add = (name: string, type: string, body: Uint8Array): void => {
    const header = new Uint8Array(512)
    const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at)
    put(name.slice(0, 100), 0)
    put(body.length.toString(8).padStart(11, '0'), 124)
    put(type, 156)
    put('ustar\x0000', 257)
    blocks.push(header, joinBytes(body, new Uint8Array((512 - (body.length % 512)) % 512)))
  }
  const words = (text: string): Uint8Array => new TextEncoder().encode(text)
  Object.entries(files).forEach(([name, body], index) => {
    if (index === 0) add('././@LongLink', 'L', words(`folder/${name}\0`))
    if (index === 1) add('PaxHeader', 'x', words(`20 path=folder/${name}\n`))
    add(name, '0', body)
  })
  return joinBytes(...blocks, new Uint8Array(1024))
}

const writeWide = async (): Promise<Uint8Array> => {
  const parts: Uint8Array[] = []
  const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes)) }, 0)
  await zip.add('a/b.fits', [FRAME], true)
  await zip.add('c.txt', [new Uint8Array(WORDS)], false)
  await zip.finish()
  return joinBytes(...parts)
}

const FILES = { 'light_1.fits': FRAME, 'bias_1.fits.gz': gzip(FRAME), 'read me.txt': WORDS }

export const ARCHIVES: readonly Uint8Array[] = [
  zipSync(FILES, { level: 0 }),
  zipSync(FILES, { level: 6 }),
  zipSync({ 'inner.zip': zipSync(FILES), '../../evil.fits': FRAME, '__MACOSX/x': WORDS }),
  await writeWide(),
  tar(FILES),
  gzip(tar({ 'a.fits': FRAME, 'b.fits.gz': gzip(FRAME) })),
  tar({ 'packed.bz2': BZIPPED[0]!, 'packed.Z': COMPRESSED[0]! }),
]
