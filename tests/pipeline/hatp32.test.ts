import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LightCurveRecord } from '../../web/core/light-curve'
import type { WorkOrderReport } from '../../web/core/work-order'
import { idleTask } from '../../web/core/task'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { createLiveCurve } from '../../web/pipeline/inspect/live-curve'
import { measureTransitWindow } from '../../web/science/lightcurve/transit-window'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { loadFolder } from '../support/load-folder'
import { createMemoryPixels } from '../support/memory-pixels'
import { runInProcess, openTestCompute } from '../support/run-in-process'
import { requireShared } from '../support/shared-data'

const folder = requireShared('hatp32_transit')
/** Mid-transit of the night as EXOTIC fitted it, and the target's own position (its inits.json). */
const MID = 2458107.71406
const POSITION = { ra: 31.0416667, dec: 46.6897222 }
const TARGET = { x: 424, y: 286 }
const COMPARISONS = [
  { x: 465, y: 183 },
  { x: 512, y: 263 },
]

describe.skipIf(folder === null)('HAT-P-32, 142 raw frames of one night', () => {
  let workspace: Workspace
  let report: WorkOrderReport
  let curve: LightCurveRecord

  const measure = (record: LightCurveRecord) =>
    measureTransitWindow({
      time: record.columns.bjd_tdb_mid.map((time) => (time - MID) * 24),
      flux: record.columns.flux,
      mid: 0,
      halfInner: 1.2,
      halfOuter: 1.62,
      airmass: record.columns.airmass,
    })

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'hatp32', pixels: createMemoryPixels() })
    await loadFolder(workspace, join(folder ?? '', 'HatP32Dec202017'))
    report = await runInProcess(workspace, {
      request: 'reduce',
      parameters: {
        recipe: 'transit',
        target: TARGET,
        comparisons: COMPARISONS,
        position: POSITION,
        detrend: ['airmass'],
      },
    })
    const [first] = await workspace.lightcurves.list()
    if (first === undefined) throw new Error(`no light curve: ${JSON.stringify(report.failures.slice(0, 3))}`)
    curve = first
  }, 240_000)

  it('registers at least 140 of them, each within 0.3 px rms, through a drift of 270 px', () => {
    const matches = report.steps.filter((step) => step.name === 'match-frame' && step.state === 'done')
    expect(matches.length).toBeGreaterThanOrEqual(140)
    const rms = matches.map((step) => Number(step.result['rms']))
    expect(Math.max(...rms)).toBeLessThan(0.3)
    expect(Math.min(...matches.map((step) => Number(step.result['dx'])))).toBeLessThan(-250)
    console.log(
      `registered ${matches.length}, worst rms ${Math.max(...rms).toFixed(3)} px, ${report.seconds.toFixed(1)} s`,
    )
  })

  it('finds the target in every registered frame', () => {
    const found = curve.columns.flux.filter(Number.isFinite).length
    expect(found).toBe(curve.columns.frame.length)
  })

  it('gives the scatter and depth that the sum of photons allows', () => {
    const { rms, depth } = measure(curve)
    console.log(
      `given comparisons: rms ${(100 * rms).toFixed(3)} %, depth ${(100 * depth).toFixed(2)} %, radius ${curve.radius}`,
    )
    expect(rms).toBeLessThanOrEqual(0.006)
    expect(Math.abs(depth - 0.026)).toBeLessThanOrEqual(0.003)
  })

  it('measures the same when somebody drags: from stamps, at the stored radius, to the twelfth digit', async () => {
    const live = createLiveCurve(workspace, createFrameSource(workspace, await openTestCompute()))
    const request = {
      lightCurve: curve.id,
      target: curve.target,
      comparisons: curve.comparisons,
      radius: curve.radius,
      annulus: curve.annulus,
      detrend: curve.detrend,
    }
    const same = await live.measure(request, idleTask())
    // A whole frame is measured by kernels, a stamp by the reference: sums in another order.
    same.columns.flux.forEach((flux, point) =>
      expect(Math.abs(flux / curve.columns.flux[point]! - 1)).toBeLessThan(1e-12),
    )
    const began = performance.now()
    const wider = await live.measure({ ...request, radius: curve.radius + 1.5 }, idleTask())
    console.log(`a drag is measured in ${(performance.now() - began).toFixed(0)} ms (142 frames, 3 stars)`)
    expect(wider.radius).toBe(curve.radius + 1.5)
    expect(wider.columns.flux).not.toEqual(curve.columns.flux)
  })

  it('proposes comparisons that do no worse than 0.65 %', async () => {
    const auto = await runInProcess(workspace, {
      request: 'light_curve',
      parameters: { target: TARGET, comparisons: 'auto', position: POSITION, detrend: ['airmass'] },
    })
    const proposed = (await workspace.lightcurves.list()).find((record) => record.order === auto.id)
    if (proposed === undefined) throw new Error('no light curve')
    const { rms, depth } = measure(proposed)
    console.log(
      `proposed: ${proposed.comparisons.map((star) => star.name).join(' ')}, rms ${(100 * rms).toFixed(3)} %, depth ${(100 * depth).toFixed(2)} %, radius ${proposed.radius}`,
    )
    expect(rms).toBeLessThanOrEqual(0.0065)
    expect(Math.abs(depth - 0.026)).toBeLessThanOrEqual(0.003)
  }, 120_000)

  it('stamps mid-exposure in BJD_TDB as EXOTIC does, to 0.5 s', () => {
    const text = readFileSync(join(folder ?? '', 'reference/sampledata.json'), 'utf8')
    const { time } = JSON.parse(text) as { time: number[] }
    const ours = [...curve.columns.bjd_tdb_mid]
    const apart = time.map((theirs) => Math.min(...ours.map((own) => Math.abs(own - theirs))) * 86_400)
    console.log(`time: worst difference ${Math.max(...apart).toFixed(3)} s over ${time.length} points`)
    expect(Math.max(...apart)).toBeLessThan(0.5)
  })
})
