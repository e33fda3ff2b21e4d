import { countPixels } from '../../science/fits/decode-pixels'
import { implement, NotForThisBackend } from '../kernel'
import { calibrateRawKernel } from '../kernels/calibrate-raw'
import { calibrationArguments, type CalibrationArguments } from './calibration-arguments'
import { findBlank } from './find-blank'
import { withAddresses } from './with-addresses'
import type { WasmMemory } from './wasm-memory'

interface CalibrateRawExports {
  readonly CALIBRATE_RAW_SCRATCH: WebAssembly.Global
  calibrateRaw(
    source: number,
    bitpix: number,
    bzero: number,
    bscale: number,
    hasBlank: number,
    blank: bigint,
    scratch: number,
    ...rest: CalibrationArguments
  ): void
}

export const calibrateRawOnWasm = implement(
  calibrateRawKernel,
  (memory: WasmMemory, { params, input, output }) => {
    const { calibrateRaw, CALIBRATE_RAW_SCRATCH } = memory.exports as unknown as CalibrateRawExports
    const { scaling } = params
    const { length } = output.data
    // The reference says what is wrong with them.
    if (countPixels(input.bytes, scaling.bitpix) < length) throw new NotForThisBackend()
    const blank = findBlank(scaling)
    withAddresses(memory, (at) =>
      calibrateRaw(
        at.input(input.bytes.subarray(0, (length * Math.abs(scaling.bitpix)) / 8)),
        scaling.bitpix,
        scaling.bzero,
        scaling.bscale,
        blank === null ? 0 : 1,
        blank ?? 0n,
        at.scratch(Number(CALIBRATE_RAW_SCRATCH.value)),
        ...calibrationArguments(at, params, input, output),
      ),
    )
  },
)
