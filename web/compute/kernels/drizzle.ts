import type { DrizzlePlanes, DrizzleSource, FrameToDrizzle } from '../../science/reprojection/drizzle-frame'
import type { Kernel } from '../kernel'

/** Drops of one frame on a part of a grid; rules as in science/reprojection/drizzle-frame. */
export const drizzleKernel: Kernel<FrameToDrizzle, DrizzleSource, DrizzlePlanes> = {
  name: 'drizzle',
  tolerance: { abs: 1e-12, rel: 1e-13, reason: 'The same sums in f64 in the same order.' },
  bytes: ({ source }, { width, height }) =>
    24 * width * height + 12 * source.width * source.height + 80 * source.width + 150_000,
  sample: () => ({
    params: {
      map: { kind: 'affine', transform: { a: 1.61, b: 0.52, c: -1.3, d: -0.49, e: 1.5, f: 5.4 } },
      source: { left: 1, top: 2, width: 9, height: 7 },
      target: { left: 0, top: 3, width: 17, height: 10 },
      pixfrac: 0.8,
      per: 'target-pixel',
      weight: 1.5,
    },
    input: {
      data: Float32Array.from({ length: 63 }, (_, i) => (i === 20 ? Number.NaN : (i * 7919) % 1000)),
      uncertainty: Float32Array.from({ length: 63 }, (_, i) => 3 + (i % 7)),
      weights: Float32Array.from({ length: 63 }, (_, i) => i % 9),
    },
    output: () => ({
      flux: new Float64Array(170),
      weight: new Float64Array(170),
      variance: new Float64Array(170),
    }),
  }),
}
