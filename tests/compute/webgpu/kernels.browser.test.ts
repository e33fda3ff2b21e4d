import { describe, it } from 'vitest'
import type { Kernel } from '../../../web/compute/kernel'
import { calibrateKernel } from '../../../web/compute/kernels/calibrate'
import { expectParity, type KernelCase } from '../../support/check-parity'
import { CALIBRATE_CASES } from '../cases/calibrate'
import { NO_ADAPTER, openTestGpu } from './open-test-gpu'

/** As the device gives its buffers, and with bindings so small that everything is cut into slices. */
const gpus = [
  { buffers: 'whole', gpu: await openTestGpu() },
  { buffers: 'cut into slices of 4 kB', gpu: await openTestGpu({ bindingBytes: 4096 }) },
]

const checkTable = <Params, Input, Output>(
  kernel: Kernel<Params, Input, Output>,
  cases: readonly KernelCase<Params, Input, Output>[],
): void => {
  describe.each(gpus)(`${kernel.name} in WGSL, buffers $buffers`, ({ gpu }) => {
    it.for(cases)('$name', async (example, { skip }) => {
      if (gpu === null) skip(NO_ADAPTER)
      else await expectParity(kernel, example, gpu)
    })
  })
}

checkTable(calibrateKernel, CALIBRATE_CASES)
