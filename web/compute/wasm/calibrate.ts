import { LEAST_FLAT } from '../../science/calibration/scale-flat'
import { implement } from '../kernel'
import { calibrateKernel } from '../kernels/calibrate'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface CalibrateExports {
  calibrate(
    raw: number,
    bias: number,
    dark: number,
    flat: number,
    mask: number,
    biasFactor: number,
    darkFactor: number,
    gain: number,
    leastFlat: number,
    output: number,
    length: number,
  ): void
}

export const calibrateOnWasm = implement(calibrateKernel, (memory: WasmMemory, { params, input, output }) => {
  const { calibrate } = memory.exports as unknown as CalibrateExports
  withAddresses(memory, (at) =>
    calibrate(
      at.input(input.raw),
      params.biasFactor === 0 ? 0 : at.input(input.bias),
      params.darkFactor === 0 ? 0 : at.input(input.dark),
      at.input(input.flat),
      at.input(input.mask),
      params.biasFactor,
      params.darkFactor,
      params.gain,
      LEAST_FLAT,
      at.output(output.data),
      output.data.length,
    ),
  )
})
