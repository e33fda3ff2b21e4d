import type { BackgroundMesh } from '../../science/detection/background-mesh'
import type { BoxGrid } from '../../science/detection/clip-boxes'
import type { Kernel } from '../kernel'

interface Size {
  readonly width: number
  readonly height: number
}

interface Plane {
  readonly data: Float32Array
}

export interface BoxesOutput {
  /** Row by row, NaN for a box that does not speak for itself. */
  readonly level: Float64Array
  readonly noise: Float64Array
}

const ramp = (length: number, period: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => (i === 5 ? Number.NaN : 100 + ((i * 7919) % period)))

/** Clipped level and noise of the boxes of an image; rules as in science/detection/clip-boxes. */
export const clipBoxesKernel: Kernel<BoxGrid & Size, Plane, BoxesOutput> = {
  name: 'clip-boxes',
  tolerance: { abs: 1e-9, rel: 1e-9, reason: 'Sums in f64 without compensation.' },
  bytes: (_params, { width, height }) => 4 * width * height,
  sample: () => ({
    params: { width: 17, height: 13, columns: 2, rows: 2, boxWidth: 8.5, boxHeight: 6.5 },
    input: { data: ramp(221, 23) },
    output: () => ({ level: new Float64Array(4), noise: new Float64Array(4) }),
  }),
}

/** An image less its background, linear between the boxes; no value becomes 0. As science/detection/background-mesh has it. */
export const subtractMeshKernel: Kernel<BackgroundMesh & Size, Plane, Plane> = {
  name: 'subtract-mesh',
  tolerance: {
    abs: 0.016,
    rel: 1e-6,
    reason: 'The background in f32: half a unit in the last place of 65535 ADU, twice.',
  },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: {
      width: 17,
      height: 13,
      columns: 2,
      rows: 2,
      boxWidth: 8.5,
      boxHeight: 6.5,
      level: Float64Array.of(100, 110, 90, 105.5),
      noise: Float64Array.of(1, 1, 1, 1),
    },
    input: { data: ramp(221, 50) },
    output: () => ({ data: new Float32Array(221) }),
  }),
}

export interface ConvolveParams extends Size {
  /** Half of a symmetric kernel that is used along rows and columns alike, centre first; at most 64 numbers. */
  readonly weights: Float64Array
}

/** Separable and symmetric; beyond the edge there are zeros. As science/detection/matched-filter has it; NaN spreads. */
export const convolveKernel: Kernel<ConvolveParams, Plane, Plane> = {
  name: 'convolve',
  tolerance: { abs: 0.02, rel: 2e-6, reason: 'Sums in f32: some units in the last place of 65535 ADU.' },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: { width: 17, height: 13, weights: Float64Array.of(0.4, 0.2, 0.1) },
    input: { data: Float32Array.from({ length: 221 }, (_, i) => (i * 7919) % 101) },
    output: () => ({ data: new Float32Array(221) }),
  }),
}

export interface FoundPixels {
  /** Ascending; as many as `count` says, the rest is 0. When there are more than it can hold, `count` still says how many. */
  readonly indices: Uint32Array
  /** One number. */
  readonly count: Uint32Array
}

/** Indices of the values above a level; NaN is above nothing. */
export const findAboveKernel: Kernel<{ readonly level: number }, Plane, FoundPixels> = {
  name: 'find-above',
  tolerance: { abs: 0, rel: 0, reason: 'A comparison.' },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: { level: 120 },
    input: { data: ramp(67, 41) },
    output: () => ({ indices: new Uint32Array(67), count: new Uint32Array(1) }),
  }),
}

/** Indices of the local maxima above a level, in reading order; rules as in science/detection/find-peaks. */
export const findPeaksKernel: Kernel<Size & { readonly level: number }, Plane, FoundPixels> = {
  name: 'find-peaks',
  tolerance: { abs: 0, rel: 0, reason: 'Comparisons.' },
  bytes: (_params, { width, height }) => 8 * width * height,
  sample: () => ({
    params: { width: 17, height: 13, level: 100 },
    input: { data: ramp(221, 9) },
    output: () => ({ indices: new Uint32Array(221), count: new Uint32Array(1) }),
  }),
}
