import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { idleTask } from '../../../web/core/task'
import { NotForThisBackend, type Kernel } from '../../../web/compute/kernel'
import { calibrateKernel } from '../../../web/compute/kernels/calibrate'
import { combineKernel } from '../../../web/compute/kernels/combine'
import { combineRawKernel } from '../../../web/compute/kernels/combine-raw'
import { resampleKernel } from '../../../web/compute/kernels/resample'
import { expectParity, type KernelCase } from '../../support/check-parity'
import { CALIBRATE_CASES } from '../cases/calibrate'
import { COMBINE_CASES } from '../cases/combine'
import { COMBINE_RAW_CASES } from '../cases/combine-raw'
import { RESAMPLE_CASES } from '../cases/resample'
import { NO_ADAPTER, openTestGpu } from './open-test-gpu'

const whole = await openTestGpu()
/** Bindings so small that everything is cut into slices. */
const cut = await openTestGpu({ bindingBytes: 12_288 })

interface Exceptions<Params, Input, Output> {
  /** Which cases a card leaves to others; it must then say so, and do all the rest. */
  readonly unsupported?: (example: KernelCase<Params, Input, Output>) => boolean
  /** Cases that cannot be cut so small. */
  readonly uncut?: (example: KernelCase<Params, Input, Output>) => boolean
}

/** Runs the kernel's one table of cases on the card. */
const checkTable = <Params, Input, Output extends { readonly data: Float32Array }>(
  kernel: Kernel<Params, Input, Output>,
  cases: readonly KernelCase<Params, Input, Output>[],
  { unsupported = () => false, uncut = () => false }: Exceptions<Params, Input, Output> = {},
): void => {
  const done = cases.filter((example) => !unsupported(example))
  const left = cases.filter(unsupported)
  describe(`${kernel.name} in WGSL`, () => {
    it.for(done)('$name', async (example, { skip }) => {
      if (whole === null) skip(NO_ADAPTER)
      else await expectParity(kernel, example, whole)
    })

    it.for(done.filter((example) => example.output().data.length >= 1000 && !uncut(example)))(
      '$name, in slices',
      async (example, { skip }) => {
        if (cut === null) skip(NO_ADAPTER)
        else await expectParity(kernel, example, cut)
      },
    )

    if (left.length === 0) return
    it(`leaves ${left.length} cases to others`, async ({ skip }) => {
      if (whole === null) {
        skip(NO_ADAPTER)
        return
      }
      for (const { params, input, output } of left) {
        const running = whole.run(kernel, params, input(), output(), idleTask())
        await expect(running).rejects.toBeInstanceOf(NotForThisBackend)
      }
    })
  })
}

checkTable(calibrateKernel, CALIBRATE_CASES)
/** More than a card sorts. */
const isTooMuch = ({ method, rejection }: Combine, frames: number): boolean =>
  (method === 'median' || rejection !== 'none') && frames > 64

checkTable(combineKernel, COMBINE_CASES, {
  unsupported: ({ params, input }) => isTooMuch(params.combine, input().planes.length),
})
checkTable(combineRawKernel, COMBINE_RAW_CASES, {
  unsupported: ({ params, input }) => isTooMuch(params.combine, input().planes.length),
})
checkTable(resampleKernel, RESAMPLE_CASES, { uncut: ({ name }) => /turned by 90/.test(name) })
