import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { startServer } from '../../scripts/serve.mjs'
import type { WorkOrder } from '../../web/core/work-order'
import { expect, test } from '../support/app-page'
import { cancelOrder } from '../support/cancel-order'
import { bringFormula, ingestFormula, limitMemory, readPlane, submitOrder } from '../support/formula-page'
import { countParts, doomParts, hookWorkers } from '../support/worker-hooks'
import { waitIdle } from '../support/drive-app'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const FRAMES = { width: 800, height: 500, seed: 11, step: 5 }
const COUNT = 10
const PLAIN = { bias: 'off', dark: 'off', flat: 'off' } as const
const COMBINE = { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3 } as const

const stackOf = (frames: string[], low = 3): WorkOrder => ({
  request: 'stack',
  frames,
  parameters: { ...PLAIN, method: 'none', combine: { ...COMBINE, low } },
})

const slowStackOf = (frames: string[], low: number): WorkOrder => ({
  request: 'stack',
  frames,
  parameters: {
    ...PLAIN,
    method: 'none',
    combine: { method: 'mean', rejection: 'winsorized', low, high: 2, iterations: 10 },
  },
})

/** Scaled by their levels: read, calibrated and scaled rows instead of raw bytes, and a phase of numbers before. */
const scaledStackOf = (frames: string[]): WorkOrder => ({
  request: 'stack',
  frames,
  parameters: { ...PLAIN, method: 'none', combine: { ...COMBINE, scale: 'median' } },
})

const cleaningOf = (frames: string[]): WorkOrder => ({
  request: 'calibrate_file_batch',
  frames,
  parameters: { ...PLAIN, cosmicRays: 'lacosmic' },
})

const open = async (page: Page, address: string, workers = 3): Promise<void> => {
  await hookWorkers(page, workers)
  await bringFormula(page)
  await page.goto(address)
  await page.evaluate(() => window.asterism!.ready)
}

/** Digests of all that the orders make: two stacks with their uncertainties, and cleaned frames. */
const runAll = async (page: Page, ids: string[], doomed: readonly number[] = []) => {
  const digests: string[] = []
  let kills = 0
  for (const order of [stackOf(ids), scaledStackOf(ids)]) {
    await doomParts(page, doomed)
    const end = await submitOrder(page, order)
    expect(end).toMatchObject({ status: 'done', failures: [] })
    kills += (await countParts(page)).kills
    for (const plane of ['data', 'uncertainty'] as const)
      digests.push((await readPlane(page, { frame: end.frame, plane, at: [] })).digest)
  }
  await doomParts(page, doomed)
  const cleaned = await page.evaluate(
    async (order) => {
      const { status, frames, failures } = await window.asterism!.submit(order)
      return { status, failures, frames: frames.filter(({ kind }) => kind === 'reduced').map(({ id }) => id) }
    },
    cleaningOf(ids.slice(0, 2)),
  )
  expect(cleaned).toMatchObject({ status: 'done', failures: [] })
  expect(cleaned.frames).toHaveLength(2)
  kills += (await countParts(page)).kills
  for (const frame of cleaned.frames)
    digests.push((await readPlane(page, { frame, plane: 'data', at: [] })).digest)
  return { digests, kills }
}

test('with shared memory, without it, with dying workers and with little memory: the same bits', async ({
  page,
  browser,
  appAddress,
}) => {
  await open(page, appAddress)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  const ids = await ingestFormula(page, FRAMES, COUNT)
  const { digests: expected } = await runAll(page, ids)
  expect(new Set(expected).size).toBe(6)

  const plain = await startServer({ root: DIST, port: 0, plain: true })
  const runs = [
    { address: appAddress, isolated: true, doomed: [1, 4], limit: null },
    { address: plain.address, isolated: false, doomed: [2, 3], limit: 128 * 1024 * 1024 },
  ]
  try {
    for (const { address, isolated, doomed, limit } of runs) {
      const context = await browser.newContext()
      const other = await context.newPage()
      await open(other, address)
      expect(await other.evaluate(() => crossOriginIsolated)).toBe(isolated)
      if (limit !== null) {
        await limitMemory(other, limit)
        await other.reload()
      }
      const found = await runAll(other, await ingestFormula(other, FRAMES, COUNT), doomed)
      expect(found.digests, JSON.stringify({ isolated, doomed, limit })).toEqual(expected)
      // Each of the three orders loses its workers in the middle of these parts.
      expect(found.kills).toBe(3 * doomed.length)
      await context.close()
    }
  } finally {
    await plain.close()
  }
})

test('a part that ends every worker it is given to fails the step, and the next order is done', async ({
  page,
  appAddress,
}) => {
  await open(page, appAddress)
  const ids = await ingestFormula(page, { ...FRAMES, height: 300 }, 4)
  await doomParts(
    page,
    Array.from({ length: 40 }, (_, index) => index + 1),
  )
  const end = await submitOrder(page, stackOf(ids)).catch((error: unknown) => String(error))
  expect(JSON.stringify(end)).toMatch(/stopped|failed/)
  await doomParts(page, [])
  expect(await submitOrder(page, stackOf(ids))).toMatchObject({ status: 'done' })
})

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

test('an order is at rest within 200 ms of the wish to stop, whenever that comes', async ({
  page,
  appAddress,
}) => {
  test.setTimeout(120_000)
  // One worker and a slow rule, so that a part takes much longer than what is allowed.
  await open(page, appAddress, 1)
  const ids = await ingestFormula(page, { width: 2048, height: 2048, seed: 12 }, 16)
  await waitIdle(page)
  let serial = 0
  const jobs: Record<string, { order: () => WorkOrder; delays: number[] }> = {
    stack: {
      order: () => slowStackOf(ids, 3 + ++serial * 1e-9),
      delays: [0, 50, 150, 300, 500, 800],
    },
    'L.A.Cosmic': { order: () => cleaningOf(ids), delays: [0, 50, 150, 300, 500, 700] },
  }
  for (const [name, { order, delays }] of Object.entries(jobs)) {
    const rests: number[] = []
    for (const delay of delays) {
      const { rest, status, ran } = await cancelOrder(page, { ...order(), id: `${name}-${delay}` }, delay)
      if (rest === null) {
        console.log(`${name}: done after ${ran.toFixed(0)} ms`)
        continue
      }
      expect(status).toBe('cancelled')
      rests.push(rest)
      expect((await countParts(page)).open, 'parts that are still worked on').toBe(0)
    }
    console.log(`${name}: at rest after ${rests.map((rest) => rest.toFixed(0)).join(', ')} ms`)
    expect(rests.length, 'cancelled in time').toBeGreaterThan(delays.length / 2)
    expect(median(rests)).toBeLessThan(200)
    expect(Math.max(...rests), 'the worst, on a machine that others use too').toBeLessThan(1000)
  }
  // What was cancelled does not stand in the way of what comes next.
  expect(await submitOrder(page, stackOf(ids))).toMatchObject({ status: 'done' })
})
