import type { BayerPattern } from '../../science/colour/bayer'
import type { Kernel } from '../kernel'

export interface DebayerParams {
  readonly width: number
  readonly height: number
  readonly pattern: BayerPattern
  /** Variable number of gradients, or bilinear. */
  readonly method: 'bilinear' | 'vng'
}

export interface DebayerInput {
  readonly data: Float32Array
}

export interface DebayerOutput {
  readonly red: Float32Array
  readonly green: Float32Array
  readonly blue: Float32Array
}

export const createColours = (length: number): DebayerOutput => ({
  red: new Float32Array(length),
  green: new Float32Array(length),
  blue: new Float32Array(length),
})

/** Colours from a mosaic; rules as in science/colour/debayer-bilinear and debayer-vng. A band of rows that begins on an odd row has another pattern. */
export const debayerKernel: Kernel<DebayerParams, DebayerInput, DebayerOutput> = {
  name: 'debayer',
  tolerance: { abs: 0, rel: 0, reason: 'The same operations in f64, in the same order.' },
  bytes: (_params, { width, height }) => 16 * width * height,
  sample: () => ({
    params: { width: 13, height: 11, pattern: 'GRBG', method: 'vng' },
    input: {
      data: Float32Array.from({ length: 143 }, (_, i) => (i % 41 === 17 ? Number.NaN : (i * 7919) % 301)),
    },
    output: () => createColours(143),
  }),
}
