import { basename } from 'node:path'
import { waitForRest } from './launch.mjs'
import { addPicker, ingestPicked, solveOne, submitOrder, waitReady } from './page-driver.mjs'
import { explain } from './run-jobs.mjs'
import { spreadOf } from './statistics.mjs'

/**
 * @typedef {import('./sky-frames.mjs').SkyFrame} SkyFrame
 * @typedef {import('./launch.mjs').Browser} Browser
 */

/** Pixels between where a frame was found and where it is. @param {SkyFrame} truth @param {{ ra: number, dec: number }} found */
const missBy = ({ ra, dec, scale }, found) => {
  const across = (((found.ra - ra + 540) % 360) - 180) * Math.cos((dec * Math.PI) / 180)
  return (Math.hypot(across, found.dec - dec) * 3600) / scale
}

/** Pixels and parts of the scale: more is another place. */
const MISS = 3
const SCALE_MISS = 0.005

/**
 * Plate solving in the browser: from the headers, and over the whole sky with the scale known to a factor of 1.5 each way. The stars are there
 * already; the clock runs from the order to the stored solution, with the catalogue in the browser.
 * @param {Browser} browser
 * @param {{ address: string, frames: readonly SkyFrame[] }} with_
 * @returns {Promise<import('./results.mjs').SolveResult>}
 */
export const runSolve = async (browser, { address, frames }) => {
  /** @type {import('./results.mjs').SolveResult} */
  const result = { hinted: null, blind: null, frames: frames.length, refused: [], failures: [] }
  try {
    const { page } = browser
    await page.goto(address)
    await page.evaluate(waitReady)
    await page.evaluate(addPicker)
    await page.setInputFiles(
      '#bench-picker',
      frames.map(({ path }) => path),
    )
    const taken = await page.evaluate(ingestPicked, 'sky')
    const ids = new Map(taken.map(({ id, name }) => [name, id]))
    const idOf = (/** @type {SkyFrame} */ { path }) => ids.get(basename(path)) ?? ''
    await page.evaluate(submitOrder, { request: 'detect', frames: frames.map(idOf) })
    await waitForRest(browser)
    for (const kind of /** @type {const} */ (['hinted', 'blind'])) {
      const parameters = (/** @type {SkyFrame} */ { scale }) =>
        kind === 'blind' ? { blind: true, scale: [scale / 1.5, scale * 1.5] } : { blind: false }
      // Once without the clock: tiles are fetched, and what the solver needs is compiled.
      const [first] = frames
      if (first !== undefined)
        await page.evaluate(solveOne, {
          request: 'solve',
          frames: [idOf(first)],
          parameters: { ...parameters(first), sipOrder: 1 },
        })
      /** @type {number[]} */
      const times = []
      for (const frame of frames) {
        const order = { request: 'solve', frames: [idOf(frame)], parameters: parameters(frame) }
        const answer = await page.evaluate(solveOne, order)
        if ('reason' in answer) {
          result.refused.push(`${kind}, ${basename(frame.path)}: ${answer.reason}`)
          continue
        }
        const miss = missBy(frame, answer.center)
        if (!(miss < MISS) || !(Math.abs(answer.scale / frame.scale - 1) < SCALE_MISS))
          throw new Error(`${kind}, ${basename(frame.path)}: a wrong place, ${miss.toFixed(1)} pixels off`)
        times.push(answer.seconds)
      }
      result[kind] = times.length === 0 ? null : spreadOf(times)
    }
  } catch (error) {
    result.failures.push(explain(error))
  }
  return result
}
