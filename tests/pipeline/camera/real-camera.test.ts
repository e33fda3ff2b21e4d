import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CameraReportRecord } from '../../../web/core/camera-report'
import type { WorkOrderReport } from '../../../web/core/work-order'
import { findFault } from '../../../web/ingest/project/record-schemas'
import { decodeRecord, encodeRecord } from '../../../web/ingest/project/record-text'
import { gatherProvenance } from '../../../web/pipeline/provenance/gather-provenance'
import { queryTable } from '../../../web/storage/query'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { createInProcessRunner, runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'

interface Golden {
  readonly biasLevels: number[]
  readonly readNoise: [number, number]
  readonly points: { level: number; variance: number; varianceError: number }[]
  readonly gain: [number, number]
  readonly chiSquare: number
  readonly ramp: [number, number][]
  readonly darkCurrent: [number, number]
  readonly meanNoise: number
  readonly ratioMedian: number
  readonly ratioScatter: number
  readonly ratioFirstRow: number[]
}

const { stl1001 } = JSON.parse(readFileSync('tests/golden/detector/camera.json', 'utf8')) as {
  stl1001: Golden
}

const folder = requireShared('stl1001_ptc')

describe.skipIf(folder === null)('the characterisation of a real STL-1001E', () => {
  let workspace: Workspace
  let order: WorkOrderReport
  let report: CameraReportRecord

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'stl-camera', pixels: createMemoryPixels() })
    await loadFolder(workspace, folder ?? '')
    order = await runInProcess(workspace, {
      request: 'characterise_camera',
      parameters: { temperature: -5 },
    })
    const [stored] = await workspace.cameraReports.list()
    if (stored === undefined) throw new Error('no report was kept')
    report = stored
  }, 120_000)
  afterAll(() => workspace.close())

  it('agrees with numpy: read noise, curve, gain, dark current, noise of means, map of flats', () => {
    expect(order.failures).toEqual([])
    expect(order.status).toBe('done')
    expect(report.bias.frames.map(({ level }) => level)).toEqual(
      stl1001.biasLevels.map((level) => expect.closeTo(level, 3) as number),
    )
    expect(report.readNoise?.value).toBeCloseTo(stl1001.readNoise[0], 5)
    expect(report.readNoise?.error).toBeCloseTo(stl1001.readNoise[1], 6)
    for (const [index, point] of stl1001.points.entries()) {
      expect(report.transfer?.points[index]?.level).toBeCloseTo(point.level, 2)
      expect((report.transfer?.points[index]?.variance ?? 0) / point.variance).toBeCloseTo(1, 6)
    }
    expect(report.gain?.value).toBeCloseTo(stl1001.gain[0], 5)
    expect(report.gain?.error).toBeCloseTo(stl1001.gain[1], 6)
    expect(report.dark).toHaveLength(1)
    expect(report.dark[0]?.rate.value).toBeCloseTo(stl1001.darkCurrent[0], 3)
    expect(report.dark[0]?.rate.error).toBeCloseTo(stl1001.darkCurrent[1], 3)
    const bias = report.predictions.find(({ kind }) => kind === 'bias')
    expect(bias?.measured.value).toBeCloseTo(stl1001.meanNoise, 4)
    const [map] = report.flatMaps
    expect(map?.block).toBe(32)
    expect(map?.median).toBeCloseTo(stl1001.ratioMedian, 5)
    expect(map?.scatter).toBeCloseTo(stl1001.ratioScatter, 6)
    stl1001.ratioFirstRow.forEach((ratio, column) => expect(map?.ratio[column]).toBeCloseTo(ratio, 5))
  })

  it('gives what is known of this camera, as the scripting interface promises it', () => {
    const { gain, readNoise, darkCurrent, linearity, badPixels } = order.result as Record<
      string,
      { value: number; error: number; unit: string } | null
    >
    expect(Math.abs((gain?.value ?? 0) - 1.94)).toBeLessThan(0.1)
    expect(Math.abs((readNoise?.value ?? 0) - 13)).toBeLessThan(0.7)
    expect(Math.abs((darkCurrent?.value ?? 0) - 0.35)).toBeLessThan(0.03)
    expect([gain?.unit, readNoise?.unit, darkCurrent?.unit]).toEqual(['electron/adu', 'electron', 'adu/s'])
    expect(linearity).toBeNull()
    expect(badPixels).toMatchObject({ exposure: 300, pixels: 160_000 })
    expect(report.stated).toMatchObject({ gain: 2.06, gainFrom: 'header' })
    console.log(
      `gain ${gain?.value.toFixed(4)} +- ${gain?.error.toFixed(4)}, read noise ${readNoise?.value.toFixed(3)} +- ${readNoise?.error.toFixed(3)} e-, dark ${darkCurrent?.value.toFixed(4)} +- ${darkCurrent?.error.toFixed(4)} ADU/s`,
    )
    for (const { kind, predicted, measured, frames } of report.predictions)
      console.log(kind, frames.length, predicted.value.toFixed(3), measured.value.toFixed(3))
  })

  it('says that three flats are two pairs that share one, and what is missing', () => {
    expect(report.transfer?.points).toHaveLength(2)
    expect(report.transfer?.freedom).toBe(1)
    expect(report.flags).toContain('shared-frames')
    expect(report.missing).toEqual(['flat-levels', 'flat-exposures', 'dark-temperatures', 'flat-nights'])
  })

  it('predicts the noise of the means of darks and flats', () => {
    const flat = report.predictions.find(({ kind }) => kind === 'flat')
    expect(Math.abs((flat?.measured.value ?? 0) / (flat?.predicted.value ?? 1) - 1)).toBeLessThan(0.02)
  })

  it('is a row of a table, has its files behind it, and travels with a project', async () => {
    const [row] = await queryTable(workspace, 'cameras')
    expect(row).toMatchObject({ id: report.id, statedGain: 2.06, measuredGain: report.gain?.value })
    const graph = await gatherProvenance(workspace, report.id)
    expect(graph.nodes[0]).toMatchObject({
      kind: 'camera',
      step: { name: 'write-camera-report', version: 1 },
    })
    expect(graph.nodes.filter(({ kind }) => kind === 'file')).toHaveLength(14)
    const travelled = decodeRecord(encodeRecord(report))
    expect(travelled).toEqual(report)
    expect(findFault('camera_reports', travelled)).toBeNull()
    expect(findFault('camera_reports', { ...report, gain: 'two' })).toContain('gain')
  })

  it('tells how the bias wanders, and makes no drift by the hour of ten seconds', () => {
    expect(report.bias.drift).toBeNull()
    expect(report.bias.unrest).toBeCloseTo(0.2426, 3)
  })

  it('stops where it is told to, keeps the steps that had ended, and goes on from there', async () => {
    await workspace.cameraReports.delete(report.id)
    const controller = new AbortController()
    const runner = createInProcessRunner(workspace)
    let ended = 0
    const cancelled = runInProcess(
      workspace,
      { id: 'order-cancelled', request: 'characterise_camera', parameters: { temperature: -5 } },
      controller.signal,
      {
        ...runner,
        run: async (job, options) => {
          const outcome = await runner.run(job, options)
          if (++ended === 3) controller.abort()
          return outcome
        },
      },
    )
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
    expect((await workspace.orders.get('order-cancelled'))?.status).toBe('cancelled')
    const done = (await workspace.steps.listBy('order', 'order-cancelled')).filter(
      ({ state }) => state === 'done',
    )
    expect(done.length).toBeGreaterThan(1)
    expect(await workspace.cameraReports.count()).toBe(0)
    const resumed = await runInProcess(workspace, {
      request: 'resume_file_batch',
      parameters: { order: 'order-cancelled' },
    })
    expect(resumed.status).toBe('done')
    expect(resumed.result['report']).toBe(report.id)
    const attempts = new Map(resumed.steps.map(({ id, attempts: times }) => [id, times]))
    for (const { id } of done) expect(attempts.get(id)).toBe(1)
  }, 120_000)

  it('is the same record when it is made again, and goes on where it was stopped', async () => {
    const again = await runInProcess(workspace, {
      request: 'characterise_camera',
      parameters: { temperature: -5 },
    })
    expect(again.result['report']).toBe(report.id)
    expect(await workspace.cameraReports.count()).toBe(1)
    const [step] = (await workspace.steps.listBy('order', again.id)).filter(
      ({ name }) => name === 'write-camera-report',
    )
    if (step === undefined) throw new Error('no step')
    await workspace.steps.put({ ...step, state: 'failed', result: {}, outputs: [] })
    await workspace.cameraReports.delete(report.id)
    const resumed = await runInProcess(workspace, {
      request: 'resume_file_batch',
      parameters: { order: again.id },
    })
    expect(resumed.status).toBe('done')
    const {
      createdAt: _now,
      order: _again,
      ...made
    } = (await workspace.cameraReports.get(report.id)) ?? report
    const { createdAt: _then, order: _first, ...first } = report
    expect(made).toEqual(first)
  }, 120_000)
})
