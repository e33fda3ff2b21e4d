import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { calibrateKernel } from '../../web/compute/kernels/calibrate'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { CALIBRATE_CASES } from './cases/calibrate'

const wasm = await openTestWasm()

describe('calibrate in WebAssembly', () => {
  it.each(CALIBRATE_CASES)('$name', (example) => expectParity(calibrateKernel, example, wasm))

  // The tolerance of the kernel is that of 65535 ADU; an uncertainty has no large number on its way.
  it.each(CALIBRATE_CASES)(
    '$name: uncertainties agree to 2e-6 of themselves',
    async ({ params, input, output }) => {
      const [expected, found] = [output(), output()]
      const pixels = input()
      await referenceBackend.run(calibrateKernel, params, pixels, expected, idleTask())
      await wasm.run(calibrateKernel, params, pixels, found, idleTask())
      let worst = 0
      expected.uncertainty?.forEach((error, i) => {
        if (!Number.isNaN(error)) worst = Math.max(worst, Math.abs(found.uncertainty![i]! / error - 1))
      })
      expect(worst).toBeLessThan(2e-6)
    },
  )
})
