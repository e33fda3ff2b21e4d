import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { effectiveFacts, type ExposureRecord } from '../../web/core/frame'
import type { WorkOrderReport } from '../../web/core/work-order'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { settleSubtracted } from '../../web/pipeline/settle-subtracted'
import { median } from '../../web/science/math/median'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { loadFolder } from '../support/load-folder'
import { createMemoryPixels } from '../support/memory-pixels'
import { openTestCompute, runInProcess } from '../support/run-in-process'
import { requireShared } from '../support/shared-data'

const folder = requireShared('data/longslit_st402/raw')
const shortName = (name: string): string => name.replace(/\.0+(\d)(\.DARK)?\.FIT$/, '.$1')

describe.skipIf(folder === null)('a long-slit night, part of it dark-subtracted in the camera', () => {
  let workspace: Workspace
  let report: WorkOrderReport
  let exposures: readonly ExposureRecord[]
  const find = (name: string) => exposures.find((each) => shortName(each.name) === name)!

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'longslit', pixels: createMemoryPixels() })
    await loadFolder(workspace, join(folder ?? ''))
    exposures = settleSubtracted(await workspace.exposures.list())
    report = await runInProcess(workspace, { request: 'calibrate_file_batch' })
  }, 120_000)

  it('finds them all: five by their headers, four more by their pixels alone', () => {
    const found = exposures.filter((exposure) => effectiveFacts(exposure).subtracted === 'dark')
    const by = (source: string) =>
      found.filter(({ sources }) => sources.subtracted === source).map(({ name }) => shortName(name))
    expect(by('header').toSorted()).toEqual([
      'L2-arc-hg-10.0',
      'L2-arc-neon.0',
      'L2-flat-red-180.0',
      'L2-star-hg-10.0',
      'L2-star-neon-40.0',
    ])
    expect(by('pixels').toSorted()).toEqual([1, 2, 3, 4].map((number) => `L2-flat-red-180.${number}`))
    expect(found.every((exposure) => effectiveFacts(exposure).pedestal === 100)).toBe(true)
  })

  it('takes off a star frame its pedestal alone, and off the science frames the dark that holds the bias', async () => {
    expect(report.failures).toEqual([])
    const reduced = await workspace.reduced.list()
    const of = (name: string) => reduced.find(({ exposure }) => exposure === find(name).id)!
    const star = of('L2-star-hg-10.0')
    expect(star.choices.slice(0, 2).map(({ reason }) => reason)).toEqual([
      'already-subtracted',
      'already-subtracted',
    ])
    expect(star.calibration).toMatchObject({ bias: null, dark: null, pedestal: 100 })
    const science = of('L2-sci-hg-240.0')
    expect(science.choices.map(({ reason }) => reason)).toEqual(['none-taken', 'closest-in-time', 'exact'])
    expect(science.calibration).not.toHaveProperty('pedestal')
    expect(report.result['missing']).toEqual({
      bias: { 'already-subtracted': 2, 'none-taken': 10 },
      dark: { 'already-subtracted': 2 },
    })

    const compute = await openTestCompute()
    const frames = createFrameSource(workspace, compute)
    const plain = { ...star, calibration: { ...star.calibration, flat: null } }
    const { image, saturation } = await compute.inTurn(() => frames.calibrated(plain))
    const raw = await compute.inTurn(() => frames.raw(find('L2-star-hg-10.0')))
    expect([...image.data.subarray(0, 999)]).toEqual(
      [...raw.data.subarray(0, 999)].map((value) => value - 100),
    )
    expect(saturation).toBe(65_535 - 100)
  })

  it('makes the red flat of frames without their pedestal, as a slow twin does', async () => {
    const masters = await workspace.masters.list()
    const red = masters.find((master) => master.frames.includes(find('L2-flat-red-180.1').id))!
    expect(red.frames).toHaveLength(5)
    expect(red.warnings.join(' ')).not.toContain('No bias')
    const compute = await openTestCompute()
    const frames = createFrameSource(workspace, compute)
    const stored = await frames.stored(red, 0)
    const planes: Float64Array[] = []
    for (const id of red.frames) {
      const { data } = await compute.inTurn(() => frames.raw(exposures.find((each) => each.id === id)!))
      const lowered = Float64Array.from(data, (value) => value - 100)
      const middle = median(lowered)
      planes.push(lowered.map((value) => value / middle))
    }
    const mean = planes[0]!.map((_, at) => planes.reduce((sum, plane) => sum + plane[at]!, 0) / planes.length)
    const middle = median(mean)
    // Clipping leaves out some values, so pixels agree but for their noise; a pedestal left in would raise the dark edge by a third.
    const ratios = Float64Array.from(stored.data, (value, at) => (value * middle) / mean[at]!)
    expect(median(ratios)).toBeCloseTo(1, 3)
    const edge = ratios.filter((_, at) => mean[at]! / middle < 0.1)
    expect(edge.length).toBeGreaterThan(1000)
    expect(Math.abs(median(edge) - 1)).toBeLessThan(0.005)
  })
})
