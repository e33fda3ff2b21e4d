import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { applyTransform, invertTransform, type Transform } from '../../web/core/transform'
import type { WorkOrder } from '../../web/core/work-order'
import { writeFitsImage } from '../../web/science/fits'
import { resampleImage } from '../../web/science/image/resample-image'
import { median } from '../../web/science/math/median'
import { createRandom } from '../../web/science/math/random'
import {
  simulateNight,
  transitNight,
  type CatalogueStar,
  type SimulatedFrame,
} from '../../web/science/simulator'
import { expect, test } from '../support/app-page'
import { cancelOrder } from '../support/cancel-order'
import { dropFiles, waitIdle } from '../support/drive-app'
import { deviationOf, findCentre, readPicture, type Picture } from '../support/picture'

const LIGHTS = 8
/** A part of the field: enough stars, and less to wait for. */
const SIZE = { width: 560, height: 420 }
const SEED = 'transit night'
/** Pixels about a star or a cosmic ray that have to do with it. */
const REACH = 9

const makeNight = () => {
  const { stars } = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
    stars: CatalogueStar[]
  }
  const counts = { bias: 5, dark: 4, flat: 5, light: LIGHTS }
  const night = simulateNight(transitNight(stars, { counts, trailAt: null, ...SIZE }))
  const frames = Array.from({ length: night.frameCount }, (_, index) => night.render(index))
  return { night, frames, lights: frames.filter(({ truth }) => truth !== null) }
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

const toFile = (frame: SimulatedFrame) => ({
  name: baseName(frame.name),
  mimeType: 'application/fits',
  buffer: Buffer.from(writeFitsImage({ image: frame, header: [], added: frame.cards, bitpix: 16 })),
})

/** What this test looks at in the rows of reduced frames and stacks. */
interface ReducedRow {
  readonly id: string
  readonly order: string
  readonly exposure: string
  readonly stage: string
  readonly frames: string[]
  readonly transform: Transform
}

const submit = (page: Page, order: WorkOrder) =>
  page.evaluate(async (wanted) => {
    const { status, failures, frames, result } = await window.asterism!.submit(wanted)
    return { status, failures, frames, result }
  }, order)

test(`registered and cleaned frames stacked by a script: stars in place, noise down, cosmic rays gone (seed ${SEED})`, async ({
  page,
}) => {
  const { night, frames, lights } = makeNight()
  expect(night.recipe.seed).toBe(SEED)
  await page.goto('./')
  await dropFiles(page, frames.map(toFile))
  await expect(page.getByTestId('next')).toHaveText(`Calibrate ${LIGHTS} frames`, { timeout: 60_000 })
  await waitIdle(page)

  // First: registering, and stopping it.
  const rests: number[] = []
  for (const [trial, delay] of [50, 150, 300].entries()) {
    const order: WorkOrder = {
      id: `stopped-${trial}`,
      request: 'register',
      parameters: { threshold: 5 + trial / 1000 },
    }
    const { rest, status } = await cancelOrder(page, order, delay)
    if (rest === null) continue
    expect(status).toBe('cancelled')
    rests.push(rest)
  }
  console.log(`registering: at rest after ${rests.map((rest) => rest.toFixed(0)).join(', ')} ms`)
  expect(rests.length).toBeGreaterThan(1)
  expect(median(rests)).toBeLessThan(200)

  const combine = { method: 'mean', rejection: 'sigma-clip', low: 4, high: 4 } as const
  const done = await submit(page, {
    id: 'stars',
    request: 'stack',
    parameters: { method: 'stars', interpolation: 'lanczos3', cosmicRays: 'lacosmic', combine },
  })
  expect(done).toMatchObject({ status: 'done', failures: [] })
  const rows = await page.evaluate(
    async () => (await window.asterism!.query('reduced')) as unknown as ReducedRow[],
  )
  const names = new Map(
    (await page.evaluate(async () => window.asterism!.query('exposures'))).map((row) => [
      row['id'],
      row['name'],
    ]),
  )
  const stackRow = rows.find((row) => row.id === done.result['frame'])!
  const used = stackRow.frames.map((id) => {
    const row = rows.find((each) => each.id === id)!
    const light = lights.find(({ name }) => baseName(name) === names.get(row.exposure))!
    return { id, light, transform: row.transform }
  })
  expect(used).toHaveLength(LIGHTS)
  const stack = await readPicture(page, String(done.result['frame']))
  const { width, height } = stack

  // Stars of the stack lie where the truth has them on the frame that gave the grid.
  const reference = used.find(({ transform: { a, b, c, f } }) => a === 1 && b === 0 && c === 0 && f === 0)!
  const stars = reference.light.truth!.stars
  const inside = (at: { x: number; y: number }): boolean =>
    at.x > 40 && at.y > 40 && at.x < width - 40 && at.y < height - 40
  const alone = stars.filter(
    (star) =>
      inside(star) &&
      star.electrons > 10_000 &&
      stars.every(
        (other) =>
          other === star ||
          other.electrons < star.electrons / 50 ||
          Math.hypot(other.x - star.x, other.y - star.y) > 2 * REACH,
      ),
  )
  expect(alone.length).toBeGreaterThan(10)
  const misses = alone.map((star) => {
    const centre = findCentre(stack, star)
    return Math.hypot(centre.x - star.x, centre.y - star.y)
  })
  console.log(`${alone.length} stars: median miss ${median(misses).toFixed(3)} pixels`)
  expect(median(misses)).toBeLessThan(0.1)

  // Noise of the sky: as that of white noise which takes the same road.
  const cleaned = await Promise.all(
    used.map(async ({ light, transform }) => {
      const row = rows.find(
        (each) =>
          each.order === 'stars' &&
          each.stage === 'calibrated' &&
          names.get(each.exposure) === baseName(light.name),
      )!
      return { light, transform, picture: await readPicture(page, row.id) }
    }),
  )
  const near = (at: { x: number; y: number }, x: number, y: number): boolean =>
    Math.abs(at.x - x) < REACH && Math.abs(at.y - y) < REACH
  const skyOf = (all: readonly { x: number; y: number; electrons: number }[]): number[] => {
    const bright = all.filter(({ electrons }) => electrons > 300)
    const pixels: number[] = []
    for (let y = 60; y < height - 60; y += 3)
      for (let x = 60; x < width - 60; x += 3)
        if (!bright.some((star) => near(star, x, y))) pixels.push(y * width + x)
    return pixels
  }
  const random = createRandom('white noise')
  const mean = new Float64Array(width * height)
  for (const { light, transform, picture } of cleaned) {
    const sigma = deviationOf(skyOf(light.truth!.stars).map((pixel) => picture.data[pixel]!))
    const noise = {
      width: picture.width,
      height: picture.height,
      data: Float32Array.from(picture.data, () => sigma * random.normal()),
    }
    const { data } = resampleImage(noise, transform, { width, height, method: 'lanczos3' })
    for (let i = 0; i < mean.length; i++) mean[i]! += data[i]! / LIGHTS
  }
  const sky = skyOf(stars)
  expect(sky.length).toBeGreaterThan(1000)
  const finite = sky.filter((pixel) => Number.isFinite(mean[pixel]!) && Number.isFinite(stack.data[pixel]!))
  const found = deviationOf(finite.map((pixel) => stack.data[pixel]!))
  const expected = deviationOf(finite.map((pixel) => mean[pixel]!))
  const single = deviationOf(finite.map((pixel) => cleaned[0]!.picture.data[pixel]!))
  console.log(
    `noise ${found.toFixed(2)} ADU, expected ${expected.toFixed(2)}, of one frame ${single.toFixed(2)} (${sky.length} pixels)`,
  )
  expect(found / expected).toBeGreaterThan(0.9)
  expect(found / expected).toBeLessThan(1.15)

  // Cosmic rays: far above the noise before, and gone after.
  const calibrated = await submit(page, {
    request: 'calibrate_file_batch',
    parameters: { cosmicRays: 'off' },
  })
  expect(calibrated.status).toBe('done')
  const excess = (picture: Picture, at: { x: number; y: number }, sigma: number): number => {
    const [x, y] = [Math.round(at.x), Math.round(at.y)]
    const box: number[] = []
    for (let v = -4; v <= 4; v++)
      for (let u = -4; u <= 4; u++) box.push(picture.data[(y + v) * picture.width + x + u] ?? Number.NaN)
    return ((picture.data[y * picture.width + x] ?? Number.NaN) - median(box.filter(Number.isFinite))) / sigma
  }
  let [hits, gone, left] = [0, 0, 0]
  for (const { light, transform, picture } of cleaned) {
    const raw = calibrated.frames.find(
      ({ kind, name }) => kind === 'reduced' && name === baseName(light.name),
    )!
    const before = await readPicture(page, raw.id)
    for (const ray of light.cosmicRays) {
      const clear = light.truth!.stars.every((star) => star.electrons < 300 || !near(star, ray.x, ray.y))
      if (!inside(ray) || !clear || excess(before, ray, single) < 12) continue
      hits++
      if (excess(picture, ray, single) < 5) gone++
      const there = applyTransform(invertTransform(transform), ray)
      if (inside(there) && excess(stack, there, found) > 6) left++
    }
  }
  console.log(`${hits} cosmic rays in the sky: ${gone} gone from their frames, ${left} left in the stack`)
  expect(hits).toBeGreaterThan(8)
  expect(gone / hits).toBeGreaterThan(0.95)
  expect(left).toBe(0)
})
