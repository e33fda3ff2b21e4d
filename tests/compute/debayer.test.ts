import { describe, it } from 'vitest'
import { debayerKernel } from '../../web/compute/kernels/debayer'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { DEBAYER_CASES } from './cases/debayer'

const wasm = await openTestWasm()

describe('colours from a mosaic in WebAssembly', () => {
  it.each(DEBAYER_CASES)('$name', (example) => expectParity(debayerKernel, example, wasm))
})
