import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { idleTask } from '../../../web/core/task'
import { NotForThisBackend, type Kernel } from '../../../web/compute/kernel'
import { calibrateKernel } from '../../../web/compute/kernels/calibrate'
import { combineKernel } from '../../../web/compute/kernels/combine'
import { combineRawKernel } from '../../../web/compute/kernels/combine-raw'
import { convolveKernel } from '../../../web/compute/kernels/detection'
import { resampleKernel } from '../../../web/compute/kernels/resample'
import { expectParity, type KernelCase } from '../../support/check-parity'
import { CALIBRATE_CASES } from '../cases/calibrate'
import { COMBINE_CASES } from '../cases/combine'
import { COMBINE_RAW_CASES } from '../cases/combine-raw'
import { CONVOLVE_CASES } from '../cases/detection'
import { RESAMPLE_CASES } from '../cases/resample'
import { NO_ADAPTER, openTestGpu } from './open-test-gpu'

const whole = await openTestGpu()
/** Bindings so small that everything is cut into slices. */
const CUT_BYTES = 12_288
const cut = await openTestGpu({ bindingBytes: CUT_BYTES })

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
/** Ten thousand pixels from the origin, where single floats would put a value a thousandth of a pixel off. */
const FAR_CASES = RESAMPLE_CASES.flatMap((example): typeof RESAMPLE_CASES => {
  const { transform, source, target } = example.params
  const [right, down] = [9_840, 10_210]
  if (!Number.isFinite(transform.c)) return []
  const far = {
    ...transform,
    c: transform.c + right - transform.a * right - transform.b * down,
    f: transform.f + down - transform.d * right - transform.e * down,
  }
  const move = <Window extends { left: number; top: number }>(window: Window): Window => ({
    ...window,
    left: window.left + right,
    top: window.top + down,
  })
  const params = { ...example.params, transform: far, source: move(source), target: move(target) }
  const input = () => {
    const { data, map } = example.input()
    return { data, map: map?.map((value, index) => value + (index % 2 === 0 ? right : down)) }
  }
  return [{ ...example, name: `far away: ${example.name}`, params, input }]
})

checkTable(resampleKernel, RESAMPLE_CASES, { uncut: ({ name }) => /turned by 90/.test(name) })
checkTable(resampleKernel, FAR_CASES, { uncut: ({ name }) => /turned by 90/.test(name) })
checkTable(convolveKernel, CONVOLVE_CASES, {
  uncut: ({ params: { width, weights } }) => (2 * weights.length - 1) * width * 4 > CUT_BYTES,
})
