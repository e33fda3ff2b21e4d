import { rmSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../support/app-page'
import { dropFiles, listFolder, waitIdle } from '../support/drive-app'
import { writeManyFrames } from '../support/many-frames'
import { requireShared } from '../support/shared-data'

const folder = requireShared('hatp32_transit/HatP32Dec202017')
const COUNT = 1000
/** What is asked for: an answer to a click within this time, milliseconds. */
const ANSWER = 100

// A trace takes down the whole page at every click, and would be what is measured.
test.use({ trace: 'off' })

test.skip(folder === null, 'the data set hatp32_transit is not beside this clone')

interface Watched {
  /** From the press to the next picture of the page, milliseconds, for each click that the browser timed. */
  clicks: number[]
}

/** The browser's own measure of how long the page took to answer: from the press to the frame that was painted after it. */
const watchClicks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched: Watched = { clicks: [] }
    ;(globalThis as unknown as { watched: Watched }).watched = watched
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'click') watched.clicks.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })

const readClicks = (page: Page): Promise<number[]> =>
  page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched.clicks)

test('a thousand frames come in while the page answers every click within a tenth of a second', async ({
  page,
}) => {
  test.setTimeout(240_000)
  const frames = writeManyFrames(folder ?? '', COUNT)
  try {
    await page.goto('./')
    await dropFiles(page, listFolder(frames))
    await expect(page.locator('footer progress')).toHaveCount(1)
    await watchClicks(page)
    const began = performance.now()
    const rail = page.getByRole('navigation', { name: 'Panels' })
    const places = await Promise.all(
      ['Image', 'Explore', 'Orders', 'Settings'].map((name) =>
        rail.getByRole('button', { name }).boundingBox(),
      ),
    )
    let pressed = 0
    while ((await page.locator('footer progress').count()) > 0) {
      const place = places[pressed % places.length]
      if (!place) throw new Error('a button of the rail is not there')
      await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2)
      pressed++
      await page.waitForTimeout(40)
    }
    const seconds = (performance.now() - began) / 1000
    const clicks = (await readClicks(page)).toSorted((a, b) => b - a)
    console.log(
      `${COUNT} frames in ${seconds.toFixed(1)} s, ${pressed} clicks; slowest answers: ${clicks.slice(0, 5).join(', ')} ms`,
    )
    await waitIdle(page)
    expect(await page.evaluate(async () => (await window.asterism!.query('exposures')).length)).toBe(COUNT)
    expect(pressed).toBeGreaterThan(50)
    expect(clicks.length).toBeGreaterThan(pressed / 4)
    // On a machine that does other things too one click in a hundred may have to wait for those.
    expect(clicks[Math.ceil(pressed / 100)]).toBeLessThanOrEqual(ANSWER)
    expect(clicks[0]).toBeLessThanOrEqual(3 * ANSWER)
  } finally {
    rmSync(frames, { recursive: true })
  }
})
