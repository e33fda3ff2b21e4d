import type {
  ReprojectPlanes,
  ReprojectSource,
  WindowToReproject,
} from '../../science/reprojection/reproject-window'
import type { Kernel } from '../kernel'

/** Part of a picture on another grid through a map of pixels; rules as in science/reprojection/reproject-window. */
export const reprojectKernel: Kernel<WindowToReproject, ReprojectSource, ReprojectPlanes> = {
  name: 'reproject',
  tolerance: {
    abs: 0.03,
    rel: 3e-6,
    reason: 'Sums of 36 products in f32: a few units in the last place of the brightest pixel, 65535 ADU.',
  },
  bytes: ({ source }, { width, height }) =>
    12 * width * height + 8 * source.width * source.height + 16 * width,
  sample: () => {
    const nodes = Float64Array.from({ length: 32 }, (_, k) => {
      const [i, j] = [(k >> 1) % 4, k >> 3]
      return k % 2 === 0 ? -12 + 9 * i + 0.7 * j + 0.2 * i * j : -11 - 0.4 * i + 8 * j + 0.1 * i * i
    })
    return {
      params: {
        method: 'lanczos3',
        map: {
          kind: 'grid',
          left: -1,
          top: 0,
          width: 12,
          height: 11,
          spacing: 16,
          columns: 1,
          rows: 1,
          nodes,
          cells: Int32Array.of(-1),
          blocks: new Float64Array(0),
        },
        source: { left: 0, top: 0, width: 13, height: 11 },
        target: { left: -2, top: 0, width: 13, height: 11 },
        leastCover: 0.6,
        clamp: 0.3,
      },
      input: {
        data: Float32Array.from({ length: 143 }, (_, i) =>
          i === 20 ? Number.NaN : i === 72 ? 30_000 : (i * 7919) % 1000,
        ),
        uncertainty: Float32Array.from({ length: 143 }, (_, i) => 3 + (i % 7)),
      },
      output: () => ({
        data: new Float32Array(143),
        uncertainty: new Float32Array(143),
        coverage: new Float32Array(143),
      }),
    }
  },
}
