import { AsterismError } from '../../core/errors'
import { damagedTile } from './decode-single-tile'
import { inflateTile, unshuffle } from './inflate-tile'
import { hasPixels, type Bitpix, type Hdu } from './list-hdus'
import { placeTiles } from './place-tiles'
import { readScaling } from './read-image'
import { scaleValues, storedValues, typeOfValues, type PixelArray, type PixelType } from './stored-values'
import { decodeCoded } from './tile-batch'
import { readTileTable, type TileTable } from './tile-table'
import { unquantise } from './unquantise'

/** Values of an image in their own type: whole numbers exactly, doubles as doubles. */
export interface PixelValues {
  readonly type: PixelType
  readonly data: PixelArray
}

/** Values are copied; more bytes than these are not. */
const MOST_BYTES = 2 ** 31

interface Tile {
  readonly number: number
  readonly count: number
}

const readTile = (table: TileTable, hdu: Hdu, { number, count }: Tile): PixelArray => {
  const scaling = readScaling(hdu)
  const size = Math.abs(hdu.bitpix) / 8
  const inflate = (packed: Uint8Array): Uint8Array => {
    const inflated = inflateTile(packed, count * 8)
    if (inflated === null) throw damagedTile(number, 'its gzip data cannot be inflated')
    return inflated
  }
  const fromBytes = (raw: Uint8Array): PixelArray => {
    const width = raw.length / count
    if (width !== size && (hdu.bitpix < 0 || ![1, 2, 4, 8].includes(width)))
      throw damagedTile(number, `${raw.length} bytes do not fit ${count} pixels`)
    const bitpix = (hdu.bitpix < 0 ? hdu.bitpix : 8 * width) as Bitpix
    return scaleValues(storedValues(raw, bitpix), scaling)
  }
  const packed = table.readBytes('COMPRESSED_DATA', number)
  if (packed === null) {
    const lossless = table.readBytes('GZIP_COMPRESSED_DATA', number)
    if (lossless !== null) return fromBytes(inflate(lossless))
    const plain = table.readBytes('UNCOMPRESSED_DATA', number)
    if (plain !== null) return fromBytes(plain)
    throw damagedTile(number, 'it has no data')
  }
  const scale = hdu.bitpix < 0 ? table.readTileNumber('ZSCALE', number) : null
  let stored: Int32Array | null = table.coding === null ? null : decodeCoded(table.coding, packed, count)
  if (stored === null) {
    let raw = table.codec === 'NOCOMPRESS' ? packed : inflate(packed)
    if (table.codec === 'GZIP_2') raw = unshuffle(raw, count)
    if (scale === null) return fromBytes(raw)
    if (raw.length !== count * 4) throw damagedTile(number, `${raw.length} bytes do not fit ${count} pixels`)
    stored = storedValues(raw, 32) as Int32Array
  }
  if (hdu.bitpix > 0) return scaleValues(stored, scaling)
  const output = hdu.bitpix === -32 ? new Float32Array(count) : new Float64Array(count)
  unquantise(
    stored,
    {
      scale: scale ?? 1,
      zero: table.readTileNumber('ZZERO', number) ?? 0,
      blank: table.readTileNumber('ZBLANK', number),
      // Without a scale they were whole numbers, and no dither was added.
      dither: scale === null ? 'none' : table.dither,
      seed: number + table.ditherSeed - 1,
    },
    output,
  )
  return output
}

const createArray = (type: PixelType, length: number): PixelArray => {
  switch (type) {
    case 'uint8':
      return new Uint8Array(length)
    case 'int8':
      return new Int8Array(length)
    case 'int16':
      return new Int16Array(length)
    case 'uint16':
      return new Uint16Array(length)
    case 'int32':
      return new Int32Array(length)
    case 'uint32':
      return new Uint32Array(length)
    case 'int64':
      return new BigInt64Array(length)
    case 'uint64':
      return new BigUint64Array(length)
    case 'float32':
      return new Float32Array(length)
    default:
      return new Float64Array(length)
  }
}

const put = (target: PixelArray, line: PixelArray, at: number): void => {
  if (target instanceof BigInt64Array || target instanceof BigUint64Array)
    target.set(
      line instanceof BigInt64Array || line instanceof BigUint64Array ? line : Array.from(line, BigInt),
      at,
    )
  else if (line instanceof BigInt64Array || line instanceof BigUint64Array)
    target.set(Array.from(line, Number), at)
  else target.set(line, at)
}

/**
 * All values of an image HDU, compressed or not, in their own type: 8, 16, 32 and 64 bits, signed and unsigned (by BZERO), exact; floats
 * and doubles; scaled or blanked integers as the float that holds them (32 bits for 8 and 16, else 64). For statistics, tables and
 * exports that must not round; frames are shown and reduced as 32-bit floats by `decodeHdu`.
 */
export const readPixelValues = (bytes: Uint8Array, hdu: Hdu): PixelValues => {
  if (!hasPixels(hdu))
    throw new AsterismError('no-image', `HDU ${hdu.index} holds no image.`, { hdu: hdu.index })
  const type = typeOfValues(readScaling(hdu))
  const count = hdu.axes.reduce((product, axis) => product * axis, 1)
  if (count * 8 > MOST_BYTES)
    throw new AsterismError(
      'too-large',
      `HDU ${hdu.index} has ${count} pixels, too many for their own type.`,
      { count },
    )
  if (hdu.kind === 'image') {
    const source = bytes.subarray(hdu.dataOffset, hdu.dataOffset + (count * Math.abs(hdu.bitpix)) / 8)
    return { type, data: scaleValues(storedValues(source, hdu.bitpix), readScaling(hdu)) }
  }
  const table = readTileTable(bytes, hdu)
  const data = createArray(type, count)
  const width = hdu.axes[0] ?? 0
  const places = placeTiles(hdu.axes, table, { start: 0, end: count / width })
  for (const { tile, left, width: across, lines } of places) {
    const values = readTile(table, hdu, { number: tile, count: across * lines.length })
    lines.forEach((line, index) =>
      put(data, values.subarray(index * across, (index + 1) * across), line * width + left),
    )
  }
  return { type, data }
}
