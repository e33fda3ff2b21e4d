/** How soon the picture of a dropped frame is there, and how evenly it follows the hand. */
import { setTimeout as wait } from 'node:timers/promises'
import { waitForRest } from './launch.mjs'
import { emptyWorkspace, readBackends, waitReady } from './page-driver.mjs'
import { readWatch, startFrames, startWatch, stopFrames } from './page-watch.mjs'
import { median, quantile } from './statistics.mjs'

/**
 * @typedef {import('./launch.mjs').Browser} Browser
 * @typedef {import('@playwright/test').Page} Page
 *
 * Milliseconds between frames of the screen while a hand drags or turns the wheel.
 * @typedef {{ gesture: string, renderer: string, median: number, p95: number, worst: number, late: number, frames: number }} FrameTimes
 */

/** Longest wait for a picture, milliseconds. */
const PATIENCE = 60_000

/**
 * Drops one file as the system's file manager does, and waits for its picture.
 * @param {Page} page
 * @param {string} path
 */
const dropFile = async (page, path) => {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver', 'drop'])) {
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 450, data })
  }
  const begin = performance.now()
  for (;;) {
    const seen = await page.evaluate(readWatch)
    if (seen !== null) return seen
    if (performance.now() - begin > PATIENCE) return null
    await wait(20)
  }
}

/**
 * A page with an empty workspace that watches what is dropped on it.
 * @param {Browser} browser
 * @param {string} address
 */
const openEmpty = async (browser, address) => {
  await browser.page.goto(address)
  await browser.page.evaluate(waitReady)
  await browser.page.evaluate(emptyWorkspace)
  await browser.page.goto(address)
  await browser.page.evaluate(waitReady)
  await waitForRest(browser)
}

/**
 * Milliseconds from the drop event to the first frame with a picture, one for each file.
 * @param {Browser} browser
 * @param {string} address
 * @param {readonly string[]} paths
 */
export const measureFirstPicture = async (browser, address, paths) => {
  await browser.page.addInitScript(startWatch)
  const times = []
  for (const path of paths) {
    await openEmpty(browser, address)
    const seen = await dropFile(browser.page, path)
    if (seen === null) throw new Error(`no picture within ${PATIENCE / 1000} s of the drop`)
    if (seen.blank) throw new Error('a first picture was announced, and the canvas was empty')
    times.push(seen.milliseconds)
    await waitForRest(browser)
  }
  return times
}

/**
 * @param {Page} page
 * @param {number} seconds
 * @param {(passed: number) => Promise<void>} act called about every 8 ms with the share of the time that has passed
 */
const perform = async (page, seconds, act) => {
  await page.evaluate(startFrames)
  const begin = performance.now()
  for (let passed = 0; passed < 1; passed = (performance.now() - begin) / (1000 * seconds)) {
    await act(passed)
    await wait(8)
  }
  return await page.evaluate(stopFrames)
}

/**
 * @param {string} gesture
 * @param {string} renderer
 * @param {readonly number[]} deltas
 * @returns {FrameTimes}
 */
export const summariseFrames = (gesture, renderer, deltas) => ({
  gesture,
  renderer,
  median: median(deltas),
  p95: quantile(deltas, 0.95),
  worst: Math.max(...deltas),
  late: deltas.filter((delta) => delta > 34).length / deltas.length,
  frames: deltas.length,
})

/**
 * Drags the picture at one pixel to one, and turns the wheel from the whole frame to single pixels and back.
 * @param {Browser} browser
 * @param {string} address
 * @param {{ path: string, seconds: number }} options
 * @returns {Promise<FrameTimes[]>}
 */
export const measureFrameTimes = async (browser, address, { path, seconds }) => {
  const { page } = browser
  await page.addInitScript(startWatch)
  await openEmpty(browser, address)
  if ((await dropFile(page, path)) === null) throw new Error('the large frame was not shown')
  await waitForRest(browser)
  const { webgpu } = await page.evaluate(readBackends)
  const renderer = webgpu?.used === true ? `WebGPU, ${webgpu.adapter}` : '2-D canvas'
  const surface = page.getByRole('application')
  const box = await surface.boundingBox()
  if (box === null) throw new Error('there is no picture')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await surface.focus()
  await page.keyboard.press('1')
  await waitForRest(browser)
  const before = await page.screenshot({ clip: box })
  await page.mouse.down()
  const pan = await perform(page, seconds, async (passed) => {
    const angle = 2 * Math.PI * passed
    await page.mouse.move(
      x + 0.4 * box.width * Math.sin(3 * angle),
      y + 0.4 * box.height * Math.sin(2 * angle),
    )
  })
  const after = await page.screenshot({ clip: box })
  await page.mouse.up()
  if (before.equals(after)) throw new Error('the picture did not follow the hand')
  await page.mouse.move(x, y)
  await page.keyboard.press('0')
  await waitForRest(browser)
  const zoom = await perform(page, seconds, async (passed) => {
    await page.mouse.wheel(0, Math.sin(2 * Math.PI * passed) > 0 ? -24 : 24)
  })
  return [summariseFrames('pan', renderer, pan), summariseFrames('zoom', renderer, zoom)]
}
