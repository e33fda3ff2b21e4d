import type { PixelScaling } from './decode-pixels'
import type { Bitpix } from './list-hdus'

export type PixelType =
  'uint8' | 'int8' | 'int16' | 'uint16' | 'int32' | 'uint32' | 'int64' | 'uint64' | 'float32' | 'float64'

export type PixelArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/** BZERO that makes unsigned integers of signed ones, and signed bytes of unsigned ones (FITS standard, table 11). */
const OFFSETS: Readonly<Partial<Record<Bitpix, readonly [number, PixelType]>>> = {
  8: [-128, 'int8'],
  16: [2 ** 15, 'uint16'],
  32: [2 ** 31, 'uint32'],
  64: [2 ** 63, 'uint64'],
}

const PLAIN: Readonly<Record<Bitpix, PixelType>> = {
  8: 'uint8',
  16: 'int16',
  32: 'int32',
  64: 'int64',
  [-32]: 'float32',
  [-64]: 'float64',
}

/** The type that holds every value: integers as they are where nothing but a standard offset is done to them. */
export const typeOfValues = ({ bitpix, bzero, bscale, blank }: PixelScaling): PixelType => {
  if (bitpix < 0) return PLAIN[bitpix]
  if (bscale === 1 && blank === null) {
    if (bzero === 0) return PLAIN[bitpix]
    const [offset, type] = OFFSETS[bitpix] ?? [Number.NaN, 'float64']
    if (bzero === offset) return type
  }
  return bitpix > 16 ? 'float64' : 'float32'
}

/** Big-endian values as they are stored, without any scaling. */
export const storedValues = (source: Uint8Array, bitpix: Bitpix): PixelArray => {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength)
  const count = Math.floor((source.length * 8) / Math.abs(bitpix))
  switch (bitpix) {
    case 8:
      return source.slice()
    case 16:
      return Int16Array.from({ length: count }, (_, index) => view.getInt16(2 * index))
    case 32:
      return Int32Array.from({ length: count }, (_, index) => view.getInt32(4 * index))
    case 64:
      return BigInt64Array.from({ length: count }, (_, index) => view.getBigInt64(8 * index))
    case -32:
      return Float32Array.from({ length: count }, (_, index) => view.getFloat32(4 * index))
    default:
      return Float64Array.from({ length: count }, (_, index) => view.getFloat64(8 * index))
  }
}

/** BLANK compared as it is stored: as doubles, neighbours of -2^63 are one number. */
const isBlank = (stored: number | bigint, blank: number | null): boolean =>
  blank !== null &&
  (typeof stored === 'bigint' ? Number.isInteger(blank) && stored === BigInt(blank) : stored === blank)

/** Stored values by the file's scaling, in the type that `typeOfValues` names. */
export const scaleValues = (stored: PixelArray, scaling: PixelScaling): PixelArray => {
  const { bzero, bscale, blank } = scaling
  const type = typeOfValues(scaling)
  const { length } = stored
  const whole = (index: number): bigint => BigInt(stored[index]!)
  switch (type) {
    case 'int8':
      return Int8Array.from({ length }, (_, index) => Number(stored[index]) - 128)
    case 'uint16':
      return Uint16Array.from({ length }, (_, index) => Number(stored[index]) + 2 ** 15)
    case 'uint32':
      return Uint32Array.from({ length }, (_, index) => Number(stored[index]) + 2 ** 31)
    case 'uint64':
      return BigUint64Array.from({ length }, (_, index) => BigInt.asUintN(64, whole(index) + 2n ** 63n))
    case 'float32':
    case 'float64': {
      if (scaling.bitpix < 0 && bzero === 0 && bscale === 1) return stored
      const make = (_: unknown, index: number): number =>
        scaling.bitpix > 0 && isBlank(stored[index]!, blank)
          ? Number.NaN
          : bzero + bscale * Number(stored[index])
      return type === 'float32' ? Float32Array.from({ length }, make) : Float64Array.from({ length }, make)
    }
    default:
      return stored
  }
}
