import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MasterRecord } from '../../../web/core/master'
import { idleTask } from '../../../web/core/task'
import { measureMasters } from '../../../web/engine/measure-masters'
import { ingestInput } from '../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../web/ingest/storage-sink'
import { findTrends, type TrendQuantity } from '../../../web/pipeline/masters/find-trends'
import { measureQuality } from '../../../web/pipeline/masters/measure-quality'
import { openRoom, type StripRoom } from '../../../web/pipeline/strips/strip-room'
import type { Compute } from '../../../web/compute/create-compute'
import {
  chooseBlock,
  describePattern,
  takeBlockMedians,
} from '../../../web/science/detector/large-scale-pattern'
import { writeFitsImage } from '../../../web/science/fits'
import { median } from '../../../web/science/math/median'
import { simulateNight, transitNight, type SimulatedNight } from '../../../web/science/simulator'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../support/run-in-process'

const COUNTS = { bias: 6, dark: 6, flat: 6, light: 0 }
const { camera } = transitNight([])

/** Three nights of one camera: in the second its bias has risen by 14 ADU and it is twice as warm; in the third it has other dust and reads out noisier. */
const NIGHTS = [
  { date: '2025-10-21', seed: 'first', camera },
  {
    date: '2025-11-03',
    seed: 'first',
    camera: { ...camera, biasLevel: camera.biasLevel + 14, darkCurrent: 2.2 * camera.darkCurrent },
  },
  {
    date: '2025-11-20',
    seed: 'other dust',
    camera: { ...camera, biasLevel: camera.biasLevel + 14, readNoise: 12, hotPixels: 2 * camera.hotPixels },
  },
]

let workspace: Workspace
let compute: Compute
let room: StripRoom
const nights: SimulatedNight[] = []
let masters: MasterRecord[]

const of = (night: number, kind: MasterRecord['kind']): MasterRecord => {
  const date = NIGHTS[night]?.date ?? ''
  const found = masters.find((master) => master.kind === kind && master.group.night.startsWith(date))
  if (found?.quality === undefined) throw new Error(`no ${kind} of ${date}`)
  return found
}

const measureAll = () =>
  measureMasters(workspace, async (id) => {
    const master = await workspace.masters.get(id)
    if (master === undefined) throw new Error(id)
    return compute.inTurn(() => measureQuality(room, master))
  })

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'nights', pixels: createMemoryPixels() })
  compute = await openTestCompute()
  room = openRoom({ workspace, compute, task: idleTask() })
  const sink = createStorageSink(workspace)
  for (const { date, ...changes } of NIGHTS) {
    const night = simulateNight(
      transitNight([], {
        ...changes,
        counts: COUNTS,
        start: `${date}T19:40:00`,
        biasStart: `${date}T17:20:00`,
        flatStart: `${date}T18:52:00`,
        trailAt: null,
      }),
    )
    nights.push(night)
    for (let index = 0; index < night.frameCount; index++) {
      const frame = night.render(index)
      const bytes = writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })
      await ingestInput(
        { path: `${date}/${frame.name}`, blob: new Blob([bytes]), batch: date },
        sink,
        idleTask(),
      )
    }
  }
  const report = await runInProcess(workspace, { request: 'calibrate_file_batch' })
  if (report.failures.length > 0) throw new Error(JSON.stringify(report.failures))
  if ((await measureAll()) !== 9) throw new Error('not all nine masters were measured')
  masters = await workspace.masters.list()
}, 240_000)

afterAll(() => workspace.close())

describe('masters of three simulated nights (seeds first, other dust)', () => {
  it.each([0, 1, 2])('recover the read noise of night %i within its error', (night) => {
    const { quality } = of(night, 'master-bias')
    const truth = NIGHTS[night]?.camera.readNoise ?? NaN
    // Rounding to whole ADU adds 1/12 to the variance.
    const expected = Math.sqrt((truth / camera.gain) ** 2 + 1 / 12)
    const noise = quality?.noise
    expect(noise?.from).toBe('pairs')
    expect(Math.abs((noise?.value ?? 0) - expected)).toBeLessThan(4 * (noise?.error ?? 0))
    expect((noise?.error ?? 1) / expected).toBeLessThan(0.005)
    expect(quality?.gain).toBe(camera.gain)
  })

  it.each([0, 1, 2])('recover the dark current of the middle of the chip in night %i', (night) => {
    const made = nights[night]
    if (made === undefined) throw new Error('no night')
    const { width, height } = made.recipe
    const rates: number[] = []
    for (let y = (height - 256) / 2; y < (height + 256) / 2; y++)
      for (let x = (width - 256) / 2; x < (width + 256) / 2; x++)
        rates.push(made.detector.dark[y * width + x] ?? NaN)
    const truth = median(rates) / camera.gain
    const { darkCurrent, noise } = of(night, 'master-dark').quality ?? {}
    // The bias that was taken off has an error of its own, which a level does not show.
    const biasError = (noise?.value ?? 0) / Math.sqrt(6 * 65_536) / 60
    expect(Math.abs((darkCurrent?.value ?? 0) - truth)).toBeLessThan(
      4 * Math.hypot(darkCurrent?.error ?? 0, biasError) + 0.001,
    )
  })

  it.each([0, 1, 2])('count the pixels that are hot above the stated threshold in night %i', (night) => {
    const made = nights[night]
    const { hotPixels, level } = of(night, 'master-dark').quality ?? {}
    const limit = (level?.value ?? 0) + (hotPixels?.threshold ?? 0)
    // What the detector says, without noise: pixels near the threshold may fall to either side.
    const truth = made?.detector.dark.reduce(
      (count, rate) => count + (Math.min(rate * 60, 85_000) / camera.gain > limit ? 1 : 0),
      0,
    )
    expect(truth).toBeGreaterThan(200)
    expect(Math.abs((hotPixels?.count ?? 0) - (truth ?? 0))).toBeLessThan(0.06 * (truth ?? 0))
  })

  it.each([0, 1, 2])('find that the noise of night %i fell as the root of the number of frames', (night) => {
    for (const kind of ['master-bias', 'master-dark', 'master-flat'] as const) {
      const averaging = of(night, kind).quality?.averaging
      expect(averaging?.frames, kind).toBe(6)
      expect(Math.abs((averaging?.value ?? 0) / (averaging?.predicted ?? 1) - 1), kind).toBeLessThan(0.03)
    }
    const single = of(night, 'master-bias').quality?.noise?.value ?? NaN
    expect(of(night, 'master-bias').quality?.averaging?.predicted).toBeCloseTo(single / Math.sqrt(6), 1)
  })

  it('say by how much bias and dark differ from those of the night before', () => {
    const change = of(1, 'master-bias').quality?.change
    expect(change?.to).toBe(of(0, 'master-bias').id)
    expect(change?.median).toBeCloseTo(14, 0)
    expect(of(0, 'master-bias').quality?.change).toBeNull()
    expect(of(1, 'master-flat').quality?.change).toBeNull()
  })

  it('see the vignette of the flat, and of the bias the pattern that it was made with', () => {
    const { structure, level } = of(0, 'master-flat').quality ?? {}
    expect((structure?.range ?? 0) / (level?.value ?? 1)).toBeGreaterThan(0.03)
    const made = nights[0]
    if (made === undefined) throw new Error('no night')
    const { width, height } = made.recipe
    const block = chooseBlock(width, height)
    const medians = Array.from({ length: Math.floor(height / block) }, (_, row) =>
      takeBlockMedians(
        made.detector.bias.subarray(row * block * width, (row + 1) * block * width),
        width,
        block,
      ),
    )
    const truth = describePattern(medians.flat(), Math.floor(width / block), block)
    const found = of(0, 'master-bias').quality?.structure
    expect(Math.abs((found?.range ?? NaN) / (truth?.range ?? NaN) - 1)).toBeLessThan(0.05)
    expect(found?.brightest.y).toBeLessThan(0.1)
    expect(of(0, 'master-dark').quality?.coldPixels?.fraction).toBeLessThan(0.001)
  })

  it.each([0, 1, 2])('recover the gain from the flats of night %i within its error', (night) => {
    const gain = of(night, 'master-flat').quality?.measuredGain
    expect(Math.abs((gain?.value ?? 0) - camera.gain)).toBeLessThan(4 * (gain?.error ?? 0))
    expect(gain?.error).toBeLessThan(0.01)
  })

  it('compare a flat with the one before: the same dust, then other dust', () => {
    expect(of(0, 'master-flat').quality?.ratio).toBeNull()
    const [second, third] = [of(1, 'master-flat'), of(2, 'master-flat')]
    expect(second.quality?.ratio?.to).toBe(of(0, 'master-flat').id)
    expect(second.quality?.ratio?.median).toBeCloseTo(1, 3)
    expect(second.quality?.ratio?.scatter).toBeLessThan(0.005)
    expect(third.quality?.ratio?.to).toBe(second.id)
    expect(third.quality?.ratio?.scatter).toBeGreaterThan(0.01)
  })

  it('say what changed, since when and by how much, and nothing else', () => {
    const jumps = findTrends(masters).flatMap(({ quantity, points }) =>
      points.flatMap(({ night, jump }) =>
        jump === null
          ? []
          : [{ quantity, night: night.slice(0, 10), since: jump.since.slice(0, 10), by: jump.by }],
      ),
    )
    const found = new Map(jumps.map((jump) => [`${jump.quantity} ${jump.night}`, jump]))
    expect(found.get('biasLevel 2025-11-03')?.by).toBeCloseTo(14, 0)
    expect(found.get('biasLevel 2025-11-03')?.since).toBe('2025-10-21')
    expect(found.get('darkCurrent 2025-11-03')?.by).toBeGreaterThan(0)
    expect(found.get('readNoise 2025-11-20')?.by).toBeCloseTo(3 / camera.gain, 0)
    expect(found.has('flatRatio 2025-11-20')).toBe(true)
    const quantities: TrendQuantity[] = ['biasLevel', 'readNoise', 'gain']
    expect(
      jumps
        .filter(({ quantity }) => quantities.includes(quantity))
        .map(({ quantity, night }) => `${quantity} ${night}`),
    ).toEqual(['biasLevel 2025-11-03', 'readNoise 2025-11-20'])
  })

  it('are measured once, and again where a night comes in between', async () => {
    expect(await measureAll()).toBe(0)
    const middle = of(1, 'master-flat')
    await workspace.masters.delete(middle.id)
    expect(await measureAll()).toBe(1)
    const third = await workspace.masters.get(of(2, 'master-flat').id)
    expect(third?.quality?.ratio?.to).toBe(of(0, 'master-flat').id)
    await workspace.masters.put(middle)
  })

  it('tell the noise from their scatter where the frames are gone', async () => {
    const bias = of(0, 'master-bias')
    const gone = await openWorkspace({ name: 'gone', pixels: workspace.pixels })
    await gone.masters.put(bias)
    const other = openRoom({ workspace: gone, compute, task: idleTask() })
    const { noise } = await compute.inTurn(() => measureQuality(other, bias))
    expect(noise?.from).toBe('scatter')
    // Values beyond 4 sigma (MAD of six) were rejected, which makes the scatter a little small.
    expect((noise?.value ?? 0) / (bias.quality?.noise?.value ?? 1)).toBeGreaterThan(0.9)
    expect((noise?.value ?? 0) / (bias.quality?.noise?.value ?? 1)).toBeLessThan(1.02)
    gone.close()
  })
})
