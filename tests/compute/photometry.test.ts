import { describe, it } from 'vitest'
import { aperturesKernel } from '../../web/compute/kernels/apertures'
import { skyAnnuliKernel } from '../../web/compute/kernels/sky-annuli'
import { expectParity } from '../support/check-parity'
import { openTestWasm } from '../support/kernel-backends'
import { APERTURE_CASES, SKY_CASES } from './cases/photometry'

const wasm = await openTestWasm()

describe('what photometry is made of, in WebAssembly', () => {
  it.each(APERTURE_CASES)('sums apertures: $name', (example) => expectParity(aperturesKernel, example, wasm))
  it.each(SKY_CASES)('finds skies: $name', (example) => expectParity(skyAnnuliKernel, example, wasm))
})
