import type { DecodeInput, DecodeOutput } from '../../../web/compute/kernels/decode'
import type { PixelScaling } from '../../../web/science/fits/decode-pixels'
import type { Bitpix } from '../../../web/science/fits/list-hdus'
import { createRandom } from '../../../web/science/math/random'
import type { KernelCase } from '../../support/check-parity'

type Case = KernelCase<PixelScaling, DecodeInput, DecodeOutput>

/** Values at both ends of the width, then noise over the whole of it; for floats NaN, infinities, -0 and a denormal. */
export const makeBytes = (bitpix: Bitpix, length: number, seed: string): Uint8Array<ArrayBuffer> => {
  const random = createRandom(seed)
  const size = Math.abs(bitpix) / 8
  const bytes = Uint8Array.from({ length: length * size }, () => random.integer(256))
  const view = new DataView(bytes.buffer)
  if (bitpix < 0) {
    const awkward = [Number.NaN, -Infinity, -0, 1e-40, 16_777_217]
    for (let index = 0; index < length; index++) {
      const value = awkward[index] ?? random.normal() * 10 ** (random.integer(60) - 30)
      if (bitpix === -32) view.setFloat32(4 * index, value)
      else view.setFloat64(8 * index, value)
    }
    return bytes
  }
  // The least, the most, 0 and -1 as stored bytes.
  const ends = [0x80, 0x7f, 0, 0xff].slice(0, length)
  for (const [index, first] of ends.entries()) {
    bytes.fill(first === 0x80 || first === 0 ? 0 : 0xff, index * size, (index + 1) * size)
    bytes[index * size] = first
  }
  return bytes
}

const example = (scaling: PixelScaling, length: number): Case => {
  const { bitpix, bzero, bscale, blank } = scaling
  const name = `BITPIX ${bitpix}, BZERO ${bzero}, BSCALE ${bscale}, BLANK ${blank}, ${length} pixels, seed ${length}`
  return {
    name,
    params: scaling,
    input: () => ({ bytes: makeBytes(bitpix, length, String(length)) }),
    output: () => ({ data: new Float32Array(length) }),
  }
}

const SCALINGS: readonly PixelScaling[] = [
  { bitpix: 8, bzero: 0, bscale: 1, blank: null },
  { bitpix: 8, bzero: -128, bscale: 1, blank: 255 },
  { bitpix: 8, bzero: 0.1, bscale: 0.3, blank: 0 },
  { bitpix: 8, bzero: 0, bscale: 1, blank: -1 },
  { bitpix: 16, bzero: 0, bscale: 1, blank: null },
  { bitpix: 16, bzero: 32_768, bscale: 1, blank: null },
  { bitpix: 16, bzero: 32_768, bscale: 1, blank: -32_768 },
  { bitpix: 16, bzero: 0.1, bscale: 1, blank: 32_767 },
  { bitpix: 16, bzero: 1e9, bscale: 1, blank: null },
  { bitpix: 16, bzero: -7.25, bscale: 1e-3, blank: -1 },
  { bitpix: 16, bzero: 0, bscale: 1, blank: 65_535 },
  { bitpix: 16, bzero: 0, bscale: 1, blank: 0.5 },
  { bitpix: 32, bzero: 0, bscale: 1, blank: null },
  { bitpix: 32, bzero: 2_147_483_648, bscale: 1, blank: -2_147_483_648 },
  { bitpix: 32, bzero: 2_147_483_648, bscale: 1, blank: null },
  { bitpix: 32, bzero: 3.3, bscale: 1e-4, blank: 2_147_483_647 },
  { bitpix: 64, bzero: 0, bscale: 1, blank: null },
  { bitpix: 64, bzero: 9_223_372_036_854_775_808, bscale: 1, blank: -1 },
  { bitpix: 64, bzero: -1e18, bscale: 0.5, blank: -9_223_372_036_854_775_808 },
  { bitpix: -32, bzero: 0, bscale: 1, blank: null },
  { bitpix: -32, bzero: 100, bscale: 0.1, blank: 0 },
  { bitpix: -64, bzero: 0, bscale: 1, blank: null },
  { bitpix: -64, bzero: 100, bscale: -0.1, blank: null },
]

export const DECODE_CASES: readonly Case[] = [
  ...SCALINGS.flatMap((scaling) => [1, 3, 1023].map((length) => example(scaling, length))),
  example({ bitpix: 16, bzero: 32_768, bscale: 1, blank: null }, 4),
  {
    name: 'bytes that begin at an odd address, more of them than wanted',
    params: { bitpix: 16, bzero: 0, bscale: 1, blank: null },
    input: () => ({ bytes: makeBytes(16, 40, 'odd').subarray(3) }),
    output: () => ({ data: new Float32Array(30) }),
  },
]
