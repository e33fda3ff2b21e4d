import type { Combine } from '../../core/combine'
import type { PixelScaling } from '../../science/fits/decode-pixels'
import type { Kernel } from '../kernel'
import { combineKernel, type CombineOutput } from './combine'

export interface CombineRawParams {
  readonly combine: Combine
  /** Of all planes; 16 bits. */
  readonly scaling: PixelScaling
}

export interface CombineRawInput {
  /** Big-endian 16-bit integers as FITS stores them. */
  readonly planes: readonly Uint8Array[]
}

/** `combine` straight from stored bytes: half the memory traffic of floats. */
export const combineRawKernel: Kernel<CombineRawParams, CombineRawInput, CombineOutput> = {
  name: 'combine-raw',
  tolerance: combineKernel.tolerance,
  bytes: (_params, { width, height }) => width * height * 10,
  sample: () => ({
    params: {
      combine: { method: 'mean', rejection: 'sigma-clip', iterations: 2 },
      scaling: { bitpix: 16, bzero: 32_768, bscale: 1, blank: null },
    },
    input: {
      planes: [
        [0x80, 0, 0, 1, 0x7f, 0xff],
        [0x80, 0, 0, 2, 0x7f, 0xff],
        [0x80, 0, 0, 3, 0x7f, 0xff],
        [0x80, 0, 0, 4, 0x7f, 0xff],
        [0x7f, 0xff, 0, 5, 0x7f, 0xff],
      ].map((bytes) => Uint8Array.from(bytes)),
    },
    output: () => ({
      data: new Float32Array(3),
      uncertainty: new Float32Array(3),
      count: new Uint16Array(3),
    }),
  }),
}
