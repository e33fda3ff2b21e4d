import type { AreaToReproject } from '../../science/reprojection/reproject-area'
import type { ReprojectPlanes, ReprojectSource } from '../../science/reprojection/reproject-window'
import type { Kernel } from '../kernel'

/** Part of a picture on another grid by the area that each pixel covers; rules as in science/reprojection/reproject-area. */
export const reprojectAreaKernel: Kernel<AreaToReproject, ReprojectSource, ReprojectPlanes> = {
  name: 'reproject-area',
  tolerance: {
    abs: 1e-6,
    rel: 2e-7,
    reason: 'The same sums in f64 in the same order; a unit in the last place of f32.',
  },
  bytes: ({ source }, { width, height }) =>
    12 * width * height + 8 * source.width * source.height + 32 * width + 150_000,
  sample: () => ({
    params: {
      map: { kind: 'affine', transform: { a: 1.31, b: 0.52, c: -1.3, d: -0.49, e: 1.2, f: 3.4 } },
      source: { left: 0, top: 0, width: 13, height: 11 },
      target: { left: -1, top: 0, width: 11, height: 10 },
      per: 'target-pixel',
      leastCover: 0.4,
    },
    input: {
      data: Float32Array.from({ length: 143 }, (_, i) => (i === 20 ? Number.NaN : (i * 7919) % 1000)),
      uncertainty: Float32Array.from({ length: 143 }, (_, i) => 3 + (i % 7)),
    },
    output: () => ({
      data: new Float32Array(110),
      uncertainty: new Float32Array(110),
      coverage: new Float32Array(110),
    }),
  }),
}
