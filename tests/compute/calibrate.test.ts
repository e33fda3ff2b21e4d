import { describe, it } from 'vitest'
import { calibrateKernel } from '../../web/compute/kernels/calibrate'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { CALIBRATE_CASES } from './cases/calibrate'

const wasm = await openTestWasm()

describe('calibrate in WebAssembly', () => {
  it.each(CALIBRATE_CASES)('$name', (example) => expectParity(calibrateKernel, example, wasm))
})
