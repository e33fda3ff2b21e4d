import { gunzipSync } from 'fflate'
import { AsterismError } from '../../core/errors'
import { readNumber } from '../../core/header'
import { decodePixels, type PixelScaling } from './decode-pixels'
import { decodeRice } from './decode-rice'
import type { Bitpix, Hdu } from './list-hdus'
import { readTileTable, type TileTable } from './tile-table'
import { unquantise } from './unquantise'

/** Lines along NAXIS1 that are wanted, counted through all higher axes: the first one and the one after the last. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** A tile never inflates to more than this for each pixel (64-bit values), so a forged length cannot fill the memory. */
const MAX_BYTES_PER_PIXEL = 8

const damaged = (tile: number, detail: string, cause?: unknown): AsterismError =>
  new AsterismError(
    'truncated',
    `Tile ${tile + 1} of the compressed image is damaged: ${detail}. Fetch or copy the file again.`,
    { tile },
    cause,
  )

const inflateTile = (source: Uint8Array, count: number, tile: number): Uint8Array => {
  const size = new DataView(source.buffer, source.byteOffset, source.byteLength)
  if (source.length < 18) throw damaged(tile, 'its gzip data is too short')
  // The last four bytes of gzip data are its inflated length.
  const inflated = size.getUint32(source.length - 4, true)
  if (inflated > count * MAX_BYTES_PER_PIXEL)
    throw damaged(tile, `it claims ${inflated} bytes for ${count} pixels`)
  try {
    return gunzipSync(source)
  } catch (cause) {
    throw damaged(tile, 'its gzip data cannot be inflated', cause)
  }
}

/** GZIP_2 stores the first bytes of all values, then the second ones, and so on (FITS standard 10.4.2). */
const unshuffle = (source: Uint8Array, count: number): Uint8Array => {
  const size = source.length / count
  const output = new Uint8Array(source.length)
  for (let byte = 0; byte < size; byte++) {
    for (let index = 0; index < count; index++) output[index * size + byte] = source[byte * count + index]!
  }
  return output
}

const readIntegers = (source: Uint8Array, count: number, tile: number): Int32Array => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const output = new Int32Array(count)
  const size = source.length / count
  if (size === 4) for (let index = 0; index < count; index++) output[index] = view.getInt32(4 * index)
  else if (size === 2) for (let index = 0; index < count; index++) output[index] = view.getInt16(2 * index)
  else if (size === 1) for (let index = 0; index < count; index++) output[index] = view.getUint8(index)
  else throw damaged(tile, `${source.length} bytes do not fit ${count} pixels`)
  return output
}

/** Big-endian values of whatever width the tile's length gives: old writers stored 16-bit images as 32-bit tiles. */
const decodeRaw = (source: Uint8Array, count: number, scaling: PixelScaling, tile: number): Float32Array => {
  const size = source.length / count
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8)
    throw damaged(tile, `${source.length} bytes do not fit ${count} pixels`)
  const bitpix = scaling.bitpix < 0 ? -8 * size : 8 * size
  if (bitpix === -8 || bitpix === -16)
    throw damaged(tile, `${source.length} bytes do not fit ${count} pixels`)
  return decodePixels(source, { ...scaling, bitpix: bitpix as Bitpix })
}

const unquantiseTile = (table: TileTable, stored: Int32Array, tile: number): Float32Array => {
  const output = new Float32Array(stored.length)
  const quantisation = {
    scale: table.readTileNumber('ZSCALE', tile) ?? 1,
    zero: table.readTileNumber('ZZERO', tile) ?? 0,
    blank: table.readTileNumber('ZBLANK', tile),
    dither: table.dither,
    seed: tile + table.ditherSeed - 1,
  }
  unquantise(stored, quantisation, output)
  return output
}
const scaleIntegers = (stored: Int32Array, scaling: PixelScaling): Float32Array => {
  const output = new Float32Array(stored.length)
  const { bzero: zero, bscale: scale, blank } = scaling
  unquantise(stored, { scale, zero, blank, dither: 'none', seed: 0 }, output)
  return output
}

const decodeTile = (table: TileTable, tile: number, count: number, scaling: PixelScaling): Float32Array => {
  const floating = scaling.bitpix < 0
  const quantised = floating && table.readTileNumber('ZSCALE', tile) !== null
  const source = table.readBytes('COMPRESSED_DATA', tile)
  if (source) {
    if (table.codec === 'RICE_1' || table.codec === 'RICE_ONE') {
      const stored = decodeRice(source, {
        count,
        bytesPerPixel: table.bytesPerPixel,
        blockSize: table.blockSize,
      })
      return floating ? unquantiseTile(table, stored, tile) : scaleIntegers(stored, scaling)
    }
    let raw = source
    if (table.codec !== 'NOCOMPRESS') raw = inflateTile(source, count, tile)
    if (table.codec === 'GZIP_2') raw = unshuffle(raw, count)
    return quantised
      ? unquantiseTile(table, readIntegers(raw, count, tile), tile)
      : decodeRaw(raw, count, scaling, tile)
  }
  // Tiles that would not quantise are kept without loss in a column of their own, never shuffled.
  const lossless = table.readBytes('GZIP_COMPRESSED_DATA', tile)
  if (lossless) return decodeRaw(inflateTile(lossless, count, tile), count, scaling, tile)
  const plain = table.readBytes('UNCOMPRESSED_DATA', tile)
  if (plain) return decodeRaw(plain, count, scaling, tile)
  throw damaged(tile, 'it has no data')
}

interface TilePlace {
  readonly origin: readonly number[]
  readonly size: readonly number[]
}

const placeTile = (axes: readonly number[], table: TileTable, tile: number): TilePlace => {
  let rest = tile
  const origin = axes.map((_, axis) => {
    const count = table.tiles[axis] ?? 1
    const position = rest % count
    rest = Math.floor(rest / count)
    return position * (table.tile[axis] ?? 1)
  })
  return {
    origin,
    size: axes.map((axis, index) => Math.min(table.tile[index] ?? 1, axis - (origin[index] ?? 0))),
  }
}

/** Number in the whole image of each line that the tile holds, in the tile's own order. */
const listLines = (axes: readonly number[], place: TilePlace): number[] => {
  let lines = [0]
  let stride = 1
  for (let axis = 1; axis < axes.length; axis++) {
    const next: number[] = []
    for (let step = 0; step < (place.size[axis] ?? 1); step++) {
      const offset = ((place.origin[axis] ?? 0) + step) * stride
      for (const line of lines) next.push(line + offset)
    }
    lines = next
    stride *= axes[axis] ?? 1
  }
  return lines
}

/**
 * Pixels of a tile-compressed image as 32-bit floats, all of it or a range of lines; only tiles that reach into the range are
 * opened. RICE_1, GZIP_1, GZIP_2 and NOCOMPRESS, integers and quantised or lossless floats. A null pixel is NaN.
 */
export const decodeTiles = (bytes: Uint8Array, hdu: Hdu, range?: LineRange): Float32Array => {
  const table = readTileTable(bytes, hdu)
  const { axes, header } = hdu
  const width = axes[0] ?? 0
  const allLines = axes.slice(1).reduce((product, axis) => product * axis, 1)
  const start = range?.start ?? 0
  const end = range?.end ?? allLines
  const scaling: PixelScaling = {
    bitpix: hdu.bitpix,
    bzero: readNumber(header, 'BZERO') ?? 0,
    bscale: readNumber(header, 'BSCALE') ?? 1,
    blank: readNumber(header, 'ZBLANK') ?? readNumber(header, 'BLANK'),
  }
  const output = new Float32Array(width * (end - start))
  const count = table.tiles.reduce((product, tiles) => product * tiles, 1)
  for (let tile = 0; tile < count; tile++) {
    const place = placeTile(axes, table, tile)
    const lines = listLines(axes, place)
    if ((lines.at(-1) ?? 0) < start || (lines[0] ?? 0) >= end) continue
    const tileWidth = place.size[0] ?? 0
    const pixels = decodeTile(table, tile, tileWidth * lines.length, scaling)
    lines.forEach((line, index) => {
      if (line < start || line >= end) return
      output.set(
        pixels.subarray(index * tileWidth, (index + 1) * tileWidth),
        (line - start) * width + (place.origin[0] ?? 0),
      )
    })
  }
  return output
}
