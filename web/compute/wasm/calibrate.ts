import { implement } from '../kernel'
import { calibrateKernel } from '../kernels/calibrate'
import { calibrationArguments, type CalibrationArguments } from './calibration-arguments'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface CalibrateExports {
  calibrate(raw: number, ...rest: CalibrationArguments): void
}

export const calibrateOnWasm = implement(calibrateKernel, (memory: WasmMemory, { params, input, output }) => {
  const { calibrate } = memory.exports as unknown as CalibrateExports
  withAddresses(memory, (at) =>
    calibrate(at.input(input.raw), ...calibrationArguments(at, params, input, output)),
  )
})
