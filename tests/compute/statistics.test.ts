import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { createStatistics, readStatistics, statisticsKernel } from '../../web/compute/kernels/statistics'
import { expectParity } from '../support/check-parity'
import { openTestWasm, referenceBackend } from '../support/kernel-backends'
import { STATISTICS_CASES } from './cases/statistics'

const wasm = await openTestWasm()

describe('statistics in WebAssembly', () => {
  it.each(STATISTICS_CASES)('$name', (example) => expectParity(statisticsKernel, example, wasm))

  it('gives count, extremes and median exactly', async () => {
    for (const { input } of STATISTICS_CASES) {
      const [expected, found] = [createStatistics(), createStatistics()]
      await referenceBackend.run(statisticsKernel, null, input(), expected, idleTask())
      await wasm.run(statisticsKernel, null, input(), found, idleTask())
      const exact = ({ values }: typeof found) => {
        const { count, minimum, maximum, median } = readStatistics({ values })
        return { count, minimum, maximum, median }
      }
      expect(exact(found)).toEqual(exact(expected))
    }
  })
})
