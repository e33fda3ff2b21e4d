import { gzipSync } from 'fflate'
import type { StoredImage } from './encode-pixels'
import { encodeRice, type RiceWidth } from './encode-rice'
import { quantise } from './quantise'

/** RICE_1 for whole numbers, GZIP_2 for anything without loss, and RICE_1 over floats in steps of a fraction of their noise. */
export type TileCodecToWrite = 'RICE_1' | 'GZIP_2' | 'QUANTISED_RICE_1'

export interface EncodedTile {
  /** Of the codec; empty where the tile is in `lossless`. */
  readonly data: Uint8Array
  /** Big-endian values in gzip, of a tile that could not be quantised; else empty. */
  readonly lossless: Uint8Array
  readonly scale: number
  readonly zero: number
}

/** Steps in one sigma of the noise: a sixteenth adds 0.02 % to it, and the tiles are still a third of the floats. */
const QUANTISE_LEVEL = 16
export const DITHER_SEED = 1

const NOTHING = new Uint8Array(0)

/** GZIP_2 wants the first bytes of all values, then the second ones, and so on (FITS standard 10.4.2). */
const shuffle = (source: Uint8Array, size: number): Uint8Array => {
  const count = source.length / size
  const output = new Uint8Array(source.length)
  for (let byte = 0; byte < size; byte++)
    for (let index = 0; index < count; index++) output[byte * count + index] = source[index * size + byte]!
  return output
}

// Without a time and a name in it, the same pixels give the same bytes.
const gzip = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, { level: 6, mtime: 0 })

const readIntegers = (source: Uint8Array, width: RiceWidth): Int32Array => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const output = new Int32Array(source.length / width)
  for (let index = 0; index < output.length; index++)
    output[index] =
      width === 4 ? view.getInt32(4 * index) : width === 2 ? view.getInt16(2 * index) : view.getUint8(index)
  return output
}

const readFloats = (source: Uint8Array): Float32Array => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  return Float32Array.from({ length: source.length / 4 }, (_, index) => view.getFloat32(4 * index))
}

const plainTile = (data: Uint8Array): EncodedTile => ({ data, lossless: NOTHING, scale: 1, zero: 0 })

const encodeTile = (source: Uint8Array, size: number, codec: TileCodecToWrite, tile: number): EncodedTile => {
  if (codec === 'GZIP_2') return plainTile(gzip(shuffle(source, size)))
  if (codec === 'RICE_1')
    return plainTile(encodeRice(readIntegers(source, size as RiceWidth), size as RiceWidth))
  const quantised = quantise(readFloats(source), QUANTISE_LEVEL, tile + DITHER_SEED - 1)
  if (quantised === null) return { data: NOTHING, lossless: gzip(source), scale: 0, zero: 0 }
  const { values, scale, zero } = quantised
  return { data: encodeRice(values, 4), lossless: NOTHING, scale, zero }
}

/** The lines of an image as tiles, one each: what cameras and packers do, and a line is read without the others. */
export const encodeTiles = ({ axes, bitpix, bytes }: StoredImage, codec: TileCodecToWrite): EncodedTile[] => {
  const size = Math.abs(bitpix) / 8
  const length = (axes[0] ?? 0) * size
  const lines = axes.slice(1).reduce((product, side) => product * side, 1)
  return Array.from({ length: lines }, (_, line) =>
    encodeTile(bytes.subarray(line * length, (line + 1) * length), size, codec, line),
  )
}
