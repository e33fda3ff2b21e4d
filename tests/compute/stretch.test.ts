import { describe, it } from 'vitest'
import { stretchKernel } from '../../web/compute/kernels/stretch'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { STRETCH_CASES } from './cases/stretch'

const wasm = await openTestWasm()

describe('colours of values in WebAssembly', () => {
  it.each(STRETCH_CASES)('$name', (example) => expectParity(stretchKernel, example, wasm))
})
