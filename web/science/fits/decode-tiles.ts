import { AsterismError } from '../../core/errors'
import { readNumber } from '../../core/header'
import { batchTiles, countTilePixels, type PlacedBatch } from './batch-tiles'
import { damagedTile, decodeSingleTile } from './decode-single-tile'
import type { Hdu } from './list-hdus'
import { placeTiles, type LineRange, type TilePlace } from './place-tiles'
import { unpackBatch, type TileDecoder } from './tile-batch'
import { readTileTable } from './tile-table'
import type { UnpackedTiles } from './unpack-tiles'

export interface TilesWanted {
  /** All lines when it is left out. */
  readonly range?: LineRange | undefined
  /** Lent for the pixels: as many as the range has. */
  readonly target?: Float32Array | undefined
}

/** The pixels that are made, and which lines of the image they are. */
interface Canvas {
  readonly data: Float32Array
  /** Pixels of a line. */
  readonly width: number
  readonly range: LineRange
}

const paint = ({ data, width, range }: Canvas, place: TilePlace, pixels: Float32Array): void => {
  place.lines.forEach((line, index) => {
    if (line < range.start || line >= range.end) return
    const [from, to] = [index * place.width, (line - range.start) * width + place.left]
    // A view of a few pixels costs more than the pixels.
    if (place.width < 16) for (let x = 0; x < place.width; x++) data[to + x] = pixels[from + x]!
    else data.set(pixels.subarray(from, from + place.width), to)
  })
}

/** Where the tiles of a batch are whole lines that follow each other, all of them wanted: their own part of the canvas; else null. */
const partOf = ({ data, width, range }: Canvas, places: readonly TilePlace[]): Float32Array | null => {
  const first = places[0]?.lines[0] ?? 0
  let next = first
  for (const place of places) {
    if (place.width !== width) return null
    for (const line of place.lines) if (line !== next++) return null
  }
  if (first < range.start || next > range.end) return null
  return data.subarray((first - range.start) * width, (next - range.start) * width)
}

/** What a batch is decoded into, and what is to be done when it is. */
const lendFor = (
  canvas: Canvas,
  { places }: PlacedBatch,
): { readonly output: UnpackedTiles; readonly finish: () => void } => {
  const part = partOf(canvas, places)
  const pixels = places.reduce((sum, place) => sum + countTilePixels(place), 0)
  const output = { data: part ?? new Float32Array(pixels), damaged: new Uint8Array(places.length) }
  const finish = (): void => {
    const fault = output.damaged.indexOf(1)
    if (fault >= 0)
      throw damagedTile(places[fault]?.tile ?? 0, 'its data ends too early or is not what an encoder writes')
    if (part !== null) return
    let at = 0
    for (const place of places) {
      paint(canvas, place, output.data.subarray(at, at + countTilePixels(place)))
      at += countTilePixels(place)
    }
  }
  return { output, finish }
}

const openTiles = (bytes: Uint8Array, hdu: Hdu, { range, target }: TilesWanted) => {
  const table = readTileTable(bytes, hdu)
  const { axes, header } = hdu
  const width = axes[0] ?? 0
  const lines = range ?? { start: 0, end: axes.slice(1).reduce((product, axis) => product * axis, 1) }
  const data = target ?? new Float32Array(width * (lines.end - lines.start))
  if (data.length !== width * (lines.end - lines.start))
    throw new AsterismError('shape-mismatch', `${data.length} pixels are lent for lines of ${width}.`)
  const scaling = {
    bitpix: hdu.bitpix,
    bzero: readNumber(header, 'BZERO') ?? 0,
    bscale: readNumber(header, 'BSCALE') ?? 1,
    blank: readNumber(header, 'ZBLANK') ?? readNumber(header, 'BLANK'),
  }
  const canvas: Canvas = { data, width, range: lines }
  const { batches, single } = batchTiles({ bytes, table, scaling }, placeTiles(axes, table, lines))
  for (const place of single)
    paint(canvas, place, decodeSingleTile(table, place.tile, countTilePixels(place), scaling))
  return { canvas, batches }
}

/**
 * Pixels of a tile-compressed image as 32-bit floats, all of it or a range of lines; only tiles that reach into the range are
 * opened. RICE_1, GZIP_1, GZIP_2, PLIO_1, HCOMPRESS_1 and NOCOMPRESS, integers and quantised or lossless floats. A null pixel is
 * NaN. A tile that cannot be decoded is said to be damaged, by its number.
 */
export const decodeTiles = (bytes: Uint8Array, hdu: Hdu, wanted: TilesWanted = {}): Float32Array => {
  const { canvas, batches } = openTiles(bytes, hdu, wanted)
  for (const placed of batches) {
    const { output, finish } = lendFor(canvas, placed)
    unpackBatch(placed.batch, output)
    finish()
  }
  return canvas.data
}

/** The same by a decoder that is handed in. */
export const decodeTilesWith = async (
  decoder: TileDecoder,
  bytes: Uint8Array,
  hdu: Hdu,
  wanted: TilesWanted = {},
): Promise<Float32Array> => {
  const { canvas, batches } = openTiles(bytes, hdu, wanted)
  for (const placed of batches) {
    const { output, finish } = lendFor(canvas, placed)
    await decoder.unpack(placed.batch, output)
    finish()
  }
  return canvas.data
}
