import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { combineKernel } from '../../web/compute/kernels/combine'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { COMBINE_CASES } from './cases/combine'

const wasm = await openTestWasm()

describe('combine in WebAssembly', () => {
  it.each(COMBINE_CASES)('$name', (example) => expectParity(combineKernel, example, wasm))

  const medians = COMBINE_CASES.filter(({ params }) => params.combine.method === 'median')
  it(`gives medians and counts bit for bit, in ${medians.length} cases`, async () => {
    for (const { params, input, output } of medians) {
      const [expected, found] = [output(), output()]
      await referenceBackend.run(combineKernel, params, input(), expected, idleTask())
      await wasm.run(combineKernel, params, input(), found, idleTask())
      expect(found.data).toEqual(expected.data)
      expect(found.count).toEqual(expected.count)
    }
  })

  it('takes planes where they lie in lent memory', async () => {
    const example = COMBINE_CASES.find(({ name }) =>
      name.startsWith('20 planes, mean, rejection sigma-clip'),
    )!
    const given = example.input()
    await wasm.arena.scope(async () => {
      const planes = wasm.arena.planes(given.planes.length, 37)
      for (const [row, plane] of planes.entries()) plane.set(given.planes[row]!)
      const lent = { ...example, input: () => ({ planes }) }
      await expectParity(combineKernel, lent, wasm)
    })
    expect(wasm.arena.used).toBeLessThan(64 * 1024)
  })
})
