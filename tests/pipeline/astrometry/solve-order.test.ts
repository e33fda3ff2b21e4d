import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PlateSolutionRecord } from '../../../web/core/plate-solution'
import type { WorkOrderReport } from '../../../web/core/work-order'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'
import { arcsecondsBetween } from '../../support/simulate-sky-field'

const open = (name: string): Promise<Workspace> => openWorkspace({ name, pixels: createMemoryPixels() })

const solutionsOf = async (
  workspace: Workspace,
  report: WorkOrderReport,
): Promise<Map<string, PlateSolutionRecord>> => {
  const names = new Map((await workspace.exposures.list()).map(({ id, name }) => [id, name]))
  const solutions = await workspace.plateSolutions.listBy('order', report.id)
  return new Map(solutions.map((solution) => [names.get(solution.exposure) ?? '', solution]))
}

const hatp32 = requireShared('hatp32_transit')

test.skipIf(hatp32 === null)(
  'raw frames of HAT-P-32 from their headers alone, each helped by the others',
  async () => {
    const workspace = await open('solve-hatp32')
    const night = (await import('node:fs')).readdirSync(join(hatp32!, 'HatP32Dec202017')).sort()
    const some = new Set([0, 35, 71, 106, 141].map((index) => night[index]))
    await loadFolder(workspace, join(hatp32!, 'HatP32Dec202017'), (name) => some.has(name))
    const report = await runInProcess(workspace, { request: 'solve' })
    expect(report).toMatchObject({ status: 'done', failures: [] })
    const { solved } = report.result as { solved: Record<string, unknown>[] }
    expect(solved).toHaveLength(5)
    for (const place of solved) {
      expect(Math.abs((place['scale'] as number) - 5.168)).toBeLessThan(0.005)
      expect(place['rms']).toBeLessThan(1.5)
      expect(place['matched']).toBeGreaterThan(30)
    }
    const [first] = solved
    expect(arcsecondsBetween(first!['crval'] as [number, number], [31.2486, 46.7409])).toBeLessThan(3)
    const solutions = [...(await solutionsOf(workspace, report)).values()]
    console.log(
      solutions.map((s) => [
        s.hints.source,
        s.seconds,
        s.attempts,
        s.neighbour,
        s.rmsArcseconds,
        s.scale,
        s.sipOrder,
        s.matched.x.length,
        s.catalogue.epoch,
      ]),
    )
    expect(solutions[0]?.catalogue.files.length).toBeGreaterThan(0)
    workspace.close()
  },
  60_000,
)
