import type { Page } from '@playwright/test'
import { expect, test } from '../support/app-page'
import { launchBrowser, waitForRest } from '../../scripts/bench/launch.mjs'
import { discardPixels } from '../../scripts/bench/page-driver.mjs'
import type { Combine } from '../../web/core/combine'
import { combineRawKernel } from '../../web/compute/kernels/combine-raw'
import { combineFrames } from '../../web/science/calibration/combine-frames'
import { watchMemory } from '../support/browser-memory'
import {
  FORMULA_MEAN,
  FORMULA_NOISE,
  formulaLevel,
  formulaValues,
  spreadPixels,
  type FormulaFrames,
} from '../support/formula-frames'
import {
  blindPage,
  bringFormula,
  ingestFormula,
  limitMemory,
  readPlane,
  submitOrder,
} from '../support/formula-page'

const MEBIBYTE = 1024 * 1024
const LIMITS = [1024 * MEBIBYTE, 256 * MEBIBYTE]
/** What a page, its workers, their compiled code and what their collectors have not swept yet take besides pixels. */
const BESIDES = 256 * MEBIBYTE
const WORKERS = 4
const SAMPLED = 4000
const COMBINE: Combine = {
  method: 'mean',
  rejection: 'sigma-clip',
  low: 3,
  high: 3,
  center: 'median',
  deviation: 'mad',
  iterations: 5,
}

/** What combining must give at some pixels, by the reference on values that are made again from the formula. */
const expectStack = (frames: FormulaFrames, count: number, at: readonly number[]) =>
  combineFrames(
    Array.from({ length: count }, (_, frame) => Float32Array.from(formulaValues(frames, frame, at))),
    COMBINE,
  )

const expectNear = (found: readonly number[], expected: Float32Array, what: string): void => {
  const { abs, rel } = combineRawKernel.tolerance
  const wrong = found.filter((value, index) => {
    const wanted = expected[index] ?? Number.NaN
    return !(Math.abs(value - wanted) <= abs + rel * Math.abs(wanted))
  })
  expect(wrong, what).toEqual([])
}

const JOBS = [
  { count: 500, width: 2048, height: 2048, seed: 1 },
  { count: 40, width: 9576, height: 6388, seed: 2 },
]

for (const { count, ...frames } of JOBS) {
  test(`${count} frames of ${frames.width} x ${frames.height} are stacked within the memory limit (seed ${frames.seed})`, async ({
    appAddress,
  }) => {
    // A profile on the disk: a private window would keep the frames in memory.
    const launched = await launchBrowser({ workers: WORKERS })
    try {
      let { page } = launched
      const context = page.context()
      const browser = context.browser()!
      /** A page in a new process, so that one run does not bear what another has left behind. */
      const reopen = async (prepare?: (page: Page) => Promise<unknown>): Promise<void> => {
        const former = page
        page = await context.newPage()
        await former.close()
        await prepare?.(page)
        await page.goto(appAddress)
        await page.evaluate(() => window.asterism!.ready)
      }
      await reopen(bringFormula)
      const begin = Date.now()
      const ids = await ingestFormula(page, frames, count)
      expect(new Set(ids).size).toBe(count)
      console.log(`${count} frames taken in within ${((Date.now() - begin) / 1000).toFixed(0)} s`)

      const at = spreadPixels(frames, SAMPLED)
      const expected = expectStack(frames, count, at)
      const order = {
        request: 'stack' as const,
        frames: ids,
        parameters: { method: 'none', bias: 'off', dark: 'off', flat: 'off', combine: COMBINE },
      }
      const digests: string[] = []
      for (const limit of LIMITS) {
        await limitMemory(page, limit)
        // Pictures to be looked at are held besides the limit, each as long as it is on view.
        await reopen(blindPage)
        await waitForRest({ ...launched, page })
        let frame = ''
        let seconds = 0
        const memory = await watchMemory(browser, async () => {
          const end = await submitOrder(page, order)
          expect(end).toMatchObject({ status: 'done', failures: [] })
          ;({ frame, seconds } = end)
        })
        console.log(
          `limit ${limit / MEBIBYTE} MiB: ${seconds.toFixed(1)} s, ${Math.round(memory.before / MEBIBYTE)} MiB before, ` +
            `at most ${Math.round(memory.peak / MEBIBYTE)} MiB after ${memory.peakAt.toFixed(1)} s (${memory.samples} samples)`,
        )
        expect(memory.samples).toBeGreaterThan(50)
        expect(memory.peak, 'all that the page held').toBeLessThan(limit + BESIDES)

        await reopen()
        const data = await readPlane(page, { frame, plane: 'data', at })
        expectNear(data.values, expected.data, 'values')
        const uncertainty = await readPlane(page, { frame, plane: 'uncertainty', at })
        expectNear(uncertainty.values, expected.uncertainty, 'uncertainties')
        digests.push(`${data.digest} ${uncertainty.digest}`)
        // The truth that needs no reference: level and noise, and no trace of the bright values.
        const error = FORMULA_NOISE / Math.sqrt(count)
        const off = data.values.map((value, index) => value - formulaLevel(frames, at[index] ?? 0))
        const mean = off.reduce((sum, value) => sum + value, 0) / off.length
        const scatter = Math.sqrt(off.reduce((sum, value) => sum + (value - mean) ** 2, 0) / off.length)
        expect(Math.abs(mean - FORMULA_MEAN)).toBeLessThan(0.1)
        expect(scatter / error).toBeGreaterThan(0.9)
        expect(scatter / error).toBeLessThan(1.1)
        await page.evaluate(discardPixels, [frame])
      }
      expect(digests[1], 'the same bits whatever the limit').toBe(digests[0])
    } finally {
      await launched.close()
    }
  })
}
