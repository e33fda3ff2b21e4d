import type { Kernel } from '../kernel'

export interface SkyAnnuliParams {
  readonly width: number
  readonly height: number
  /** Inner and outer radius, pixels. */
  readonly annulus: readonly [number, number]
  readonly sigma: number
  readonly iterations: number
}

export interface SkyAnnuliInput {
  readonly data: Float32Array
  readonly x: Float64Array
  readonly y: Float64Array
}

/** One element for each position. */
export interface SkyAnnuliOutput {
  readonly level: Float64Array
  readonly mean: Float64Array
  readonly sigma: Float64Array
  /** Pixels that were kept, and that had a value and were thrown out. */
  readonly count: Float64Array
  readonly rejected: Float64Array
}

export const createSkies = (length: number): SkyAnnuliOutput => ({
  level: new Float64Array(length),
  mean: new Float64Array(length),
  sigma: new Float64Array(length),
  count: new Float64Array(length),
  rejected: new Float64Array(length),
})

/** Level and noise of the sky in annuli around many positions; rules as in science/photometry/sky-annulus. */
export const skyAnnuliKernel: Kernel<SkyAnnuliParams, SkyAnnuliInput, SkyAnnuliOutput> = {
  name: 'sky-annuli',
  tolerance: { abs: 1e-9, rel: 1e-9, reason: 'Sums in f64 in another order; medians and numbers are exact.' },
  bytes: (_params, { width, height }) => 4 * width * height,
  sample: () => ({
    params: { width: 17, height: 13, annulus: [2.5, 5], sigma: 3, iterations: 10 },
    input: {
      data: Float32Array.from({ length: 221 }, (_, i) =>
        i === 90 ? Number.NaN : i % 37 === 0 ? 5000 : 100 + ((i * 7919) % 23),
      ),
      x: Float64Array.of(8.3, 16.9, -40),
      y: Float64Array.of(6.1, 0.2, 5),
    },
    output: () => createSkies(3),
  }),
}
