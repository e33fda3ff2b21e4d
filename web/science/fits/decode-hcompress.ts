import { invertHTransform, LARGEST_COEFFICIENT } from './h-transform'
import { HcompressBits, refuseHcompress } from './hcompress-bits'
import { decodeQuadtree } from './hcompress-quadtree'

const MAGIC = 0xdd99
/** Magic number, rows, columns, scale, sum of all pixels as 64 bits, and bit planes of the three kinds of quadrant. */
const HEADER_BYTES = 2 + 3 * 4 + 8 + 3
/** Coefficients of more bits than these would not be exact; 32-bit pixels in tiles of 2^15 have 48. */
const MOST_PLANES = 48

const readPlanes = (source: Uint8Array): readonly [number, number, number] => {
  const planes = [source[22]!, source[23]!, source[24]!] as const
  if (planes.some((count) => count > MOST_PLANES)) refuseHcompress()
  return planes
}

interface HcompressShape {
  readonly count: number
  readonly smooth: boolean
}

/**
 * HCOMPRESS_1 (R. White; FITS standard 10.4.4): the H-transform of a tile, divided by a scale, its bit planes coded as quadtrees, the
 * signs after them. With a scale of 0 or 1 the pixels come back as they were. Throws 'truncated' when the bytes end too early, make no
 * sense, give numbers that no pixels of 32 bits give, or hold another number of pixels; never reads past `source`.
 */
export const decodeHcompress = (source: Uint8Array, { count, smooth }: HcompressShape): Int32Array => {
  if (source.length < HEADER_BYTES) refuseHcompress()
  const header = new DataView(source.buffer, source.byteOffset, HEADER_BYTES)
  const rows = header.getInt32(2)
  const columns = header.getInt32(6)
  const scale = header.getInt32(10)
  if (header.getUint16(0) !== MAGIC || rows < 1 || columns < 1 || rows * columns !== count) refuseHcompress()
  const planes = readPlanes(source)

  const data = new Float64Array(count)
  const bits = new HcompressBits(source, HEADER_BYTES)
  const [down, across] = [(rows + 1) >> 1, (columns + 1) >> 1]
  const quadrantAt = (y: number, x: number) => ({
    start: y * columns + x,
    stride: columns,
    rows: y === 0 ? down : rows - down,
    columns: x === 0 ? across : columns - across,
  })
  decodeQuadtree(bits, quadrantAt(0, 0), planes[0], data)
  decodeQuadtree(bits, quadrantAt(0, across), planes[1], data)
  decodeQuadtree(bits, quadrantAt(down, 0), planes[1], data)
  decodeQuadtree(bits, quadrantAt(down, across), planes[2], data)
  if (bits.read(4) !== 0) refuseHcompress()

  bits.align()
  const factor = Math.max(1, scale)
  const sum = Number(header.getBigInt64(14))
  const largest = data.reduce((most, magnitude) => Math.max(most, magnitude), Math.abs(sum))
  if (largest * factor >= LARGEST_COEFFICIENT) refuseHcompress()
  for (let index = 0; index < count; index++) {
    const magnitude = data[index]!
    if (magnitude !== 0) data[index] = bits.read(1) === 1 ? -magnitude * factor : magnitude * factor
  }
  data[0] = sum * factor
  invertHTransform({ data, rows, columns }, smooth ? scale : 0)
  return new Int32Array(data)
}
