import { AsterismError } from '../../core/errors'
import { findCard, readNumber, readText, type HeaderCard } from '../../core/header'
import {
  ELEMENT_BYTES,
  measureElements,
  parseBinaryForm,
  type BinaryForm,
  type ElementCode,
} from './binary-form'
import { decodeRice } from './decode-rice'
import { formatCard } from './format-card'
import { inflateTile, unshuffle } from './inflate-tile'
import type { Hdu } from './list-hdus'

/** More bytes than this are not unpacked. */
const MOST_BYTES = 2 ** 30
/** Deflate cannot do better than this, and the other codecs are far from it: a larger claim is a forged one. */
const BEST_RATIO = 1100

type TableCodec = 'RICE_1' | 'GZIP_1' | 'GZIP_2' | 'NOCOMPRESS'

interface PackedColumn {
  readonly codec: TableCodec
  /** Of the table as it was. */
  readonly form: BinaryForm
  /** Bytes from the start of a row as it was. */
  readonly offset: number
}

interface PackedTable {
  readonly bytes: Uint8Array
  readonly hdu: Hdu
  readonly rowLength: number
  readonly rowCount: number
  readonly columns: readonly PackedColumn[]
  readonly rowsPerTile: number
  /** ZPCOUNT: bytes behind the rows, as they were. */
  readonly heapLength: number
}

const damaged = (hdu: Hdu, detail: string): AsterismError =>
  new AsterismError(
    'bad-header',
    `The compressed table of HDU ${hdu.index} is damaged: ${detail}. Fetch or copy the file again.`,
    {
      hdu: hdu.index,
    },
  )

const readWhole = (hdu: Hdu, keyword: string): number => {
  const value = readNumber(hdu.header, keyword)
  if (value === null || value < 0 || !Number.isSafeInteger(value))
    throw damaged(hdu, `${keyword} is ${String(value)}`)
  return value
}

const readCodec = (hdu: Hdu, number: number): TableCodec => {
  const codec = readText(hdu.header, `ZCTYP${number}`) ?? 'GZIP_2'
  if (codec === 'RICE_1' || codec === 'GZIP_1' || codec === 'GZIP_2' || codec === 'NOCOMPRESS') return codec
  throw new AsterismError(
    'unsupported-compression',
    `Column ${number} of the table is compressed with ${codec}, which cannot be read here. Unpack the file with funpack.`,
    { codec },
  )
}

const openPacked = (bytes: Uint8Array, hdu: Hdu): PackedTable => {
  const [rowLength, rowCount] = [readWhole(hdu, 'ZNAXIS1'), readWhole(hdu, 'ZNAXIS2')]
  const count = readWhole(hdu, 'TFIELDS')
  let offset = 0
  const columns = Array.from({ length: Math.min(count, 999) }, (_, index): PackedColumn => {
    const form = parseBinaryForm(readText(hdu.header, `ZFORM${index + 1}`) ?? '', index + 1)
    const column = { codec: readCodec(hdu, index + 1), form, offset }
    offset += form.width
    return column
  })
  if (offset > rowLength) throw damaged(hdu, 'its columns are wider than its rows')
  const heapLength = findCard(hdu.header, 'ZPCOUNT') === undefined ? 0 : readWhole(hdu, 'ZPCOUNT')
  const claimed = rowLength * rowCount + heapLength
  if (!(claimed <= MOST_BYTES && claimed <= hdu.dataLength * BEST_RATIO))
    throw new AsterismError(
      'too-large',
      `The compressed table of HDU ${hdu.index} claims ${claimed} bytes; at most ${MOST_BYTES} can be unpacked, and no more than its own length allows.`,
      { hdu: hdu.index, claimed },
    )
  const tile = readNumber(hdu.header, 'ZTILELEN') ?? rowCount
  if (!Number.isInteger(tile) || (tile < 1 && rowCount > 0)) throw damaged(hdu, `ZTILELEN is ${tile}`)
  const needed = rowCount === 0 ? 0 : Math.ceil(rowCount / tile)
  if ((hdu.axes[1] ?? 0) < needed) throw damaged(hdu, `it has ${hdu.axes[1] ?? 0} tiles and needs ${needed}`)
  if ((hdu.axes[0] ?? 0) < 16 * columns.length) throw damaged(hdu, 'its rows are too short for its columns')
  return { bytes, hdu, rowLength, rowCount, columns, rowsPerTile: Math.max(1, tile), heapLength }
}

/** Bytes in the heap of the packed table: `length` of them, `start` from its beginning. */
const sliceHeap = ({ bytes, hdu }: PackedTable, length: bigint, start: bigint): Uint8Array => {
  const gap = readNumber(hdu.header, 'THEAP') ?? (hdu.axes[0] ?? 0) * (hdu.axes[1] ?? 0)
  const from = Number(start) + gap
  const to = from + Number(length)
  if (!(from >= 0 && to >= from && to <= hdu.dataLength)) throw damaged(hdu, 'a tile points outside of it')
  return bytes.subarray(hdu.dataOffset + from, hdu.dataOffset + to)
}

const writeIntegers = (values: Int32Array, size: 1 | 2 | 4): Uint8Array => {
  const output = new Uint8Array(values.length * size)
  const view = new DataView(output.buffer)
  for (let index = 0; index < values.length; index++) {
    if (size === 1) output[index] = values[index]!
    else if (size === 2) view.setInt16(2 * index, values[index]!)
    else view.setInt32(4 * index, values[index]!)
  }
  return output
}

const RICE_SIZES: Partial<Record<ElementCode, 1 | 2 | 4>> = { B: 1, I: 2, J: 4 }

/** Bytes that GZIP_2 shuffles as one value. Complex numbers are not shuffled, as CFITSIO, which packs such tables, has it. */
const shuffledSize = (element: ElementCode): number =>
  element === 'C' || element === 'M' ? 1 : ELEMENT_BYTES[element]

/** So many elements, as they lay in the table. */
const unpackElements = (
  packed: Uint8Array,
  codec: TableCodec,
  element: ElementCode,
  count: number,
): Uint8Array | null => {
  const length = measureElements(element, count)
  if (length === 0) return new Uint8Array(0)
  // A tile that would not get smaller is kept as it is.
  if (codec === 'NOCOMPRESS') return packed.length >= length ? packed.subarray(0, length) : null
  if (codec === 'RICE_1') {
    const size = RICE_SIZES[element]
    if (size === undefined) return null
    return writeIntegers(decodeRice(packed, { count, bytesPerPixel: size, blockSize: 32 }), size)
  }
  const inflated = inflateTile(packed, length)
  if (inflated?.length !== length) return null
  const size = shuffledSize(element)
  return codec === 'GZIP_2' && size > 1 ? unshuffle(inflated, length / size) : inflated
}

/** Puts the cells of one column and tile, which lie side by side, into their rows. */
const scatter = (
  cells: Uint8Array,
  table: Uint8Array,
  place: { at: number; width: number; stride: number },
): void => {
  const { at, width, stride } = place
  for (let from = 0, to = at; from + width <= cells.length; from += width, to += stride)
    table.set(cells.subarray(from, from + width), to)
}

/**
 * A variable-length column: the descriptors of the arrays as they were and those of the packed arrays (64-bit) follow each other in one
 * gzip stream; each array was packed on its own (FITS standard 10.3.6, and CFITSIO for their order).
 */
const unpackVariable = (
  packed: PackedTable,
  column: PackedColumn,
  source: Uint8Array,
  rows: number,
): { readonly cells: Uint8Array; readonly arrays: { at: number; bytes: Uint8Array }[] } => {
  const { hdu } = packed
  const { form, codec } = column
  const size = form.descriptor === 'P' ? 8 : 16
  const both = inflateTile(source, rows * (16 + size))
  if (both?.length !== rows * (16 + size))
    throw damaged(hdu, 'the places of its variable-length cells cannot be read')
  const view = new DataView(both.buffer, both.byteOffset, both.byteLength)
  const arrays: { at: number; bytes: Uint8Array }[] = []
  for (let row = 0; row < rows; row++) {
    const own = row * size
    const count = size === 8 ? view.getInt32(own) : Number(view.getBigInt64(own))
    const at = size === 8 ? view.getInt32(own + 4) : Number(view.getBigInt64(own + 8))
    if (count === 0) continue
    const length = count > 0 ? measureElements(form.element, count) : -1
    if (length < 0 || at < 0 || at + length > packed.heapLength)
      throw damaged(hdu, 'a variable-length cell lies outside the table')
    const tile = sliceHeap(
      packed,
      view.getBigInt64(rows * size + row * 16),
      view.getBigInt64(rows * size + row * 16 + 8),
    )
    // Arrays that would not get smaller were kept as they are.
    const bytes = tile.length === length ? tile : unpackElements(tile, codec, form.element, count)
    if (bytes === null) throw damaged(hdu, 'a variable-length cell cannot be unpacked')
    arrays.push({ at, bytes })
  }
  return { cells: both.subarray(0, rows * size), arrays }
}

/** The data unit as it was: rows, and the heap behind them. */
const unpackData = (packed: PackedTable): Uint8Array => {
  const { bytes, hdu, rowLength, rowCount, columns, rowsPerTile } = packed
  const heap = readNumber(hdu.header, 'ZTHEAP') ?? rowLength * rowCount
  const gap = Number.isInteger(heap) && heap >= rowLength * rowCount ? heap - rowLength * rowCount : 0
  const output = new Uint8Array(rowLength * rowCount + packed.heapLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let tile = 0, first = 0; first < rowCount; tile++, first += rowsPerTile) {
    const rows = Math.min(rowsPerTile, rowCount - first)
    for (const [index, column] of columns.entries()) {
      const { form, codec, offset } = column
      if (form.width === 0) continue
      const place = hdu.dataOffset + tile * (hdu.axes[0] ?? 0) + 16 * index
      const source = sliceHeap(packed, view.getBigInt64(place), view.getBigInt64(place + 8))
      let cells: Uint8Array | null
      if (form.descriptor === null) {
        const count = form.element === 'X' ? 8 * form.width * rows : form.repeat * rows
        cells = unpackElements(source, codec, form.element, count)
      } else {
        const made = unpackVariable(packed, column, source, rows)
        for (const { at, bytes: array } of made.arrays) {
          const to = rowLength * rowCount + gap + at
          if (to + array.length <= output.length) output.set(array, to)
        }
        cells = made.cells
      }
      if (cells === null) throw damaged(hdu, `tile ${tile + 1} of column ${index + 1} cannot be unpacked`)
      scatter(cells, output, { at: first * rowLength + offset, width: form.width, stride: rowLength })
    }
  }
  return output
}

const RESTORED = /^(?:ZNAXIS[12]|ZPCOUNT|ZFORM\d+|ZTHEAP|ZHECKSUM|ZDATASUM)$/
const LEFT_OUT = /^(?:NAXIS[12]|PCOUNT|TFORM\d+|THEAP|ZTABLE|ZTILELEN|ZCTYP\d+|CHECKSUM|DATASUM)$/

const restoreKeyword = (keyword: string): string | null => {
  if (keyword === 'ZHECKSUM') return 'CHECKSUM'
  if (RESTORED.test(keyword)) return keyword.replace(/^ZFORM/, 'TFORM').replace(/^Z(?!HECK)/, '')
  return LEFT_OUT.test(keyword) ? null : keyword
}

/** The header that a table had before it was compressed (FITS standard 10.3.2). */
const restoreTableHeader = (hdu: Hdu): HeaderCard[] =>
  hdu.header.flatMap((card) => {
    const keyword = restoreKeyword(card.keyword)
    if (keyword === null) return []
    return keyword === card.keyword ? [card] : [{ ...card, keyword, raw: formatCard({ ...card, keyword }) }]
  })

/**
 * A compressed binary table (ZTABLE, FITS standard 10.3) as the table that it was, with bytes of its own: GZIP_1, GZIP_2, RICE_1 and
 * NOCOMPRESS, column by column. Sizes are checked against the length of the packed table before anything is allocated.
 */
export const unpackTable = (
  bytes: Uint8Array,
  hdu: Hdu,
): { readonly bytes: Uint8Array; readonly hdu: Hdu } => {
  const packed = openPacked(bytes, hdu)
  const data = unpackData(packed)
  return {
    bytes: data,
    hdu: {
      ...hdu,
      kind: 'table',
      header: restoreTableHeader(hdu),
      dataOffset: 0,
      dataLength: data.length,
      axes: [packed.rowLength, packed.rowCount],
    },
  }
}
