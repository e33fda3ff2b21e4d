import type { PixelLocation } from '../../core/frame'
import type { Image } from '../../core/image'
import { AsterismError } from '../../core/errors'
import { readNumber } from '../../core/header'
import { decodePixels, type PixelScaling } from './decode-pixels'
import { decodeTiles, decodeTilesWith } from './decode-tiles'
import { hasPixels, listHdus, type Hdu } from './list-hdus'
import type { LineRange } from './place-tiles'
import type { TileDecoder } from './tile-batch'
import { readTileTable } from './tile-table'

export const readScaling = (hdu: Hdu): PixelScaling => ({
  bitpix: hdu.bitpix,
  bzero: readNumber(hdu.header, 'BZERO') ?? 0,
  bscale: readNumber(hdu.header, 'BSCALE') ?? 1,
  // For a compressed image of integers ZBLANK is what was BLANK.
  blank: hdu.bitpix < 0 ? null : (readNumber(hdu.header, 'ZBLANK') ?? readNumber(hdu.header, 'BLANK')),
})

/** Throws where `decodeHdu` would for the whole of an image: an unknown codec, or a damaged table of tiles. */
export const checkReadable = (bytes: Uint8Array, hdu: Hdu): void => {
  if (hdu.kind === 'compressed-image') readTileTable(bytes, hdu)
}

/** Pixels of an image HDU, compressed or not: all lines along NAXIS1 through all axes, or a range of them. */
export const decodeHdu = (bytes: Uint8Array, hdu: Hdu, range?: LineRange): Float32Array => {
  if (!hasPixels(hdu))
    throw new AsterismError('no-image', `HDU ${hdu.index} holds no image.`, { hdu: hdu.index })
  if (hdu.kind === 'compressed-image') return decodeTiles(bytes, hdu, { range })
  const size = Math.abs(hdu.bitpix) / 8
  const lineLength = (hdu.axes[0] ?? 0) * size
  const start = hdu.dataOffset + (range ? range.start * lineLength : 0)
  // Not to the end of the data unit: after the pixels there may be parameters (PCOUNT).
  const lines = hdu.axes.slice(1).reduce((product, axis) => product * axis, 1)
  const end = hdu.dataOffset + (range?.end ?? lines) * lineLength
  return decodePixels(bytes.subarray(start, end), readScaling(hdu))
}

/** What says where the pixels of a stored frame are and how large its plane is. */
export interface FramePlane {
  readonly pixels: PixelLocation
  readonly width: number
  readonly height: number
}

const findHdu = (bytes: Uint8Array, index: number): Hdu => {
  const hdu = listHdus(bytes)[index]
  if (hdu) return hdu
  throw new AsterismError('not-found', `The file has no HDU ${index}.`, { hdu: index })
}

/** What is wanted of a frame. */
export interface FrameWanted {
  /** Rows `start` to before `end` of the plane; all of them when left out. */
  readonly rows?: LineRange | undefined
  /** Of a cube, 0-based; the frame's own when left out. */
  readonly plane?: number | undefined
  /** Lent for the pixels, as many as the rows have. */
  readonly target?: Float32Array | undefined
}

const findLines = (
  { height, pixels }: FramePlane,
  { rows, plane = pixels.plane ?? 0 }: FrameWanted,
): LineRange => ({
  start: plane * height + (rows?.start ?? 0),
  end: plane * height + (rows?.end ?? height),
})

const decodePlain = (
  bytes: Uint8Array,
  { pixels, width }: FramePlane,
  lines: LineRange,
  target?: Float32Array,
) => {
  const lineLength = (width * Math.abs(pixels.bitpix)) / 8
  const from = pixels.dataOffset + lines.start * lineLength
  const height = lines.end - lines.start
  return decodePixels(
    bytes.subarray(from, from + height * lineLength),
    pixels,
    target ?? new Float32Array(width * height),
  )
}

/**
 * Pixels of a stored frame out of the bytes of its whole file: rows `start` to before `end`, or all of them, of plane `plane` of a cube.
 * For an uncompressed frame a strip can also be had from `pixels.dataOffset` on with `decodePixels`, without the rest of the file.
 */
export const decodeFrameWith = async (
  decoder: TileDecoder,
  bytes: Uint8Array,
  frame: FramePlane,
  wanted: FrameWanted = {},
): Promise<Image> => {
  const lines = findLines(frame, wanted)
  const { target } = wanted
  const data = frame.pixels.compressed
    ? await decodeTilesWith(decoder, bytes, findHdu(bytes, frame.pixels.hdu), { range: lines, target })
    : decodePlain(bytes, frame, lines, target)
  return { width: frame.width, height: lines.end - lines.start, data }
}
