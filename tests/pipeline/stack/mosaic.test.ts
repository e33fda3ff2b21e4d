import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { listPlanes, type StackPlane, type StackRecord } from '../../../web/core/stack'
import { wcsOfGrid } from '../../../web/pipeline/registration/sky-grid-wcs'
import { median } from '../../../web/science/math/median'
import { createRandom } from '../../../web/science/math/random'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createMemoryPixels } from '../../support/memory-pixels'
import { measureBoxes, readStackPlane } from '../../support/measure-stack'
import { createInProcessRunner, runInProcess } from '../../support/run-in-process'
import { drawSkyFrame, lookAt, scatterStars, takeSkyFrames, type SkyFrame } from '../../support/sky-frames'

const SEED = 'four fields, three looks at each'
const CENTER = { ra: 359.98, dec: -61.5 }
const SIZE = { width: 260, height: 230 }
const SCALE = 2
const NOISE = 4
const MEBIBYTE = 1024 * 1024
const COSINE = Math.cos((CENTER.dec * Math.PI) / 180)

const stars = scatterStars(CENTER, { count: 160, box: 860, apart: 36, seed: SEED })
const random = createRandom(SEED)

/** Four fields that overlap by a fifth, three times each: other skies every time, and clouds over some. */
const frames: SkyFrame[] = [0, 1, 2, 3].flatMap((field) =>
  [0, 1, 2].map((look) => {
    const offset = [(field % 2) - 0.5, Math.floor(field / 2) - 0.5]
    const rotation = 3 * random.normal()
    const slope: [number, number] = [0.02 * random.normal(), 0.02 * random.normal()]
    return {
      name: `field-${field}-${look}.fits`,
      ...SIZE,
      wcs: lookAt({
        ra: CENTER.ra + (offset[0]! * 0.8 * SIZE.width * SCALE + 9 * random.normal()) / COSINE / 3600,
        dec: CENTER.dec + (offset[1]! * 0.8 * SIZE.height * SCALE + 9 * random.normal()) / 3600,
        scale: SCALE,
        rotation,
        bend: 0.6,
        ...SIZE,
      }),
      sigma: 1.5,
      sky: 150 + 120 * random.uniform(),
      slope,
      noise: look === 1 ? 2 * NOISE : NOISE,
      transparency: field === 0 && look === 0 ? 1 : 0.6 + 0.4 * random.uniform(),
    }
  }),
)

const PLAIN = { method: 'wcs', grid: 'north-up', combine: { method: 'mean', rejection: 'none' } }

const open = async (name: string): Promise<Workspace> => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  await takeSkyFrames(workspace, frames, stars, SEED)
  return workspace
}

const stackIn = async (
  workspace: Workspace,
  parameters: object,
  resources = { workers: 2, memoryBytes: 256 * MEBIBYTE },
): Promise<StackRecord> => {
  const order = {
    request: 'reduce',
    parameters: { recipe: 'stack', ...parameters },
    frames: (await workspace.exposures.list()).map(({ id }) => id),
  }
  const runner = createInProcessRunner(workspace, undefined, resources)
  const { failures, result } = await runInProcess(workspace, order, undefined, runner)
  expect(failures).toEqual([])
  const stack = await workspace.stacks.get(String(result['frame']))
  if (stack === undefined) throw new Error('no stack')
  return stack
}

/** Pixels of the grid further from every star than its light reaches. */
const findBlank = (stack: StackRecord): number[] => {
  const wcs = wcsOfGrid(stack.grid!)
  const { width, height } = stack
  const light = drawSkyFrame(
    { name: '', width, height, wcs, sigma: 2.4, sky: 0, noise: 0 },
    stars,
    createRandom(0),
  )
  return [...light.keys()].filter((pixel) => light[pixel]! < 1e-4)
}

describe(`a mosaic of fields that only overlap, under changing skies and clouds (seed ${SEED})`, () => {
  let workspace: Workspace
  let stack: StackRecord
  const planes = {} as Record<StackPlane, Float32Array>

  beforeAll(async () => {
    workspace = await open('mosaic')
    stack = await stackIn(workspace, {
      ...PLAIN,
      combine: { ...PLAIN.combine, scale: 'stars' },
      normalisation: 'plane',
    })
    for (const plane of listPlanes(stack)) planes[plane] = await readStackPlane(workspace, stack, plane)
  }, 120_000)

  it('covers all fields, and counts the frames that show each pixel', () => {
    expect(stack.frames).toHaveLength(12)
    expect(stack.width).toBeGreaterThan(1.7 * SIZE.width)
    expect(stack.height).toBeGreaterThan(1.7 * SIZE.height)
    const { coverage, rejected, data } = planes
    expect(coverage.reduce((most, count) => Math.max(most, count), 0)).toBeGreaterThanOrEqual(11)
    expect([...coverage.keys()].every((pixel) => coverage[pixel]! > 0 === Number.isFinite(data[pixel]))).toBe(
      true,
    )
    expect(rejected.every((count) => count === 0)).toBe(true)
    // What lies wholly within one field is shown by its three frames alone.
    const counts = new Set(coverage)
    for (const count of [0, 1, 2, 3, 6]) expect(counts.has(count)).toBe(true)
  })

  it('finds the factors that clouds took, and skies that agree to a part of the noise', () => {
    const errors = frames.map(({ name, transparency = 1 }) => {
      const own = stack.stacked?.find((each) => each.name === name)
      return (own?.scale ?? NaN) * (transparency / frames[0]!.transparency!) - 1
    })
    console.log(
      `scales within ${(100 * Math.max(...errors.map(Math.abs))).toFixed(2)} %, skies within ${stack.statistics.backgroundScatter?.toFixed(3)}`,
    )
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.02)
    expect(stack.statistics.backgroundScatter ?? NaN).toBeLessThan(NOISE / 2)
  })

  it('has no seams: blank sky is as high in one field as in another, and where they overlap', () => {
    const blank = findBlank(stack)
    const { coverage, data } = planes
    const levels = [0, 1, 2, 3].flatMap((quarter) =>
      [
        [1, 3],
        [4, 12],
      ].map(([least, most]) => {
        const chosen = blank.filter((pixel) => {
          const [x, y] = [pixel % stack.width, Math.floor(pixel / stack.width)]
          const own = (x < stack.width / 2 ? 0 : 1) + (y < stack.height / 2 ? 0 : 2)
          return own === quarter && coverage[pixel]! >= least! && coverage[pixel]! <= most!
        })
        return median(Float64Array.from(chosen, (pixel) => data[pixel]!))
      }),
    )
    // The reference keeps its own slope: what is left is a plane over all.
    console.log(`levels of quarters and their overlaps: ${levels.map((level) => level.toFixed(2)).join(' ')}`)
    for (const quarter of [0, 1, 2, 3])
      expect(Math.abs(levels[2 * quarter]! - levels[2 * quarter + 1]!)).toBeLessThan(3 * NOISE)
  })

  it('says honestly how uncertain its blank pixels are', () => {
    const { coverage, data, uncertainty } = planes
    const { width } = stack
    const blank = new Set(findBlank(stack))
    const pullsAt = (count: number): number[] => {
      const pulls: number[] = []
      for (const pixel of blank) {
        if (coverage[pixel] !== count) continue
        // The sky about a pixel, from those that share no source with it.
        const around: number[] = []
        for (let v = -12; v <= 12; v += 6)
          for (let u = -12; u <= 12; u += 6) {
            const other = pixel + v * width + u
            if ((u !== 0 || v !== 0) && blank.has(other) && coverage[other] === count)
              around.push(data[other]!)
          }
        if (around.length < 20) continue
        const mean = around.reduce((sum, value) => sum + value, 0) / around.length
        pulls.push((data[pixel]! - mean) / Math.sqrt(1 + 1 / around.length) / uncertainty[pixel]!)
      }
      return pulls
    }
    // Of three frames: Student's t with two degrees of freedom, of which 57.7 % lie within 1; of frames of unlike noise a little fewer.
    const three = pullsAt(3)
    const within = three.filter((pull) => Math.abs(pull) < 1).length / three.length
    console.log(`${three.length} pixels of three frames: ${(100 * within).toFixed(1)} % within one sigma`)
    expect(three.length).toBeGreaterThan(2000)
    expect(within).toBeGreaterThan(0.53)
    expect(within).toBeLessThan(0.63)
  })

  it('keeps the flux of stars as the reference shows them', () => {
    const { width, height } = stack
    const blank = findBlank(stack)
    const sky = median(Float64Array.from(blank, (pixel) => planes.data[pixel]!).filter(Number.isFinite))
    const data = planes.data.map((value) => value - sky)
    const measured = measureBoxes({ width, height, data }, wcsOfGrid(stack.grid!), stars, 7)
    const bright = measured.filter(({ star }) => star.flux > 20_000)
    const ratio = median(bright.map(({ star, flux }) => flux / star.flux))
    expect(bright.length).toBeGreaterThan(40)
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02)
    expect(median(bright.map(({ dx, dy }) => Math.hypot(dx, dy)))).toBeLessThan(0.05)
  })

  it('has the same bits whatever the memory and the number of workers', async () => {
    for (const resources of [
      { workers: 1, memoryBytes: 256 * MEBIBYTE },
      { workers: 4, memoryBytes: 8 * MEBIBYTE },
    ]) {
      const other = await open(`mosaic-${resources.workers}`)
      const again = await stackIn(
        other,
        { ...PLAIN, combine: { ...PLAIN.combine, scale: 'stars' }, normalisation: 'plane' },
        resources,
      )
      expect(again.id).toBe(stack.id)
      expect(again.stacked).toEqual(stack.stacked)
      for (const plane of listPlanes(stack)) {
        const own = await readStackPlane(other, again, plane)
        const unlike = [...own.keys()].filter((i) => !Object.is(own[i], planes[plane][i]))
        expect(unlike).toEqual([])
      }
    }
  }, 240_000)

  it('gains from weights what the noise of its frames promises', async () => {
    const weighted = await stackIn(workspace, { ...PLAIN, normalisation: 'plane', weights: 'noise' })
    const [quiet, loud] = ['field-1-0.fits', 'field-1-1.fits'].map(
      (name) => weighted.stacked?.find((each) => each.name === name)?.weight ?? NaN,
    )
    expect(quiet! / loud!).toBeGreaterThan(3.5)
    expect(quiet! / loud!).toBeLessThan(4.5)
    const sharp = await stackIn(workspace, { ...PLAIN, normalisation: 'plane', weights: 'snr' })
    expect(sharp.stacked?.every(({ weight, fwhm }) => weight > 0 && fwhm !== null)).toBe(true)
    await expect(
      stackIn(workspace, { ...PLAIN, weights: 'noise', combine: { method: 'median', rejection: 'none' } }),
    ).rejects.toThrow(/mean alone/)
  }, 120_000)

  it('refuses a grid that no browser could hold, with its size', async () => {
    const { failures } = await runInProcess(workspace, {
      request: 'stack',
      parameters: { ...PLAIN, zoom: 8, grid: { kind: 'north-up', scale: 0.1 } },
      frames: (await workspace.exposures.list()).map(({ id }) => id),
    })
    expect(failures[0]?.code).toBe('too-large')
    expect(failures[0]?.reason).toMatch(/megapixels/)
  }, 60_000)
})
