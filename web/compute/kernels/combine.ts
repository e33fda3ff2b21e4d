import type { Combine } from '../../core/combine'
import type { Kernel } from '../kernel'

export interface CombineParams {
  /** `scale` is not looked at here: what planes are multiplied with is in `scales`. */
  readonly combine: Combine
  /** value = scale v + offset, rounded to f32 after each, before anything else; one number a plane. */
  readonly scales?: readonly number[] | undefined
  readonly offsets?: readonly number[] | undefined
  /** One positive number a plane, for the mean and `combine.weights` 'inverse-variance'. */
  readonly weights?: readonly number[] | undefined
}

export interface CombineInput {
  /** Of one length. Values that are not finite take no part. */
  readonly planes: readonly Float32Array[]
  /** 0 is good; other values take no part. */
  readonly masks?: readonly (Uint8Array | undefined)[] | undefined
}

export interface CombineOutput {
  readonly data: Float32Array
  /** One sigma of `data`. */
  readonly uncertainty?: Float32Array | undefined
  /** Values that went in. */
  readonly count?: Uint16Array | undefined
}

/** N planes into one, pixel by pixel; the rules are those of science/calibration/combine-frames. */
export const combineKernel: Kernel<CombineParams, CombineInput, CombineOutput> = {
  name: 'combine',
  tolerance: {
    abs: 3e-5,
    rel: 4e-6,
    reason:
      'Distances from the median are summed in f32: a millionth of the scatter between frames. Medians and counts are exact.',
  },
  bytes: (_params, { width, height }) => width * height * 10,
  sample: () => ({
    params: {
      combine: {
        method: 'mean',
        rejection: 'sigma-clip',
        low: 3,
        high: 3,
        center: 'median',
        deviation: 'mad',
        iterations: 2,
      },
    },
    input: {
      planes: [
        Float32Array.of(1, 10, 100, Number.NaN, 5),
        Float32Array.of(2, 11, 101, Number.NaN, 5),
        Float32Array.of(3, 12, 99, Number.NaN, 5),
        Float32Array.of(4, 11, Number.NaN, Number.NaN, 5),
        Float32Array.of(5, 9000, 102, Number.NaN, 5),
      ],
    },
    output: () => ({
      data: new Float32Array(5),
      uncertainty: new Float32Array(5),
      count: new Uint16Array(5),
    }),
  }),
}
