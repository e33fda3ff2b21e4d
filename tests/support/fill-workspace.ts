import { readFileSync } from 'node:fs'
import type { ExposureRecord } from '../../web/core/frame'
import { idleTask } from '../../web/core/task'
import { ingestInput } from '../../web/ingest/ingest-files'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { writeFitsImage } from '../../web/science/fits'
import { simulateNight, transitNight, type CatalogueStar } from '../../web/science/simulator'
import { STORE_NAMES } from '../../web/storage/schema'
import type { Workspace } from '../../web/storage/workspace'
import { runInProcess } from './run-in-process'
import { sampleSolution } from './sample-solution'

/** A small simulated night, taken in and reduced to a light curve and a stack, and a record in each of the other stores. */
export const fillWorkspace = async (workspace: Workspace): Promise<void> => {
  const { stars } = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
    stars: CatalogueStar[]
  }
  const night = simulateNight(
    transitNight(stars, {
      width: 420,
      height: 380,
      counts: { bias: 3, dark: 3, flat: 3, light: 5 },
      trailAt: null,
    }),
  )
  const sink = createStorageSink(workspace)
  for (let index = 0; index < night.frameCount; index++) {
    const frame = night.render(index)
    const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
    // Two nights of the same names, and a name that not every disk takes.
    const path = index === 0 ? 'first/CON: bias?.fits' : `first/${frame.name}`
    const { rejected } = await ingestInput(
      { path, blob: new Blob([bytes]), batch: 'night' },
      sink,
      idleTask(),
    )
    if (rejected.length > 0) throw new Error(JSON.stringify(rejected))
  }
  const truth = night.truth()
  const light = truth.lights[0]
  const target = { x: light?.x[truth.target] ?? 0, y: light?.y[truth.target] ?? 0 }
  const curve = await runInProcess(workspace, {
    request: 'light_curve',
    parameters: { target, position: { ra: 31.0428, dec: 46.6878 }, cosmicRays: 'lacosmic' },
  })
  const stack = await runInProcess(workspace, { request: 'stack' })
  const [frame] = stack.frames.filter(({ kind }) => kind === 'stack')
  const picture = await runInProcess(workspace, {
    request: 'colour_composite',
    parameters: { red: frame?.id, blue: frame?.id, luminance: frame?.id },
  })
  const camera = await runInProcess(workspace, { request: 'characterise_camera' })
  for (const report of [curve, stack, picture, camera])
    if (report.status !== 'done') throw new Error(JSON.stringify(report.failures))
  const [first] = await workspace.exposures.list()
  if (first === undefined) throw new Error('no frame')
  await addTheRest(workspace, first)
}

const addTheRest = async (workspace: Workspace, first: ExposureRecord): Promise<void> => {
  await workspace.frameStatistics.put({
    id: first.id,
    version: 1,
    level: 1000,
    noise: 8.5,
    saturatedFraction: null,
    quality: { fwhm: null, elongation: null, starCount: 0, background: 1000, noise: 8.4 },
    createdAt: 1_770_000_000_000,
  })
  await workspace.plateSolutions.put(sampleSolution(first.id))
  await workspace.exposures.put({ ...first, corrections: { object: 'Stern α' } })
  const { bytesId, hdu } = first.pixels
  const [from, now] = [{ path: first.path, sha256: first.sha256, batch: first.batch }, 1_770_000_000_000]
  await workspace.fileTables.put({
    id: 'table-1',
    name: 'events',
    ...from,
    format: 'fits-binary',
    bytesId,
    hdu,
    title: null,
    rows: 2,
    columns: [{ name: 'X', type: 'float64', unit: null, shape: [] }],
    warnings: [],
    ingestedAt: now,
  })
  await workspace.targets.put({
    id: 'target-1',
    name: 'HAT-P-32',
    rightAscension: 31 as never,
    declination: null,
    note: 'ä',
    createdAt: now,
  })
  await workspace.projects.put({
    id: 'project-1',
    name: 'Praktikum',
    note: '',
    targets: ['target-1'],
    orders: [],
    createdAt: now,
  })
  await workspace.rowFlags.put({
    id: `exposures:${first.id}`,
    table: 'exposures',
    row: first.id,
    flags: ['bad'],
    note: '',
    createdAt: now,
  })
  await workspace.profiles.put({ id: 'my camera', profile: { $array: 'not one', gain: 1.5 }, createdAt: now })
  await workspace.settings.put({ id: 'favourite', value: { list: [NaN, -0, 1n], on: true } })
  await workspace.log.put({
    id: 'log-1',
    time: now,
    level: 'warning',
    order: null,
    step: null,
    message: 'Two\nlines',
    context: { frame: first.id },
  })
}

/** Every record of every store and every byte, for a comparison with another workspace. */
export const dumpWorkspace = async (workspace: Workspace) => {
  const stores: Record<string, unknown[]> = {}
  for (const name of STORE_NAMES) {
    const records = await workspace.records(name).list()
    // Where the pixels are kept is this browser's own choice.
    stores[name] = records.filter(({ id }) => id !== 'pixel-backend')
  }
  const bytes: Record<string, Uint8Array> = {}
  for (const { id } of await workspace.pixels.list()) bytes[id] = await workspace.pixels.read(id)
  return { stores, bytes }
}
