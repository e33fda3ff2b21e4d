import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { affineMap, type PixelMap } from '../../../web/core/pixel-map'
import type { MasterRecord } from '../../../web/core/master'
import { idleTask } from '../../../web/core/task'
import type { Transform } from '../../../web/core/transform'
import { createCompute, type Compute } from '../../../web/compute/create-compute'
import { combineKernel } from '../../../web/compute/kernels/combine'
import { resampleKernel } from '../../../web/compute/kernels/resample'
import type { CombineJob } from '../../../web/pipeline/strips/combine-job'
import { combineRows } from '../../../web/pipeline/strips/combine-rows'
import { createRecipe, type FrameRecipe } from '../../../web/pipeline/strips/frame-recipe'
import { openRoom } from '../../../web/pipeline/strips/strip-room'
import { calibratePixels } from '../../../web/science/calibration/calibrate-pixels'
import { combineInto } from '../../../web/science/calibration/combine-frames'
import { resampleImage } from '../../../web/science/image/resample-image'
import { buildPixelMap } from '../../../web/science/reprojection/build-pixel-map'
import { reprojectWindow } from '../../../web/science/reprojection/reproject-window'
import { scaleByArea } from '../../../web/science/reprojection/scale-by-area'
import { createRandom } from '../../../web/science/math/random'
import type { Workspace } from '../../../web/storage/workspace'
import { makeFormulaFrame, formulaValues } from '../../support/formula-frames'
import { compileKernels } from '../../support/kernel-backends'
import { makeExposure } from '../../support/make-exposure'
import { createMemoryPixels } from '../../support/memory-pixels'

const WIDTH = 300
const HEIGHT = 240
const FRAMES = 24
const HEADER = 2880
const MEBIBYTE = 1024 * 1024
const PICTURE = { width: WIDTH, height: HEIGHT, seed: 7 }
const ALL = Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => pixel)

const pixels = createMemoryPixels()
const workspace = { pixels } as Workspace
const module = await compileKernels()

const makeMaster = async (name: string, value: (pixel: number) => number): Promise<MasterRecord> => {
  const data = Float32Array.from(ALL, value)
  const bytesId = `bytes-${name}`
  await pixels.write(bytesId, new Uint8Array(data.buffer))
  const statistics = { median: 0, deviation: 0, rejectedFraction: 0 }
  return {
    id: name,
    name,
    bytesId,
    width: WIDTH,
    height: HEIGHT,
    biasSubtracted: true,
    statistics,
  } as MasterRecord
}

const random = createRandom('masters')
const masters = {
  bias: await makeMaster('bias', () => 300 + 3 * random.normal()),
  dark: await makeMaster('dark', () => 20 + 2 * random.normal()),
  flat: await makeMaster('flat', () => 1 + 0.05 * random.normal()),
}

const exposures = await Promise.all(
  Array.from({ length: FRAMES }, async (_, frame) => {
    const exposure = makeExposure({}, { width: WIDTH, height: HEIGHT })
    const bytes = makeFormulaFrame({ ...PICTURE, frame, at: null })
    await pixels.write(exposure.pixels.bytesId, bytes)
    return { ...exposure, pixels: { ...exposure.pixels, dataOffset: HEADER } }
  }),
)

/** Turned about the middle of the frame by so many degrees, then moved. */
const turned = (degrees: number, dx: number, dy: number): Transform => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  const [x, y] = [WIDTH / 2, HEIGHT / 2]
  return { a: cos, b: -sin, c: x + dx - cos * x + sin * y, d: sin, e: cos, f: y + dy - sin * x - cos * y }
}

const mapOf = (transform: Transform | null) => (transform === null ? null : affineMap(transform))

const recipes = (
  how: Partial<FrameRecipe>,
  transformOf: (frame: number) => Transform | null = () => null,
): FrameRecipe[] =>
  exposures.map((exposure, frame) =>
    createRecipe(exposure, { darkFactor: 1.5, ...how, map: mapOf(transformOf(frame)) }),
  )

const CLIP: Combine = { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3, iterations: 5 }
const scales = exposures.map((_, frame) => 1 + frame / 100)
const offsets = exposures.map((_, frame) => 3 - frame)
const drift = (frame: number): Transform => turned(0.05 * frame, 1.3 * frame - 9, 0.7 * frame)
const PATCH = { indices: Uint32Array.of(3, 700, 15_001), values: Float32Array.of(1, 2, 3) }

/** Bent like a lens, and other than the frame in scale: what world coordinates make of a frame. */
const bentBy = (frame: number): PixelMap =>
  buildPixelMap({
    window: { left: 20, top: 12, width: WIDTH - 30, height: HEIGHT - 20 },
    locate: (x, y, out) => {
      const [u, v] = [x - WIDTH / 2, y - HEIGHT / 2]
      const bend = 1.02 + 2e-6 * (u * u + v * v)
      out[0] = WIDTH / 2 + bend * (u - 0.01 * frame * v) + 0.37 * frame
      out[1] = HEIGHT / 2 + bend * (v + 0.01 * frame * u) - 0.21 * frame
      return true
    },
  })

const JOBS: [string, FrameRecipe[], Partial<CombineJob['params']>][] = [
  ['raw bytes', recipes({}), {}],
  ['raw bytes, one bias and dark for all', recipes({ bias: masters.bias, dark: masters.dark }), {}],
  ['calibrated', recipes(masters), {}],
  ['calibrated and scaled', recipes(masters), { scales }],
  ['patched', recipes({ ...masters, patch: PATCH }), {}],
  ['drifting', recipes(masters, drift), { offsets }],
  ['turned by 45 degrees', recipes(masters, () => turned(45, 0.3, 0.2)), {}],
  [
    'bent',
    exposures.map((exposure, frame) => createRecipe(exposure, { ...masters, map: bentBy(frame) })),
    { offsets },
  ],
  ['turned by 90 degrees', recipes(masters, (frame) => (frame % 2 === 0 ? null : turned(90, 0, 0))), {}],
]

const jobOf = (
  frames: FrameRecipe[],
  params: Partial<CombineJob['params']>,
  combine: Combine,
): CombineJob => ({
  frames,
  width: WIDTH,
  params: { combine, ...params },
  interpolation: 'lanczos3',
})

interface Combined {
  readonly data: Float32Array
  readonly uncertainty: Float32Array
  readonly strips: number
  readonly kept: number
}

const combineAll = async (
  compute: Compute,
  job: CombineJob,
  budget: number,
  rows: readonly (readonly [number, number])[] = [[0, HEIGHT]],
): Promise<Combined> => {
  const data = new Float32Array(WIDTH * HEIGHT)
  const uncertainty = new Float32Array(WIDTH * HEIGHT)
  const room = openRoom({ workspace, compute, task: idleTask() }, budget)
  let [strips, kept] = [0, 0]
  for (const [top, bottom] of rows) {
    const made = await combineRows(room, job, { top, bottom }, (strip) => {
      data.set(strip.data, strip.top * WIDTH)
      uncertainty.set(strip.uncertainty, strip.top * WIDTH)
      strips++
      return Promise.resolve()
    })
    kept += made.kept
  }
  return { data, uncertainty, strips, kept }
}

/** The reference, step after step on whole planes: calibrate, then resample, each plane rounded to f32. */
const makeByReference = ({ frames }: CombineJob): Float32Array[] => {
  const planeOf = (master: MasterRecord | null) => (master === null ? undefined : masterData.get(master.id))
  return frames.map(({ bias, dark, flat, darkFactor, map, patch }, frame) => {
    const raw = Float32Array.from(formulaValues(PICTURE, frame, ALL))
    const data = new Float32Array(raw.length)
    calibratePixels(
      { raw, bias: planeOf(bias), dark: planeOf(dark), flat: planeOf(flat) },
      { biasFactor: bias === null ? 0 : 1, darkFactor: dark === null ? 0 : darkFactor, gain: 1 },
      { data },
    )
    for (const [index, pixel] of patch?.indices.entries() ?? []) data[pixel] = patch!.values[index]!
    if (map?.kind === 'grid') {
      const whole = { left: 0, top: 0, width: WIDTH, height: HEIGHT }
      const made = new Float32Array(data.length)
      const how = { method: 'lanczos3', leastCover: 1, clamp: null } as const
      reprojectWindow({ ...how, map, source: whole, target: whole }, { data }, { data: made })
      scaleByArea(map, whole, made)
      return made
    }
    if (map === null) return data
    const image = { width: WIDTH, height: HEIGHT, data }
    return resampleImage(image, map.transform, { width: WIDTH, height: HEIGHT, method: 'lanczos3' }).data
  })
}

const combineFrom = (strips: Float32Array[], { params }: CombineJob) => {
  const made = {
    data: new Float32Array(WIDTH * HEIGHT),
    uncertainty: new Float32Array(WIDTH * HEIGHT),
    count: new Uint16Array(WIDTH * HEIGHT),
  }
  combineInto({ strips, ...params }, made)
  return made
}

/** Of calibrated values of some thousand ADU in f32, half a unit in the last place on the way. */
const ROUNDING = 0.001

const masterData = new Map<string, Float32Array>()
for (const { id, bytesId } of Object.values(masters))
  masterData.set(id, new Float32Array((await pixels.read(bytesId)).buffer))

const bitsOf = ({ data }: { data: Float32Array }): Uint32Array => new Uint32Array(data.buffer)

describe.each(JOBS)('%s (seed 7)', (_name, frames, params) => {
  const job = jobOf(frames, params, CLIP)

  it('gives the same bits in one strip, in many, and in strips that workers cut elsewhere', async () => {
    const compute = await createCompute({ module, memoryBytes: 64 * MEBIBYTE })
    const whole = await combineAll(compute, job, 64 * MEBIBYTE)
    expect(whole.strips).toBe(1)
    const many = await combineAll(compute, job, 0.25 * MEBIBYTE)
    expect(many.strips).toBeGreaterThan(20)
    const cut = await combineAll(compute, job, 2 * MEBIBYTE, [
      [0, 1],
      [1, 38],
      [38, 239],
      [239, HEIGHT],
    ])
    for (const other of [many, cut]) {
      expect(bitsOf(other)).toEqual(bitsOf(whole))
      expect(bitsOf({ data: other.uncertainty })).toEqual(bitsOf({ data: whole.uncertainty }))
      expect(other.kept).toBe(whole.kept)
    }
  })

  it.each([16, 4, 2])('borrows no more than its budget of %d MiB', async (mebibytes) => {
    const compute = await createCompute({ module, memoryBytes: 64 * MEBIBYTE })
    const before = compute.arena.used
    const made = await combineAll(compute, job, mebibytes * MEBIBYTE)
    expect(compute.arena.used).toBe(before)
    // Half of the budget, of which raw bytes take a third: the bound is not held by leaving the memory idle.
    if (made.strips > 1) expect(compute.arena.peak - before).toBeGreaterThan(mebibytes * MEBIBYTE * 0.15)
    expect(compute.arena.peak - before).toBeLessThanOrEqual(mebibytes * MEBIBYTE)
  })

  it('gives what the references give one after another', async () => {
    const compute = await createCompute({ module, memoryBytes: 64 * MEBIBYTE })
    const strips = makeByReference(job)
    const resampled = frames.some(({ map }) => map !== null)
    // Resampling is the coarsest of the three by far; what it may be wrong by is not amplified by a mean or a median.
    const { abs, rel } = (resampled ? resampleKernel : combineKernel).tolerance
    for (const method of ['mean', 'median'] as const) {
      const plain = jobOf(frames, params, { method, rejection: 'none' })
      const found = await combineAll(compute, plain, 4 * MEBIBYTE)
      const expected = combineFrom(strips, plain)
      const wrong = ALL.filter((pixel) => {
        const [value, wanted] = [found.data[pixel]!, expected.data[pixel]!]
        return Number.isNaN(wanted)
          ? !Number.isNaN(value)
          : !(Math.abs(value - wanted) <= ROUNDING + abs + rel * Math.abs(wanted))
      })
      expect(wrong, method).toEqual([])
      expect(found.kept).toBe(expected.count.reduce((sum, value) => sum + value, 0))
    }
  })
})
