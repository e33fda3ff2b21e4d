import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { mapToOriginal } from '../../web/core/reduced'
import { idleTask } from '../../web/core/task'
import { applyTransform, composeTransforms, invertTransform } from '../../web/core/transform'
import type { WorkOrderReport } from '../../web/core/work-order'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { createInspector } from '../../web/pipeline/inspect'
import { readImageHeader } from '../support/read-image-header'
import { median } from '../../web/science/math/median'
import type { SimulatedNight } from '../../web/science/simulator'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { makeBayerNight } from '../support/bayer-night'
import { expectStarFlux } from '../support/expect-star-flux'
import { createMemoryPixels } from '../support/memory-pixels'
import { openTestCompute, runInProcess } from '../support/run-in-process'

/** Pixels of the half-size frames. */
const [RADIUS, INNER, OUTER] = [4, 9, 14]

describe('a night through a mosaic of filters, measured in green (seed transit night)', () => {
  let workspace: Workspace
  let night: SimulatedNight
  let report: WorkOrderReport
  let target: { x: number; y: number }

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'colour-night', pixels: createMemoryPixels() })
    const made = makeBayerNight('GBRG', { counts: { bias: 8, dark: 6, flat: 8, light: 6 } })
    night = made.night
    for (const { name, bytes } of made.files) {
      const input = { path: name, blob: new Blob([bytes]), batch: 'night' }
      const { rejected } = await ingestInput(input, createStorageSink(workspace), idleTask())
      if (rejected.length > 0) throw new Error(JSON.stringify(rejected))
    }
    const truth = night.truth()
    const star = { x: truth.lights[0]?.x[truth.target] ?? 0, y: truth.lights[0]?.y[truth.target] ?? 0 }
    const channel = { name: 'green', places: [] } as const
    target = applyTransform(invertTransform(mapToOriginal({ channel })), star)
    report = await runInProcess(workspace, {
      request: 'light_curve',
      parameters: {
        target,
        channel: 'green',
        units: 'electron',
        radii: [RADIUS],
        radius: RADIUS,
        annulus: [INNER, OUTER],
        maximumStars: 300,
      },
    })
  }, 240_000)

  it('goes through to a light curve in electrons, with its target where it was clicked', async () => {
    expect(report.failures).toEqual([])
    const [curve] = await workspace.lightcurves.list()
    expect(curve?.unit).toBe('electron')
    expect(curve?.columns.frame).toHaveLength(6)
    expect(Math.hypot((curve?.target.x ?? 0) - target.x, (curve?.target.y ?? 0) - target.y)).toBeLessThan(0.3)
    expect(curve?.rms).toBeLessThan(2 * (curve?.expectedRms ?? 0))
  })

  it('counts the electrons of both greens, and states their errors', async () => {
    const [table] = await workspace.photometryTables.list()
    if (table === undefined) throw new Error('no table')
    const { gain, readNoise } = night.recipe.camera
    // Calibrated pixels are electrons; one is the mean of two.
    expect(table).toMatchObject({ unit: 'electron', gain: 2 })
    expect(table.readNoise).toBeCloseTo(Math.SQRT2 * readNoise, 6)
    expect(gain).not.toBe(1)
    const response = median(night.detector.response)
    const reduced = new Map((await workspace.reduced.list()).map((record) => [record.id, record]))
    const exposures = new Map((await workspace.exposures.list()).map((record) => [record.id, record]))
    const deviations: number[] = []
    const ratios: number[] = []
    for (const frame of await workspace.photometryFrames.list()) {
      const name = exposures.get(frame.exposure)?.name ?? ''
      const truth = Array.from({ length: 6 }, (_, number) => night.lightTruth(number)).find((light) =>
        name.endsWith(light.name.split('/').at(-1) ?? '?'),
      )
      const record = reduced.get(frame.frame)
      if (truth === undefined || record?.registration == null) throw new Error(`no truth of ${name}`)
      const toCamera = composeTransforms(mapToOriginal(record.calibration), record.registration.transform)
      table.stars.forEach((star, index) => {
        const aperture = { radius: 2 * RADIUS, annulus: [2 * INNER, 2 * OUTER] as const, response }
        const whole = expectStarFlux(truth, applyTransform(toCamera, star), aperture)
        const [flux = NaN, error = NaN] = [frame.flux[index], frame.error[index]]
        if (whole === null || (frame.flags[index] ?? 0) !== 0) return
        deviations.push((flux - whole / 2) / error)
        if (whole > 100_000) ratios.push((2 * flux) / whole)
      })
    }
    const chiSquare = deviations.reduce((sum, value) => sum + value * value, 0) / deviations.length
    console.log(
      `${deviations.length} points: reduced chi-square ${chiSquare.toFixed(3)}, bright stars ${median(Float64Array.from(ratios)).toFixed(4)} of the truth`,
    )
    expect(ratios.length).toBeGreaterThan(50)
    expect(Math.abs(median(Float64Array.from(ratios)) - 1)).toBeLessThan(0.004)
    expect(chiSquare).toBeGreaterThan(0.7)
    expect(chiSquare).toBeLessThan(1.4)
  })

  it('finds widths in pixels of its own, half as many as the camera has', async () => {
    const lists = await workspace.sources.list()
    for (const list of lists) {
      const exposure = exposures(await workspace.exposures.list(), list.exposure)
      const truth = Array.from({ length: 6 }, (_, number) => night.lightTruth(number)).find((light) =>
        exposure.endsWith(light.name.split('/').at(-1) ?? '?'),
      )
      const expected = (truth?.conditions.fwhm ?? 0) / 2
      // A cell of two by two pixels is wide itself.
      expect(list.quality.fwhm ?? 0).toBeGreaterThan(0.95 * expected)
      expect(list.quality.fwhm ?? 0).toBeLessThan(1.35 * expected)
    }
  })

  it('a frame of one colour that goes out is no mosaic for others, and its pixels are twice as large', async () => {
    const inspector = createInspector(workspace, await openTestCompute())
    const frame = (await workspace.reduced.list()).find(({ stage }) => stage === 'calibrated')
    for (const each of [
      frame,
      ...(await workspace.reduced.list()).filter(({ stage }) => stage === 'registered').slice(0, 1),
    ]) {
      const header = readImageHeader(await inspector.exportFits(each?.id ?? ''))
      expect(header('NAXIS1')).toBe(450)
      expect(header('BAYERPAT')).toBeUndefined()
      expect(header('XPIXSZ')).toBe(2 * night.recipe.camera.pixelSize)
    }
  })
})

const exposures = (list: readonly { id: string; name: string }[], id: string): string =>
  list.find((exposure) => exposure.id === id)?.name ?? ''
