import { CLEAN_RULES } from '../../science/calibration/cosmic-rays-clean'
import { implement } from '../kernel'
import { cosmicRaysKernel } from '../kernels/cosmic-rays'
import type { WasmMemory } from './wasm-memory'
import { withAddresses } from './with-addresses'

interface CosmicRaysExports {
  cosmicRaysScratch(width: number, height: number): number
  cosmicRays(
    data: number,
    mask: number,
    background: number,
    outData: number,
    outMask: number,
    width: number,
    height: number,
    scratch: number,
    sigclip: number,
    sigfrac: number,
    objlim: number,
    gain: number,
    readNoise: number,
    saturation: number,
    level: number,
    iterations: number,
    separable: number,
    rule: number,
  ): void
}

export const cosmicRaysOnWasm = implement(
  cosmicRaysKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { cosmicRays, cosmicRaysScratch } = memory.exports as unknown as CosmicRaysExports
    const { width, height, gain, level } = params
    withAddresses(memory, (at) =>
      cosmicRays(
        at.input(input.data),
        at.input(input.mask),
        at.input(input.background),
        at.output(output.data),
        at.output(output.mask),
        width,
        height,
        at.scratch(cosmicRaysScratch(width, height)),
        params.sigclip,
        params.sigfrac,
        params.objlim,
        gain,
        params.readNoise,
        params.saturation,
        level === undefined ? Number.NaN : level * gain,
        params.iterations,
        params.separableMedian ? 1 : 0,
        CLEAN_RULES.indexOf(params.clean),
      ),
    )
  },
)
