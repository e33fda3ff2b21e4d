import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { applyTransform } from '../../web/core/transform'
import type { WorkOrderReport } from '../../web/core/work-order'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { idleTask } from '../../web/core/task'
import { median } from '../../web/science/math/median'
import { writeFitsImage } from '../../web/science/fits'
import {
  simulateNight,
  transitNight,
  type CatalogueStar,
  type SimulatedNight,
} from '../../web/science/simulator'
import { expectStarFlux } from '../support/expect-star-flux'
import { checkHashes } from '../../web/storage/check-hashes'
import { checkWorkspace } from '../../web/storage/check-workspace'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'
import { runInProcess } from '../support/run-in-process'

const FIELD = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}
const LIGHTS = 10

describe('a simulated night of known truth (seed transit night)', () => {
  let workspace: Workspace
  let night: SimulatedNight
  let report: WorkOrderReport

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'simulated', pixels: createMemoryPixels() })
    night = simulateNight(
      transitNight(FIELD.stars, { counts: { bias: 12, dark: 10, flat: 12, light: LIGHTS }, trailAt: null }),
    )
    const sink = createStorageSink(workspace)
    for (let index = 0; index < night.frameCount; index++) {
      const frame = night.render(index)
      const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
      const { rejected } = await ingestInput(
        { path: frame.name, blob: new Blob([bytes]), batch: 'night' },
        sink,
        idleTask(),
      )
      if (rejected.length > 0) throw new Error(JSON.stringify(rejected))
    }
    report = await runInProcess(workspace, {
      request: 'photometry',
      parameters: { maximumStars: 800, threshold: 3.5, radii: [5], annulus: [12, 20] },
    })
  }, 240_000)

  it('leaves a workspace that does not contradict itself', async () => {
    const { faults, files, records } = await checkWorkspace(workspace, { running: new Set() }, idleTask())
    expect(faults).toEqual([])
    expect(files).toBeGreaterThan(night.frameCount)
    expect(records).toBeGreaterThan(2 * night.frameCount)
    expect(await checkHashes(workspace, idleTask())).toEqual([])
  })

  it('is sorted into bias, dark, flat and light, and every light finds its masters', async () => {
    expect(report.failures).toEqual([])
    const masters = await workspace.masters.list()
    expect(
      masters
        .map((master) => `${master.kind} ${master.frames.length}`)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['master-bias 12', 'master-dark 10', 'master-flat 12'])
    const [first] = await workspace.reduced.list()
    expect(first?.choices.map((choice) => choice.reason)).toEqual(['exact', 'exact', 'exact'])
  })

  it('measures 200 stars as bright as they are, within the errors that it states', async () => {
    const [table] = await workspace.photometryTables.list()
    if (table === undefined) throw new Error('no table')
    const frames = await workspace.photometryFrames.list()
    const response = median(night.detector.response)
    const truths = Array.from({ length: LIGHTS }, (_, number) => night.lightTruth(number))
    const reduced = new Map((await workspace.reduced.list()).map((record) => [record.id, record]))
    const exposures = new Map((await workspace.exposures.list()).map((record) => [record.id, record]))
    const deviations: number[] = []
    const stars = new Set<number>()
    for (const frame of frames) {
      const truth = truths.find(
        (light) => exposures.get(frame.exposure)?.name === light.name.split('/').at(-1),
      )
      const transform = reduced.get(frame.frame)?.registration?.transform
      if (truth === undefined || transform === undefined) throw new Error('a frame without truth')
      table.stars.forEach((star, index) => {
        const expected = expectStarFlux(truth, applyTransform(transform, star), {
          radius: 5,
          annulus: [12, 20],
          response,
        })
        const cell = index
        if (expected === null || (frame.flags[cell] ?? 0) !== 0) return
        stars.add(index)
        deviations.push(((frame.flux[cell] ?? NaN) - expected) / (frame.error[cell] ?? NaN))
      })
    }
    const chiSquare = deviations.reduce((sum, value) => sum + value * value, 0) / deviations.length
    const mean = deviations.reduce((sum, value) => sum + value, 0) / deviations.length
    console.log(
      `${stars.size} stars, ${deviations.length} points: reduced chi-square ${chiSquare.toFixed(3)}, mean deviation ${mean.toFixed(3)} sigma`,
    )
    expect(stars.size).toBeGreaterThanOrEqual(200)
    expect(chiSquare).toBeGreaterThan(0.8)
    expect(chiSquare).toBeLessThan(1.3)
  })
})
