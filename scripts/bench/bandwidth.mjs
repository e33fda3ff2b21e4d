import { measureBandwidth } from './page-driver.mjs'

/** Larger than caches of the second level, and on most machines than those of the third. */
const BYTES = 2 ** 27

/**
 * Bytes that workers of this browser read and write per second when they do nothing but copy. It is measured on an empty
 * page: the app's own policy lets no program in.
 * @param {import('./launch.mjs').Browser} browser
 * @param {string} address
 * @param {number} workers
 */
export const measureMemory = async ({ page }, address, workers) => {
  const empty = new URL('bench-empty', address).href
  await page.route(empty, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Memory</title>' }),
  )
  await page.goto(empty)
  const bandwidth = await page.evaluate(measureBandwidth, { workers, bytes: BYTES, sweeps: 8 })
  await page.unroute(empty)
  return bandwidth
}
