import type {
  CosmicRayInput,
  CosmicRayOutput,
  CosmicRayParameters,
} from '../../science/calibration/cosmic-rays'
import type { Kernel } from '../kernel'

/** L.A.Cosmic on one image or on a band of it (see cosmicRayMargin); rules as in science/calibration/cosmic-rays. */
export const cosmicRaysKernel: Kernel<CosmicRayParameters, CosmicRayInput, CosmicRayOutput> = {
  name: 'cosmic-rays',
  tolerance: { abs: 0, rel: 0, reason: 'The same arithmetic in f32, in the same order.' },
  bytes: (_params, { width, height }) => width * height * 10,
  sample: () => ({
    params: {
      width: 16,
      height: 16,
      sigclip: 4.5,
      sigfrac: 0.3,
      objlim: 5,
      gain: 1,
      readNoise: 5,
      saturation: Number.POSITIVE_INFINITY,
      iterations: 2,
      separableMedian: true,
      clean: 'meanmask',
    },
    input: {
      data: Float32Array.from({ length: 256 }, (_, i) => (i === 100 ? 5000 : 100 + ((i * 7919) % 13))),
    },
    output: () => ({ data: new Float32Array(256), mask: new Uint8Array(256) }),
  }),
}
