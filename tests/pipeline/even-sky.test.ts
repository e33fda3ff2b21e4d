import 'fake-indexeddb/auto'
import { describe, expect, it } from 'vitest'
import type { MasterRecord } from '../../web/core/master'
import { idleTask } from '../../web/core/task'
import { planProject } from '../../web/ingest/project/plan-project'
import { createFrameSource } from '../../web/pipeline/create-frame-source'
import { readFramePixels } from '../../web/pipeline/inspect/frame-pixels'
import { createRandom } from '../../web/science/math/random'
import { robustDeviation } from '../../web/science/math/statistics'
import { checkWorkspace } from '../../web/storage/check-workspace'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { makeExposure } from '../support/make-exposure'
import { createMemoryPixels } from '../support/memory-pixels'
import { openTestCompute, runInProcess } from '../support/run-in-process'

const WIDTH = 200
const HEIGHT = 160
const FRAMES = 12
const GAIN = 1.4

/** Waves in the chip: 4 % of the sky, always in the same place. */
const fringeAt = (x: number, y: number): number => 0.04 * Math.sin(x / 4 + 2 * Math.sin(y / 23))
/** A lamp, or the moon, from another side in each frame. */
const gradientAt = (x: number, y: number, frame: number): number =>
  0.15 * Math.cos(frame) * (x / WIDTH - 0.5) + 0.15 * Math.sin(frame) * (y / HEIGHT - 0.5)

const fill = async (workspace: Workspace): Promise<void> => {
  for (let frame = 0; frame < FRAMES; frame++) {
    const random = createRandom(`fringed sky ${frame}`)
    const sky = 5000 + 400 * frame
    const stars = Array.from(
      { length: 15 },
      () => [WIDTH * random.uniform(), HEIGHT * random.uniform()] as const,
    )
    const exposure = makeExposure({ gain: GAIN, readNoise: 4 }, { width: WIDTH, height: HEIGHT })
    const bytes = new Uint8Array(2880 + 2 * WIDTH * HEIGHT)
    const view = new DataView(bytes.buffer)
    for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
      const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)]
      const light = stars.reduce(
        (sum, [i, j]) => sum + 20_000 * Math.exp(-((x - i) ** 2 + (y - j) ** 2) / 5),
        sky * (1 + fringeAt(x, y) + gradientAt(x, y, frame)),
      )
      const adu = Math.round((random.poisson(light) + 4 * random.normal()) / GAIN)
      view.setInt16(2880 + 2 * pixel, Math.min(65_535, adu) - 32_768)
    }
    await workspace.pixels.write(exposure.pixels.bytesId, bytes)
    await workspace.exposures.put(exposure)
  }
}

/** A map that a person brought along. */
const addMap = async (workspace: Workspace): Promise<void> => {
  const planes = new Float32Array(2 * WIDTH * HEIGHT)
  planes[5 * WIDTH + 7] = 1
  await workspace.pixels.write('bytes-map', new Uint8Array(planes.buffer))
  await workspace.masters.put({
    id: 'map',
    kind: 'master-bad-pixels',
    name: 'map.fits',
    order: '',
    group: { telescope: '', instrument: '', night: '', width: WIDTH, height: HEIGHT },
    frames: [],
    inputs: [],
    combine: null,
    bytesId: 'bytes-map',
    width: WIDTH,
    height: HEIGHT,
  } as unknown as MasterRecord)
}

const calibrate = async (name: string, parameters: Record<string, unknown>) => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  await fill(workspace)
  await addMap(workspace)
  const report = await runInProcess(workspace, { request: 'calibrate_file_batch', parameters })
  expect(report.failures).toEqual([])
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  const reduced = (await workspace.reduced.list()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const pulls = []
  for (const { id } of reduced) {
    const plane = (wanted: 'data' | 'uncertainty') =>
      compute.inTurn(() => readFramePixels(workspace, frames, { frame: id, plane: wanted }))
    const [data, uncertainty] = [await plane('data'), await plane('uncertainty')]
    const values = Array.from(data.data)
    const middle = values.toSorted((a, b) => a - b)[values.length >> 1]!
    pulls.push(robustDeviation(values.map((value, at) => (value - middle) / uncertainty.data[at]!)))
  }
  const masters = await workspace.masters.list()
  const steps = (await workspace.steps.list()).filter(({ name: step }) => step === 'fit-sky')
  const { faults } = await checkWorkspace(workspace, { running: new Set() }, idleTask())
  const project = await planProject(workspace)
  const kept = (await workspace.pixels.list())
    .map(({ id }) => id)
    .filter((id) => /^bytes-(?:sky|fixed)-/.test(id))
  workspace.close()
  return { pulls, masters, reduced, steps, faults, project, kept }
}

describe('a sky with fringes and a gradient (seeds fringed sky)', () => {
  it('is as even afterwards as its photons allow, in every frame', async () => {
    const before = await calibrate('sky-before', {})
    expect(Math.min(...before.pulls)).toBeGreaterThan(2)
    const after = await calibrate('sky-after', {
      fringe: 'lights',
      gradient: { degree: 1 },
      badPixels: 'interpolate',
      masters: { 'bad-pixels': 'map' },
    })
    console.info(
      `scatter in errors: ${before.pulls.map((pull) => pull.toFixed(2)).join(' ')} -> ${after.pulls.map((pull) => pull.toFixed(2)).join(' ')}`,
    )
    // Stars are in the scatter, and the map of a dozen frames has noise of its own.
    expect(Math.max(...after.pulls)).toBeLessThan(1.35)
    // What was fitted is a part of the workspace: nothing is left over, nothing missing, and it travels.
    expect(after.faults.filter(({ code }) => code !== 'header-missing')).toEqual([])
    expect(after.kept).toHaveLength(2 * FRAMES)
    expect(after.project.missing).toEqual([])
    for (const id of after.kept) expect(JSON.stringify(after.project.files)).toContain(id)
    const map = after.masters.find(({ kind }) => kind === 'master-fringe')
    expect(map?.frames).toHaveLength(FRAMES)
    expect(after.reduced[0]?.inputs).toContain(map?.id)
    expect(after.reduced[0]?.choices.at(-1)).toMatchObject({
      kind: 'fringe',
      reason: 'exact',
      master: map?.id,
    })
    // The fringes are a part of the sky: their strength is the sky's level.
    const first = after.steps[0]?.result['fringeScale'] as number
    expect(first / (5000 / GAIN)).toBeGreaterThan(0.8)
    expect(first / (5000 / GAIN)).toBeLessThan(1.1)
  })

  it('is left alone by what has too few lights, and that is said', async () => {
    const workspace = await openWorkspace({ name: 'sky-few', pixels: createMemoryPixels() })
    const exposure = makeExposure({}, { width: WIDTH, height: HEIGHT })
    await workspace.pixels.write(exposure.pixels.bytesId, new Uint8Array(2880 + 2 * WIDTH * HEIGHT))
    await workspace.exposures.put(exposure)
    await runInProcess(workspace, { request: 'calibrate_file_batch', parameters: { fringe: 'lights' } })
    const [reduced] = await workspace.reduced.list()
    expect(reduced?.calibration.sky).toBeUndefined()
    expect(reduced?.choices.at(-1)).toMatchObject({
      kind: 'fringe',
      master: null,
      reason: 'none-taken',
      values: { frames: 1 },
    })
    workspace.close()
  })
})
