import { AsterismError } from '../../core/errors'
import { decodePixels, type PixelScaling } from './decode-pixels'
import { inflateTile, unshuffle } from './inflate-tile'
import type { Bitpix } from './list-hdus'
import type { TileTable } from './tile-table'
import { unquantise } from './unquantise'

/** A tile never inflates to more than this for each pixel (64-bit values), so a forged length cannot fill the memory. */
const MAX_BYTES_PER_PIXEL = 8

export const damagedTile = (tile: number, detail: string, cause?: unknown): AsterismError =>
  new AsterismError(
    'truncated',
    `Tile ${tile + 1} of the compressed image is damaged: ${detail}. Fetch or copy the file again.`,
    { tile },
    cause,
  )

const inflate = (source: Uint8Array, count: number, tile: number): Uint8Array => {
  const inflated = inflateTile(source, count * MAX_BYTES_PER_PIXEL)
  if (inflated === null)
    throw damagedTile(tile, `its gzip data cannot be inflated, or holds more than ${count} pixels`)
  return inflated
}

const readIntegers = (source: Uint8Array, count: number, tile: number): Int32Array => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const output = new Int32Array(count)
  const size = source.length / count
  if (size === 4) for (let index = 0; index < count; index++) output[index] = view.getInt32(4 * index)
  else if (size === 2) for (let index = 0; index < count; index++) output[index] = view.getInt16(2 * index)
  else if (size === 1) for (let index = 0; index < count; index++) output[index] = view.getUint8(index)
  else throw damagedTile(tile, `${source.length} bytes do not fit ${count} pixels`)
  return output
}

/** Big-endian values of whatever width the tile's length gives: old writers stored 16-bit images as 32-bit tiles. */
const decodeRaw = (source: Uint8Array, count: number, scaling: PixelScaling, tile: number): Float32Array => {
  const size = source.length / count
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8)
    throw damagedTile(tile, `${source.length} bytes do not fit ${count} pixels`)
  const bitpix = scaling.bitpix < 0 ? -8 * size : 8 * size
  if (bitpix === -8 || bitpix === -16)
    throw damagedTile(tile, `${source.length} bytes do not fit ${count} pixels`)
  return decodePixels(source, { ...scaling, bitpix: bitpix as Bitpix })
}

/** Pixels of a tile that was packed by gzip, or not at all: integers, quantised or not, and floats without loss. */
export const decodeSingleTile = (
  table: TileTable,
  tile: number,
  count: number,
  scaling: PixelScaling,
): Float32Array => {
  const source = table.coding === null ? table.readBytes('COMPRESSED_DATA', tile) : null
  if (source !== null) {
    let raw = source
    if (table.codec !== 'NOCOMPRESS') raw = inflate(source, count, tile)
    if (table.codec === 'GZIP_2') raw = unshuffle(raw, count)
    const scale = scaling.bitpix < 0 ? table.readTileNumber('ZSCALE', tile) : null
    if (scale === null) return decodeRaw(raw, count, scaling, tile)
    const output = new Float32Array(count)
    const quantisation = {
      scale,
      zero: table.readTileNumber('ZZERO', tile) ?? 0,
      blank: table.readTileNumber('ZBLANK', tile),
      dither: table.dither,
      seed: tile + table.ditherSeed - 1,
    }
    unquantise(readIntegers(raw, count, tile), quantisation, output)
    return output
  }
  // Tiles that would not quantise are kept without loss in a column of their own, never shuffled.
  const lossless = table.readBytes('GZIP_COMPRESSED_DATA', tile)
  if (lossless) return decodeRaw(inflate(lossless, count, tile), count, scaling, tile)
  const plain = table.readBytes('UNCOMPRESSED_DATA', tile)
  if (plain) return decodeRaw(plain, count, scaling, tile)
  throw damagedTile(tile, 'it has no data')
}
