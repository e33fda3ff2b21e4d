import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

const hatp32 = requireShared('hatp32_transit')

test.skipIf(hatp32 === null)(
  'all 142 raw frames of HAT-P-32 are solved from their headers, one after the other close to its neighbour',
  async () => {
    const workspace = await openWorkspace({ name: 'solve-night', pixels: createMemoryPixels() })
    await loadFolder(workspace, join(hatp32!, 'HatP32Dec202017'))
    const report = await runInProcess(workspace, { request: 'solve' })
    expect(report).toMatchObject({ status: 'done', failures: [] })
    const solutions = (await workspace.plateSolutions.list()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    expect(solutions).toHaveLength(142)
    expect(arcsecondsBetween(solutions[0]!.center, [31.2486, 46.7409])).toBeLessThan(3)
    expect(Math.abs(solutions[0]!.scale - 5.168)).toBeLessThan(0.005)
    const scales = solutions.map(({ scale }) => scale)
    const errors = solutions.map(({ rmsArcseconds }) => rmsArcseconds)
    const times = solutions.map(({ seconds }) => 1000 * seconds).sort((a, b) => a - b)
    console.log(
      `scale ${Math.min(...scales).toFixed(4)} to ${Math.max(...scales).toFixed(4)}, rms ${Math.min(...errors).toFixed(2)} to ${Math.max(...errors).toFixed(2)}", ` +
        `${times[71]!.toFixed(0)} ms in the middle, ${times.at(-1)!.toFixed(0)} at most; ` +
        JSON.stringify(
          Object.groupBy(solutions, ({ hints }) => hints.source),
          (_, value: unknown) => (Array.isArray(value) ? value.length : value),
        ),
    )
    for (const [at, { scale, rmsArcseconds, center, name }] of solutions.entries()) {
      // Few frames are a ten thousandth smaller than the first ones, as other stars are at the edges.
      expect(Math.abs(scale - 5.168), name).toBeLessThan(0.006)
      expect(rmsArcseconds, name).toBeLessThan(1.5)
      // The mount drifts slowly: a frame that lies elsewhere would be a wrong one.
      const before = solutions[at - 1]
      if (before !== undefined) expect(arcsecondsBetween(center, before.center), name).toBeLessThan(120)
    }
    workspace.close()
  },
  300_000,
)
