import { AsterismError } from '../../core/errors'
import { padBlock } from './assemble-hdu'
import type { Bitpix } from './list-hdus'

/** Pixels as they stand in a file: big-endian values, first axis fastest, true value = bzero + bscale x stored. */
export interface StoredImage {
  /** NAXIS1 first. */
  readonly axes: readonly number[]
  readonly bitpix: Bitpix
  /** May be longer than the pixels by padding. */
  readonly bytes: Uint8Array
  readonly bzero: number
  readonly bscale: number
  readonly blank: number | null
}

type WholeNumbers = ArrayLike<number> | BigInt64Array | BigUint64Array

export interface ImageToEncode {
  readonly axes: readonly number[]
  readonly data: WholeNumbers
  readonly bitpix: Bitpix
  /** Without a word 8 and 16 are unsigned, as cameras count, and 32 and 64 are signed. Of no account for floats. */
  readonly unsigned?: boolean
}

const HALF = { 16: 32_768, 32: 2_147_483_648 } as const
const LOWEST_64 = -(2n ** 63n)
const HIGHEST_64 = 2n ** 63n - 1n

const encodeFloats = (data: ArrayLike<number>, bytes: Uint8Array, wide: boolean): void => {
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < data.length; index++)
    if (wide) view.setFloat64(8 * index, data[index]!)
    else view.setFloat32(4 * index, data[index]!)
}

/** Whole numbers of 64 bits: bigints as they are, numbers rounded, all held to the range. */
const encodeLongs = (data: WholeNumbers, bytes: Uint8Array, unsigned: boolean): void => {
  const view = new DataView(bytes.buffer)
  const zero = unsigned ? 2n ** 63n : 0n
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!
    // An infinity has no whole number beside it; NaN was refused before.
    const whole =
      typeof value === 'bigint' ? value : BigInt(Math.round(Math.max(-(2 ** 64), Math.min(2 ** 64, value))))
    const stored = whole - zero
    view.setBigInt64(8 * index, stored < LOWEST_64 ? LOWEST_64 : stored > HIGHEST_64 ? HIGHEST_64 : stored)
  }
}

const hasMissing = (data: WholeNumbers): boolean => {
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!
    if (typeof value === 'number' && Number.isNaN(value)) return true
  }
  return false
}

/**
 * Rounded to the nearest integer and held to the range of the type. With pixels of no value BLANK is the end of the range where a
 * true value is rarest, and true values keep one step away from it: the highest where counts are unsigned, else the lowest.
 */
const encodeIntegers = (
  data: ArrayLike<number>,
  bytes: Uint8Array,
  bits: 16 | 32,
  unsigned: boolean,
): number | null => {
  const view = new DataView(bytes.buffer)
  const missing = hasMissing(data)
  const half = HALF[bits]
  const zero = unsigned ? half : 0
  const blank = unsigned ? half - 1 : -half
  const lowest = zero - half + (missing && !unsigned ? 1 : 0)
  const highest = zero + half - 1 - (missing && unsigned ? 1 : 0)
  for (let index = 0; index < data.length; index++) {
    const value = data[index]!
    const stored = Number.isNaN(value) ? blank : Math.min(highest, Math.max(lowest, Math.round(value))) - zero
    if (bits === 16) view.setInt16(2 * index, stored)
    else view.setInt32(4 * index, stored)
  }
  return missing ? blank : null
}

const encodeBytes = (data: ArrayLike<number>, bytes: Uint8Array, zero: number): void => {
  for (let index = 0; index < data.length; index++)
    bytes[index] = Math.min(255, Math.max(0, Math.round(data[index]!) - zero))
}

/** Pixels as a data unit padded to whole blocks: floats as they are, integers rounded and held to their range. */
export const encodePixels = ({
  axes,
  data,
  bitpix,
  unsigned = bitpix === 8 || bitpix === 16,
}: ImageToEncode): StoredImage => {
  const pixels = axes.length === 0 ? 0 : axes.reduce((product, side) => product * side, 1)
  if (data.length !== pixels)
    throw new AsterismError('shape-mismatch', `${data.length} pixels do not fill ${axes.join(' x ')}.`)
  const bytes = new Uint8Array(padBlock((Math.abs(bitpix) / 8) * pixels))
  const stored = { axes, bitpix, bytes, bscale: 1, bzero: 0, blank: null }
  if (bitpix === 64) {
    if (hasMissing(data))
      throw new AsterismError('shape-mismatch', 'A pixel has no value, which 64-bit integers cannot say.')
    encodeLongs(data, bytes, unsigned)
    return { ...stored, bzero: unsigned ? 2 ** 63 : 0 }
  }
  const numbers = data as ArrayLike<number>
  if (bitpix === 16 || bitpix === 32) {
    const blank = encodeIntegers(numbers, bytes, bitpix, unsigned)
    return { ...stored, bzero: unsigned ? HALF[bitpix] : 0, blank }
  }
  if (bitpix === 8) {
    const bzero = unsigned ? 0 : -128
    encodeBytes(numbers, bytes, bzero)
    return { ...stored, bzero }
  }
  encodeFloats(numbers, bytes, bitpix === -64)
  return stored
}
