import { launchBrowser } from './launch.mjs'
import { readBackends, waitReady } from './page-driver.mjs'
import { measureFirstPicture, measureFrameTimes } from './picture.mjs'
import { explain } from './run-jobs.mjs'
import { spreadOf } from './statistics.mjs'

/** @typedef {import('./launch.mjs').Browser} Browser */

/**
 * First picture and frame times, on the software path and, where there is one, on a graphics card.
 * @param {import('./options.mjs').Options} options
 * @param {{ address: string, drops: readonly string[], picture: string }} with_
 * @returns {Promise<import('./results.mjs').PictureResult>}
 */
export const runPicture = async ({ workers, only, short }, { address, drops, picture }) => {
  /** @type {import('./results.mjs').PictureResult} */
  const result = { firstPicture: null, frames: [], gpu: null, failures: [] }
  const wants = (/** @type {string} */ name) => only === null || only.includes(name)
  const seconds = short ? 0.5 : 3
  /** @param {boolean} gpu @param {(browser: Browser) => Promise<void>} measure */
  const withBrowser = async (gpu, measure) => {
    try {
      const browser = await launchBrowser({ workers, gpu })
      try {
        await measure(browser)
      } finally {
        await browser.close()
      }
    } catch (error) {
      result.failures.push(explain(error))
    }
  }
  if (wants('picture')) {
    await withBrowser(false, async (browser) => {
      result.firstPicture = spreadOf(await measureFirstPicture(browser, address, drops))
    })
  }
  if (!wants('frames')) return result
  await withBrowser(false, async (browser) => {
    result.frames.push(...(await measureFrameTimes(browser, address, { path: picture, seconds })))
  })
  await withBrowser(true, async (browser) => {
    await browser.page.goto(address)
    await browser.page.evaluate(waitReady)
    const { webgpu } = await browser.page.evaluate(readBackends)
    if (webgpu === null || webgpu.software) result.gpu = 'no graphics card on this machine'
    else result.frames.push(...(await measureFrameTimes(browser, address, { path: picture, seconds })))
  })
  return result
}
