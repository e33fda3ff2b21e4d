import { AsterismError } from '../../core/errors'
import { findCard, readNumber, readText, type Header } from '../../core/header'
import type { Hdu } from './list-hdus'
import { refuseExpansion } from './refuse-expansion'
import type { TileCoding } from './tile-batch'

const CODECS = ['RICE_1', 'RICE_ONE', 'GZIP_1', 'GZIP_2', 'PLIO_1', 'HCOMPRESS_1', 'NOCOMPRESS'] as const
export type TileCodec = (typeof CODECS)[number]

/** The binary table of a tile-compressed image: where the tiles lie and how they were made. */
export interface TileTable {
  readonly codec: TileCodec
  readonly tile: readonly number[]
  /** Number of tiles along each axis. */
  readonly tiles: readonly number[]
  /** Of codecs that code integers; null for those that pack bytes. */
  readonly coding: TileCoding | null
  readonly dither: 'none' | 'subtractive-1' | 'subtractive-2'
  readonly ditherSeed: number
  /** The compressed bytes of a tile; null when this column has none for it. */
  readonly readBytes: (column: string, tile: number) => Uint8Array | null
  /** A number of a tile: from the column of this name, else from the keyword, else null. */
  readonly readTileNumber: (name: 'ZSCALE' | 'ZZERO' | 'ZBLANK', tile: number) => number | null
}

const ELEMENT_BYTES: Readonly<Record<string, number>> = {
  L: 1,
  B: 1,
  A: 1,
  I: 2,
  J: 4,
  K: 8,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
  P: 8,
  Q: 16,
}

interface Column {
  readonly code: string
  /** For P and Q: code of the elements in the heap. */
  readonly element: string
  readonly offset: number
}

/** Where the bytes of a tile may be. */
const DATA_COLUMNS = ['COMPRESSED_DATA', 'GZIP_COMPRESSED_DATA', 'UNCOMPRESSED_DATA']

const isDescriptor = (column: Column | undefined): column is Column =>
  column !== undefined && (column.code === 'P' || column.code === 'Q')

const listColumns = (header: Header): Map<string, Column> => {
  const columns = new Map<string, Column>()
  let offset = 0
  const count = readNumber(header, 'TFIELDS') ?? 0
  for (let index = 1; index <= Math.min(count, 999); index++) {
    const match = /^(\d*)([LXBIJKAEDCMPQ])(.?)/.exec(readText(header, `TFORM${index}`) ?? '')
    if (!match) throw new AsterismError('bad-header', `TFORM${index} is not a form of a binary table.`)
    const repeat = match[1] === '' ? 1 : Number(match[1])
    const code = match[2] ?? ''
    const name = (readText(header, `TTYPE${index}`) ?? '').toUpperCase()
    if (repeat > 0) columns.set(name, { code, element: match[3] ?? '', offset })
    offset += code === 'X' ? Math.ceil(repeat / 8) : repeat * (ELEMENT_BYTES[code] ?? 0)
  }
  return columns
}

/** Algorithm parameters: ZNAMEn gives the name, ZVALn the value. */
const readParameter = (header: Header, name: string): number | null => {
  for (let index = 1; index <= 99; index++) {
    const found = readText(header, `ZNAME${index}`)
    if (found === null) return null
    if (found.toUpperCase() !== name) continue
    // Switches are written as numbers by some and as T and F by others.
    const value = findCard(header, `ZVAL${index}`)?.value
    return typeof value === 'boolean' ? Number(value) : readNumber(header, `ZVAL${index}`)
  }
  return null
}

const readCodec = (header: Header): TileCodec => {
  const name = readText(header, 'ZCMPTYPE') ?? 'none named'
  const codec = CODECS.find((known) => known === name)
  if (codec) return codec
  throw new AsterismError(
    'unsupported-compression',
    `The image is compressed with ${name}, which cannot be read here. Unpack it with funpack, or pack it with RICE or GZIP, and try again.`,
    { codec: name },
  )
}

/** Pixels of a block of Rice. */
const MOST_BLOCK = 2 ** 20

const readCoding = (header: Header, codec: TileCodec): TileCoding | null => {
  if (codec === 'PLIO_1') return { codec: 'plio' }
  if (codec === 'HCOMPRESS_1')
    return { codec: 'hcompress', smooth: (readParameter(header, 'SMOOTH') ?? 0) !== 0 }
  if (codec !== 'RICE_1' && codec !== 'RICE_ONE') return null
  const bytesPerPixel = readParameter(header, 'BYTEPIX') ?? 4
  if (bytesPerPixel !== 1 && bytesPerPixel !== 2 && bytesPerPixel !== 4) {
    throw new AsterismError(
      'unsupported-compression',
      `Rice tiles of ${bytesPerPixel} bytes a pixel cannot be read here. Unpack the file with funpack.`,
      { codec },
    )
  }
  const blockSize = readParameter(header, 'BLOCKSIZE') ?? 32
  // Decoders count in 32 bits, and no encoder has blocks of more than 32 pixels.
  if (!Number.isInteger(blockSize) || blockSize < 1 || blockSize > MOST_BLOCK)
    throw damaged(`its block size is ${blockSize}`)
  return { codec: 'rice', bytesPerPixel, blockSize }
}

const readDither = (header: Header): TileTable['dither'] => {
  const method = readText(header, 'ZQUANTIZ')?.toUpperCase()
  if (method === 'SUBTRACTIVE_DITHER_1') return 'subtractive-1'
  return method === 'SUBTRACTIVE_DITHER_2' ? 'subtractive-2' : 'none'
}

const damaged = (detail: string): AsterismError =>
  new AsterismError('bad-header', `The compressed image is damaged: ${detail}. Fetch or copy the file again.`)

/** Bytes from the start of the data unit to its heap. */
const readHeapOffset = ({ header, dataLength }: Hdu): number => {
  const rows = (readNumber(header, 'NAXIS1') ?? 0) * (readNumber(header, 'NAXIS2') ?? 0)
  const offset = readNumber(header, 'THEAP') ?? rows
  if (!Number.isInteger(offset) || offset < rows || offset > dataLength)
    throw damaged(`its heap is at ${offset}`)
  return offset
}

const makeByteReader = (
  bytes: Uint8Array,
  hdu: Hdu,
  columns: ReadonlyMap<string, Column>,
): TileTable['readBytes'] => {
  const rowLength = readNumber(hdu.header, 'NAXIS1') ?? 0
  const heap = hdu.dataOffset + readHeapOffset(hdu)
  const end = hdu.dataOffset + hdu.dataLength
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (name, tile) => {
    const column = columns.get(name)
    if (!isDescriptor(column)) return null
    const at = hdu.dataOffset + tile * rowLength + column.offset
    const wide = column.code === 'Q'
    const length = wide ? Number(view.getBigInt64(at)) : view.getInt32(at)
    const offset = wide ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4)
    if (length === 0) return null
    const size = length * (ELEMENT_BYTES[column.element] ?? 1)
    if (length < 0 || offset < 0 || heap + offset + size > end)
      throw damaged(`tile ${tile + 1} points outside the table`)
    return bytes.subarray(heap + offset, heap + offset + size)
  }
}

const makeNumberReader = (
  bytes: Uint8Array,
  hdu: Hdu,
  columns: ReadonlyMap<string, Column>,
): TileTable['readTileNumber'] => {
  const rowLength = readNumber(hdu.header, 'NAXIS1') ?? 0
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Asked for once for each of thousands of tiles.
  const keywords = new Map(['ZSCALE', 'ZZERO', 'ZBLANK'].map((name) => [name, readNumber(hdu.header, name)]))
  return (name, tile) => {
    const column = columns.get(name)
    if (!column) return keywords.get(name) ?? null
    const at = hdu.dataOffset + tile * rowLength + column.offset
    switch (column.code) {
      case 'D':
        return view.getFloat64(at)
      case 'E':
        return view.getFloat32(at)
      case 'J':
        return view.getInt32(at)
      case 'I':
        return view.getInt16(at)
      case 'B':
        return view.getUint8(at)
      case 'K':
        return Number(view.getBigInt64(at))
      default:
        return null
    }
  }
}

/** Reads the layout of a tile-compressed image (FITS standard 10.1) and checks it against the table that is there. */
export const readTileTable = (bytes: Uint8Array, hdu: Hdu): TileTable => {
  const { header, axes } = hdu
  const codec = readCodec(header)
  const columns = listColumns(header)
  const tile = axes.map((axis, index) => readNumber(header, `ZTILE${index + 1}`) ?? (index === 0 ? axis : 1))
  if (tile.some((side) => !Number.isInteger(side) || side < 1))
    throw damaged('the size of its tiles is not a whole number')
  const tiles = axes.map((axis, index) => Math.ceil(axis / (tile[index] ?? 1)))
  const needed = tiles.reduce((product, count) => product * count, 1)
  refuseExpansion(
    axes.reduce((product, axis) => product * axis, 1),
    hdu.dataLength,
  )
  const rows = readNumber(header, 'NAXIS2') ?? 0
  if (rows < needed) throw damaged(`it has ${rows} tiles and needs ${needed}`)
  const rowLength = readNumber(header, 'NAXIS1') ?? 0
  // The table is read by these numbers alone, so they have to be those by which the data unit was measured.
  if (readNumber(header, 'NAXIS') !== 2 || rowLength * rows > hdu.dataLength)
    throw damaged('it is no table of rows')
  if (!DATA_COLUMNS.some((name) => isDescriptor(columns.get(name))))
    throw damaged('it has no column of tiles')
  const ditherSeed = readNumber(header, 'ZDITHER0') ?? 1
  if (!Number.isInteger(ditherSeed)) throw damaged(`its dither begins at ${ditherSeed}`)
  for (const column of columns.values()) {
    if (column.offset + (ELEMENT_BYTES[column.code] ?? 1) > rowLength)
      throw damaged('its columns are wider than its rows')
  }
  return {
    codec,
    tile,
    tiles,
    coding: readCoding(header, codec),
    dither: readDither(header),
    ditherSeed,
    readBytes: makeByteReader(bytes, hdu, columns),
    readTileNumber: makeNumberReader(bytes, hdu, columns),
  }
}
