import type { WindowToResample } from '../../science/image/resample-image'
import type { Kernel } from '../kernel'

export type ResampleParams = WindowToResample

export interface ResampleInput {
  readonly data: Float32Array
  /** x and y on the source frame for each pixel of the output, instead of the transform: for distortions. */
  readonly map?: Float64Array | undefined
}

export interface ResampleOutput {
  readonly data: Float32Array
}

/** Part of a picture on another grid; rules as in science/image/resample-image. */
export const resampleKernel: Kernel<ResampleParams, ResampleInput, ResampleOutput> = {
  name: 'resample',
  tolerance: {
    abs: 0.03,
    rel: 3e-6,
    reason: 'Sums of 36 products in f32: a few units in the last place of the brightest pixel, 65535 ADU.',
  },
  bytes: ({ source }, { width, height }) => 4 * (width * height + source.width * source.height),
  sample: () => ({
    params: {
      method: 'lanczos3',
      transform: { a: 1.01, b: 0.02, c: -1.3, d: -0.02, e: 0.99, f: 0.4 },
      source: { left: 0, top: 0, width: 13, height: 11 },
      target: { left: 0, top: 0, width: 12, height: 10 },
    },
    input: {
      data: Float32Array.from({ length: 143 }, (_, i) => (i === 20 ? Number.NaN : (i * 7919) % 1000)),
    },
    output: () => ({ data: new Float32Array(120) }),
  }),
}
