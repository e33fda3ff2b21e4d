import { deflateRawSync, gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { imageCards, joinBytes, makeFrame, makeHeader } from '../science/fits/make-fits'
import { assembleFits, type HduParts } from './fits-parts'

/** A small file that would become a large one, or costs much to look at. */
export interface Bomb {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const GIGABYTE = 2 ** 30

const gzip = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(gzipSync(joinBytes(...parts)))

/** Gzip of a head and very many zeros, without ever holding those: deflated zeros can be repeated, block by block. */
const gzipZeros = (head: Uint8Array, length: number): Uint8Array<ArrayBuffer> => {
  const piece = 2 ** 24
  const first = deflateRawSync(joinBytes(head, new Uint8Array(piece - head.length)), { finishFlush: 2 })
  const zeros = deflateRawSync(new Uint8Array(piece), { finishFlush: 2 })
  const header = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
  const repeats = Math.ceil(length / piece) - 1
  // Ended by an empty last block; the sums are wrong, which shows only when all of it has been unpacked.
  const tail = Uint8Array.from([3, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  return joinBytes(header, first, ...Array.from({ length: repeats }, () => zeros), tail)
}

/** Many names in the directory of a zip for one body: each of them would be all of it. */
const overlapZip = (names: number, body: Uint8Array): Uint8Array<ArrayBuffer> => {
  const one = zipSync({ 'a.fits': body }, { level: 9 })
  const view = new DataView(one.buffer, one.byteOffset, one.byteLength)
  const start = view.getUint32(one.length - 6, true)
  const entry = one.subarray(start, one.length - 22)
  const end = one.slice(one.length - 22)
  const ending = new DataView(end.buffer)
  ending.setUint16(8, names, true)
  ending.setUint16(10, names, true)
  ending.setUint32(12, entry.length * names, true)
  return joinBytes(one.subarray(0, start), ...Array.from({ length: names }, () => entry), end)
}

const nestZips = (depth: number): Uint8Array<ArrayBuffer> => {
  let zip: Uint8Array = makeFrame()
  for (let layer = 0; layer < depth; layer++)
    zip = zipSync(Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}.zip`, zip])))
  return new Uint8Array(zip)
}

/** `BZh9` and the mark of the end: fourteen bytes that hold nothing. */
const EMPTY_BZIP2 = Uint8Array.from([0x42, 0x5a, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0])

/** The same string over and over, which LZW codes in ever longer steps: codes 256, 257, 258 and on, each one longer. */
const lzwRun = (codes: number): Uint8Array<ArrayBuffer> => {
  const bytes: number[] = [0x1f, 0x9d, 0x90]
  let [bits, held, width, free] = [0, 0, 9, 257]
  let inGroup = 0
  const put = (code: number): void => {
    bits += code * 2 ** held
    held += width
    while (held >= 8) {
      bytes.push(bits % 256)
      bits = Math.floor(bits / 256)
      held -= 8
    }
    inGroup = (inGroup + 1) % 8
  }
  put(0)
  for (let count = 0; count < codes; count++) {
    put(Math.min(free, 65_535))
    if (free < 65_536) free++
    if (free > 2 ** width && width < 16) {
      for (let padding = (8 - inGroup) % 8; padding > 0; padding--) put(0)
      width++
    }
  }
  return Uint8Array.from(bytes)
}

const tarCrowd = (names: number): Uint8Array<ArrayBuffer> => {
  const header = new Uint8Array(512)
  const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at)
  put('a.fits', 0)
  put('00000000000', 124)
  put('0', 156)
  put('ustar\x0000', 257)
  const bytes = new Uint8Array(512 * names)
  for (let name = 0; name < names; name++) bytes.set(header, 512 * name)
  return bytes
}

const card = (keyword: string, value: number | string): string =>
  `${keyword.padEnd(8)}= ${typeof value === 'number' ? String(value).padStart(20) : value === 'T' ? value.padStart(20) : `'${value}'`}`

const compressed = (
  changes: Readonly<Record<string, number | string>>,
  data: Uint8Array,
): Uint8Array<ArrayBuffer> => {
  const cards = {
    XTENSION: 'BINTABLE',
    BITPIX: 8,
    NAXIS: 2,
    NAXIS1: 8,
    NAXIS2: 1,
    PCOUNT: data.length - 8,
    GCOUNT: 1,
    TFIELDS: 1,
    TFORM1: '1PB',
    TTYPE1: 'COMPRESSED_DATA',
    ZIMAGE: 'T',
    ZCMPTYPE: 'RICE_1',
    ZBITPIX: 16,
    ZNAXIS: 2,
    ZNAXIS1: 4,
    ZNAXIS2: 1,
    ...changes,
  }
  const parts: HduParts[] = [
    { cards: imageCards(8, []), data: new Uint8Array(0) },
    { cards: Object.entries(cards).map(([keyword, value]) => card(keyword, value)), data },
  ]
  return assembleFits(parts)
}

/** A descriptor of a tile that is all of the heap, and the heap. */
const oneTile = (tile: Uint8Array): Uint8Array => {
  const data = new Uint8Array(8 + tile.length)
  new DataView(data.buffer).setInt32(0, tile.length)
  data.set(tile, 8)
  return data
}

/** An HCOMPRESS tile of one plane that claims so many rows and columns, a scale, and 48 bit planes in which next to nothing is set. */
const hcompressTile = (side: number, scale: number): Uint8Array => {
  const tile = new Uint8Array(4000)
  const view = new DataView(tile.buffer)
  view.setUint16(0, 0xdd99)
  view.setInt32(2, side)
  view.setInt32(6, side)
  view.setInt32(10, scale)
  tile.fill(48, 22, 25)
  tile.fill(0xf8, 25)
  return tile
}

const table = (
  changes: Readonly<Record<string, number | string>>,
  data: Uint8Array,
): Uint8Array<ArrayBuffer> => compressed({ ZIMAGE: 'F', TTYPE1: 'LIST', TFORM1: '1PJ', ...changes }, data)

const pointEverywhere = (rows: number): Uint8Array => {
  const data = new Uint8Array(8 * rows + 64)
  const view = new DataView(data.buffer)
  for (let row = 0; row < rows; row++) {
    view.setInt32(8 * row, row % 2 === 0 ? 2 ** 31 - 1 : 16)
    view.setInt32(8 * row + 4, row % 3 === 0 ? -1 : 2 ** 31 - 1 - row)
  }
  return data
}

const longHeader = (cards: readonly string[]): Uint8Array<ArrayBuffer> =>
  joinBytes(makeHeader([...imageCards(16, [4, 3]), ...cards]), new Uint8Array(2880))

const manyHdus = (count: number): Uint8Array<ArrayBuffer> => {
  const extension = makeHeader([
    "XTENSION= 'IMAGE   '",
    'BITPIX  =                    8',
    'NAXIS   =                    0',
    'PCOUNT  =                    0',
    'GCOUNT  =                    1',
  ])
  const bytes = new Uint8Array(2880 * (count + 1))
  bytes.set(makeHeader(imageCards(8, [])))
  for (let index = 1; index <= count; index++) bytes.set(extension, 2880 * index)
  return bytes
}

const tarOf = (body: Uint8Array): Uint8Array<ArrayBuffer> => {
  const header = tarCrowd(1)
  header.set(new TextEncoder().encode(body.length.toString(8).padStart(11, '0')), 124)
  return joinBytes(header, body, new Uint8Array(1024 + ((512 - (body.length % 512)) % 512)))
}

/** Every kind of bomb that there is a reader for. None of them may be taken in, and each is answered in words. */
export const makeBombs = (): Bomb[] => {
  const headed = gzipZeros(makeFrame(), 1.5 * GIGABYTE)
  const zeros = gzipZeros(new Uint8Array(0), 4 * GIGABYTE)
  const claim = { ZNAXIS1: 32_000, ZNAXIS2: 32_000, ZTILE1: 32_000, ZTILE2: 32_000 }
  const bombs: Record<string, Uint8Array<ArrayBuffer>> = {
    'zeros.fits.gz': zeros,
    'headed.fits.gz': headed,
    'twice.fits.gz.gz': gzip(zeros),
    'streams.fits.bz2': joinBytes(...Array.from({ length: 70_000 }, () => EMPTY_BZIP2)),
    'run.fits.Z': lzwRun(200_000),
    'overlap.zip': overlapZip(10_000, joinBytes(makeFrame(), new Uint8Array(10_000_000))),
    'nested.zip': nestZips(3),
    'crowd.zip': overlapZip(60_000, new Uint8Array(0)),
    'crowd.tar': tarCrowd(100_000),
    'bomb.tar.gz': gzip(tarOf(zeros)),
    'pixels.fits.fz': compressed(claim, oneTile(new Uint8Array(16))),
    'tiny-tiles.fits.fz': compressed(
      { ...claim, ZTILE1: 1, ZTILE2: 1, NAXIS2: 1_000_000_000 },
      oneTile(new Uint8Array(16)),
    ),
    'no-columns.fits.fz': compressed(
      { ...claim, ZTILE1: 1, ZTILE2: 1, NAXIS1: 0, NAXIS2: 2 ** 30, TFIELDS: 0, PCOUNT: 0 },
      new Uint8Array(8),
    ),
    'cube.fits.fz': compressed(
      { ...claim, ZNAXIS: 3, ZNAXIS1: 1000, ZNAXIS2: 1000, ZNAXIS3: 1_000_000, ZTILE3: 1_000_000 },
      oneTile(new Uint8Array(16)),
    ),
    'hcompress.fits.fz': compressed(
      { ...claim, ZCMPTYPE: 'HCOMPRESS_1' },
      oneTile(hcompressTile(32_000, 2 ** 31 - 1)),
    ),
    'cut.fits': longHeader([]).slice(0, 2880),
    'repeat.fits': table({ TFORM1: '1000000000J' }, new Uint8Array(64)),
    'everywhere.fits': table({ NAXIS2: 2000, PCOUNT: 64 }, pointEverywhere(2000)),
    'cards.fits': longHeader(Array.from({ length: 100_000 }, (_, index) => `HISTORY ${index}`)),
    'hdus.fits': manyHdus(100_000),
    'giant.fits': joinBytes(makeHeader(imageCards(16, [1_000_000, 1_000_000])), new Uint8Array(2880)),
  }
  return Object.entries(bombs).map(([name, bytes]) => ({ name, bytes }))
}
