import { BLOCK_LENGTH } from './parse-header'

export type WrittenBitpix = 8 | 16 | -32

export interface EncodedPixels {
  /** Big-endian values, padded with zeros to whole blocks. */
  readonly bytes: Uint8Array
  readonly bzero: number
  readonly blank: number | null
}

const UNSIGNED_16 = 32_768
/** Stored value for a pixel without one; as an unsigned value it is 65535, the rarest to be right. */
const BLANK_16 = 32_767

const allocate = (length: number): Uint8Array =>
  new Uint8Array(Math.ceil(length / BLOCK_LENGTH) * BLOCK_LENGTH)

const encodeFloats = (data: ArrayLike<number>): EncodedPixels => {
  const bytes = allocate(4 * data.length)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < data.length; index++) view.setFloat32(4 * index, data[index]!)
  return { bytes, bzero: 0, blank: null }
}

/** Rounded to the nearest integer and held to 0 ... 65535. With pixels of no value BLANK is used and the highest value is 65534. */
const encodeUnsigned16 = (data: ArrayLike<number>): EncodedPixels => {
  const bytes = allocate(2 * data.length)
  const view = new DataView(bytes.buffer)
  let missing = false
  for (let index = 0; index < data.length && !missing; index++) missing = Number.isNaN(data[index]!)
  const highest = missing ? 65_534 : 65_535
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!
    const stored = Number.isNaN(value)
      ? BLANK_16
      : Math.min(highest, Math.max(0, Math.round(value))) - UNSIGNED_16
    view.setInt16(2 * index, stored)
  }
  return { bytes, bzero: UNSIGNED_16, blank: missing ? BLANK_16 : null }
}

const encodeBytes = (data: ArrayLike<number>): EncodedPixels => {
  const bytes = allocate(data.length)
  for (let index = 0; index < data.length; index++)
    bytes[index] = Math.min(255, Math.max(0, Math.round(data[index]!)))
  return { bytes, bzero: 0, blank: null }
}

/** Pixels as a data unit: 32-bit floats as they are, integers rounded and held to their range. */
export const encodePixels = (data: ArrayLike<number>, bitpix: WrittenBitpix): EncodedPixels =>
  bitpix === -32 ? encodeFloats(data) : bitpix === 16 ? encodeUnsigned16(data) : encodeBytes(data)
