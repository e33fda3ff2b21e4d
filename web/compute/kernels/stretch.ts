import type { ColourRule } from '../../science/image/colour-values'
import type { Kernel } from '../kernel'

export interface StretchInput {
  readonly data: Float32Array
  /** Colours from cut to cut, stretch and colour map in them. */
  readonly table: Uint32Array
}

export interface StretchOutput {
  readonly colours: Uint32Array
}

/** Values as they are shown; rules as in science/image/colour-values. */
export const stretchKernel: Kernel<ColourRule, StretchInput, StretchOutput> = {
  name: 'stretch',
  tolerance: { abs: 0, rel: 0, reason: 'The same place in the same table, by the same operations in f64.' },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: { low: 10, high: 80, root: true, blank: 7 },
    input: {
      data: Float32Array.from({ length: 67 }, (_, i) => (i % 13 === 5 ? Number.NaN : (i * 7919) % 101)),
      table: Uint32Array.from({ length: 33 }, (_, i) => 100 + i * i),
    },
    output: () => ({ colours: new Uint32Array(67) }),
  }),
}
