import { describe, it } from 'vitest'
import { histogramKernel } from '../../web/compute/kernels/histogram'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { HISTOGRAM_CASES } from './cases/histogram'

const wasm = await openTestWasm()

describe('counting into bins in WebAssembly', () => {
  it.each(HISTOGRAM_CASES)('$name', (example) => expectParity(histogramKernel, example, wasm))
})
