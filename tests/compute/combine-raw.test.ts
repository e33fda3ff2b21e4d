import { describe, it } from 'vitest'
import { combineRawKernel } from '../../web/compute/kernels/combine-raw'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { COMBINE_RAW_CASES } from './cases/combine-raw'

const wasm = await openTestWasm()

describe('combining stored 16-bit planes in WebAssembly', () => {
  it.each(COMBINE_RAW_CASES)('$name', (example) => expectParity(combineRawKernel, example, wasm))
})
