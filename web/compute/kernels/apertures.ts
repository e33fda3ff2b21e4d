import type { EllipseShape } from '../../science/photometry/measure-ellipse'
import type { Kernel } from '../kernel'

export interface AperturesParams {
  readonly width: number
  readonly height: number
  /** Null for circles. */
  readonly shape: EllipseShape | null
}

export interface AperturesInput {
  readonly data: Float32Array
  /** Positions, 0-based pixels. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Radii or semi-major axes, pixels: as many for each position, position by position. A radius of 0 is not measured. */
  readonly radii: Float64Array
}

/** One element for each radius of the input. */
export interface AperturesOutput {
  readonly sums: Float64Array
  readonly areas: Float64Array
  readonly peaks: Float64Array
  /** Bits of core/flags.ts: edge, bad-pixel. */
  readonly flags: Uint8Array
}

export const createApertures = (length: number): AperturesOutput => ({
  sums: new Float64Array(length),
  areas: new Float64Array(length),
  peaks: new Float64Array(length),
  flags: new Uint8Array(length),
})

/** Exact circular and elliptical apertures about many positions; rules as in science/photometry/measure-aperture and measure-ellipse. */
export const aperturesKernel: Kernel<AperturesParams, AperturesInput, AperturesOutput> = {
  name: 'apertures',
  tolerance: {
    abs: 1e-7,
    rel: 1e-10,
    reason:
      'Sums in f64 in another order, and arcs by another library: some units in the last place of each pixel.',
  },
  bytes: (_params, { width, height }) => 4 * width * height,
  sample: () => ({
    params: { width: 17, height: 13, shape: null },
    input: {
      data: Float32Array.from({ length: 221 }, (_, i) => (i === 100 ? Number.NaN : (i * 7919) % 101)),
      x: Float64Array.of(8.3, 15.9, 3),
      y: Float64Array.of(6.1, 0.2, 7.5),
      radii: Float64Array.of(2.5, 4, 1, 0.3, 5.2, 0),
    },
    output: () => createApertures(6),
  }),
}
