import { describe, expect, it } from 'vitest'
import type { Combine } from '../../../web/core/combine'
import { findCellPlaces } from '../../../web/core/colour-channel'
import type { Image } from '../../../web/core/image'
import type { MasterRecord } from '../../../web/core/master'
import type { OverscanRecipe, RawCorrection } from '../../../web/core/raw-correction'
import { idleTask } from '../../../web/core/task'
import { createCompute } from '../../../web/compute/create-compute'
import { createFrameSource } from '../../../web/pipeline/create-frame-source'
import { combineRows } from '../../../web/pipeline/strips/combine-rows'
import { createRecipe, gridOf, type FrameRecipe } from '../../../web/pipeline/strips/frame-recipe'
import { openRoom } from '../../../web/pipeline/strips/strip-room'
import { calibratePixels } from '../../../web/science/calibration/calibrate-pixels'
import { combineInto } from '../../../web/science/calibration/combine-frames'
import { linearise } from '../../../web/science/calibration/linearise'
import {
  chooseOverscanAxis,
  findOverscanLevels,
  readOverscanLines,
  subtractLevels,
} from '../../../web/science/calibration/overscan'
import { trimPlane } from '../../../web/science/image/trim-plane'
import { createRandom } from '../../../web/science/math/random'
import type { Workspace } from '../../../web/storage/workspace'
import { formulaValues, makeFormulaFrame } from '../../support/formula-frames'
import { compileKernels } from '../../support/kernel-backends'
import { makeExposure } from '../../support/make-exposure'
import { createMemoryPixels } from '../../support/memory-pixels'

const WIDTH = 320
const HEIGHT = 240
const FRAMES = 5
const HEADER = 2880
const MEBIBYTE = 1024 * 1024
const PICTURE = { width: WIDTH, height: HEIGHT, seed: 11 }
const ALL = Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => pixel)
const TRIM = { x: [11, 289], y: [5, 235] } as const
const GRID = { width: TRIM.x[1] - TRIM.x[0], height: TRIM.y[1] - TRIM.y[0] }

const pixels = createMemoryPixels()
const workspace = { pixels } as Workspace
const module = await compileKernels()

const exposures = await Promise.all(
  Array.from({ length: FRAMES }, async (_, frame) => {
    const exposure = makeExposure({}, { width: WIDTH, height: HEIGHT })
    await pixels.write(exposure.pixels.bytesId, makeFormulaFrame({ ...PICTURE, frame, at: null }))
    return { ...exposure, pixels: { ...exposure.pixels, dataOffset: HEADER } }
  }),
)

const random = createRandom('masters of trimmed frames')
const planes = new Map<string, Float32Array>()
const makeMaster = async (id: string, median: number, value: () => number): Promise<MasterRecord> => {
  const data = Float32Array.from({ length: GRID.width * GRID.height }, value)
  planes.set(id, data)
  await pixels.write(`bytes-${id}`, new Uint8Array(data.slice().buffer))
  const statistics = { median, deviation: 0, rejectedFraction: 0 }
  return { id, name: id, bytesId: `bytes-${id}`, ...GRID, biasSubtracted: true, statistics } as MasterRecord
}
const masters = {
  bias: await makeMaster('bias', 30, () => 30 + 3 * random.normal()),
  dark: await makeMaster('dark', 20, () => 20 + 2 * random.normal()),
  flat: await makeMaster('flat', 1, () => 1 + 0.05 * random.normal()),
}

const BESIDE: OverscanRecipe = { section: { x: [292, 318], y: [0, 240] }, method: 'median', degree: null }
const ABOVE: OverscanRecipe = { section: { x: [0, 320], y: [236, 240] }, method: 'mean', degree: null }
const LINEARITY = { coefficients: [2e-6, -1e-11], limit: 50_000 }
const green = {
  places: findCellPlaces('RGGB', 'green', { left: TRIM.x[0], top: TRIM.y[0] }),
  two: 'mean',
} as const
const blue = {
  places: findCellPlaces('RGGB', 'blue', { left: TRIM.x[0], top: TRIM.y[0] }),
  two: 'mean',
} as const

const raw = (wanted: Partial<RawCorrection>): RawCorrection => ({
  overscan: null,
  trim: TRIM,
  linearity: null,
  ...wanted,
})

const CASES: [string, Partial<FrameRecipe>][] = [
  ['trimmed', { raw: raw({}) }],
  ['an overscan beside the frame, row by row', { raw: raw({ overscan: BESIDE }) }],
  ['a curve through the overscan', { raw: raw({ overscan: { ...BESIDE, method: 'mean', degree: 3 } }) }],
  ['an overscan above the frame', { raw: raw({ overscan: ABOVE }) }],
  ['made linear above the bias', { raw: raw({ linearity: LINEARITY }), ...masters }],
  [
    'everything, in electrons',
    { raw: raw({ overscan: BESIDE, linearity: LINEARITY }), ...masters, gain: 1.7 },
  ],
  ['green of a colour camera', { raw: raw({ overscan: BESIDE }), ...masters, channel: green }],
  ['blue of a colour camera', { raw: raw({}), channel: blue }],
]

/** The references one after another on the whole frame. */
const makeByReference = (recipe: FrameRecipe, frame: number): Image => {
  const data = Float32Array.from(formulaValues(PICTURE, frame, ALL))
  const whole = { width: WIDTH, height: HEIGHT, data }
  const { overscan = null, linearity = null } = recipe.raw ?? {}
  if (overscan !== null) {
    const axis = chooseOverscanAxis(overscan.section)
    const { pixels: lines, perLine } = readOverscanLines(whole, overscan.section, axis)
    const model = overscan.degree === null ? null : { basis: 'legendre' as const, degree: overscan.degree }
    const { levels } = findOverscanLevels(lines, perLine, { method: overscan.method, model })
    const firstLevel = overscan.section[axis === 'rows' ? 'y' : 'x'][0]
    subtractLevels(data, WIDTH, levels, { axis, firstLevel })
  }
  const trimmed = trimPlane(data, WIDTH, TRIM)
  if (linearity !== null) {
    const pedestal = overscan === null ? 30 : 0
    const above = trimmed.map((value) => value - pedestal)
    linearise({ data: above }, linearity)
    trimmed.set(above.map((value) => value + pedestal))
  }
  const planeOf = (master: MasterRecord | null) => (master === null ? undefined : planes.get(master.id))
  const calibrated = new Float32Array(trimmed.length)
  calibratePixels(
    { raw: trimmed, bias: planeOf(recipe.bias), dark: planeOf(recipe.dark), flat: planeOf(recipe.flat) },
    { biasFactor: 1, darkFactor: 1, gain: recipe.gain },
    { data: calibrated },
  )
  if (recipe.channel === null) return { ...GRID, data: calibrated }
  const [width, height] = [GRID.width >> 1, GRID.height >> 1]
  const cell = (x: number, y: number): number => {
    const found = recipe.channel!.places.map(([i, j]) => calibrated[(2 * y + j) * GRID.width + 2 * x + i]!)
    return found.reduce((sum, value) => sum + value, 0) / found.length
  }
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, at) => cell(at % width, Math.floor(at / width))),
  }
}

const CLIP: Combine = { method: 'median', rejection: 'none' }

describe.each(CASES)('%s (seed 11)', (_name, how) => {
  const recipes = exposures.map((exposure) => createRecipe(exposure, how))

  it('makes a frame as the references do one after another', async () => {
    const compute = await createCompute({ module, memoryBytes: 64 * MEBIBYTE })
    const frames = createFrameSource(workspace, compute)
    for (const [index, recipe] of recipes.entries()) {
      const made = await frames.make(recipe)
      const wanted = makeByReference(recipe, index)
      expect([made.width, made.height]).toEqual([wanted.width, wanted.height])
      let worst = 0
      made.data.forEach((value, at) => (worst = Math.max(worst, Math.abs(value - wanted.data[at]!))))
      expect(worst).toBeLessThan(0.01)
    }
  })

  it('is combined to the same bits in one strip and in many, within its budget', async () => {
    const { width, height } = gridOf(recipes[0]!)
    const compute = await createCompute({ module, memoryBytes: 64 * MEBIBYTE })
    const combine = async (budget: number) => {
      const data = new Float32Array(width * height)
      const room = openRoom({ workspace, compute, task: idleTask() }, budget)
      const job = { frames: recipes, width, params: { combine: CLIP }, interpolation: 'nearest' } as const
      let strips = 0
      await combineRows(room, job, { top: 0, bottom: height }, (strip) => {
        data.set(strip.data, strip.top * width)
        strips++
        return Promise.resolve()
      })
      return { data, strips }
    }
    const whole = await combine(64 * MEBIBYTE)
    expect(whole.strips).toBe(1)
    const before = compute.arena.used
    const many = await combine(0.5 * MEBIBYTE)
    expect(many.strips).toBeGreaterThan(4)
    expect(new Uint32Array(many.data.buffer)).toEqual(new Uint32Array(whole.data.buffer))
    expect(compute.arena.used).toBe(before)
    const made = { data: new Float32Array(width * height) }
    combineInto(
      { strips: recipes.map((recipe, index) => makeByReference(recipe, index).data), combine: CLIP },
      made,
    )
    let worst = 0
    made.data.forEach((value, at) => (worst = Math.max(worst, Math.abs(value - whole.data[at]!))))
    expect(worst).toBeLessThan(0.01)
  })
})
