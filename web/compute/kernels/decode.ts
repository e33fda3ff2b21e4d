import type { PixelScaling } from '../../science/fits/decode-pixels'
import type { Kernel } from '../kernel'

export interface DecodeInput {
  /** Big-endian stored values; starts with the first wanted pixel. */
  readonly bytes: Uint8Array
}

export interface DecodeOutput {
  /** As many pixels as this holds are made. */
  readonly data: Float32Array
}

/**
 * FITS pixels of every BITPIX as floats: bzero + bscale stored, BLANK as NaN for integers, as in science/fits/decode-pixels.
 * The reference throws 'truncated' when there are fewer bytes than pixels wanted.
 */
export const decodeKernel: Kernel<PixelScaling, DecodeInput, DecodeOutput> = {
  name: 'decode',
  tolerance: { abs: 0, rel: 0, reason: 'Both scale in double precision, in one order, and round once.' },
  bytes: ({ bitpix }, { width, height }) => width * height * (Math.abs(bitpix) / 8 + 4),
  sample: () => ({
    params: { bitpix: 16, bzero: 32_768, bscale: 1, blank: -1 },
    input: { bytes: Uint8Array.of(0x80, 0, 0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 1, 0x12, 0x34, 0xff, 0xff) },
    output: () => ({ data: new Float32Array(7) }),
  }),
}
