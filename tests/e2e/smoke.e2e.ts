import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startServer } from '../../scripts/serve.mjs'
import { expect, expectAccessible, test } from '../support/app-page'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

test('the page loads, says its name and can be used by everybody', async ({ page }) => {
  const response = await page.goto('./')
  expect(response?.status()).toBe(200)
  await expect(page).toHaveTitle(/Asterism/)
  await expect(page.locator('#root')).not.toBeEmpty()
  await expectAccessible(page)
})

test('nothing is asked of any other host', async ({ page, appAddress }) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    const { protocol, href } = new URL(request.url())
    if (protocol.startsWith('http') && !href.startsWith(appAddress)) foreign.push(href)
  })
  await page.goto('./', { waitUntil: 'networkidle' })
  expect(foreign).toEqual([])
})

test('the policy stops an inline script, and the watcher sees it', async ({ page, faults }) => {
  await page.goto('./')
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.intruder = true'
    document.body.append(script)
    return 'intruder' in globalThis
  })
  expect(ran).toBe(false)
  await expect.poll(() => faults.some((fault) => fault.startsWith('content security: script-src'))).toBe(true)
  faults.length = 0
})

test('the page is isolated, so that threads may share memory', async ({ page }) => {
  await page.goto('./')
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
})

test('the app works under another path, from a folder with a difficult name', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism ü '))
  cpSync(DIST, join(folder, 'some where', 'schön'), { recursive: true })
  const server = await startServer({ root: folder, port: 0 })
  try {
    await page.goto(`${server.address}some%20where/sch%C3%B6n/`)
    await expect(page).toHaveTitle(/Asterism/)
    await expect(page.locator('#root')).not.toBeEmpty()
  } finally {
    await server.close()
    rmSync(folder, { recursive: true })
  }
})

test('the app works on a host that sends no headers', async ({ page }) => {
  const server = await startServer({ root: DIST, port: 0, plain: true })
  try {
    await page.goto(server.address)
    await expect(page.locator('#root')).not.toBeEmpty()
    await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveCount(1)
  } finally {
    await server.close()
  }
})

test('a part of the page that does not come is said, and the rest goes on', async ({ page, faults }) => {
  await page.route(/explore-panel-[^/]+\.js$/, (route) => route.abort())
  await page.goto('./')
  await page.getByRole('button', { name: 'Explore', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('could not be fetched')
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  await page.unroute(/explore-panel-[^/]+\.js$/)
  await page.getByRole('button', { name: 'Explore', exact: true }).click()
  await page.getByRole('button', { name: 'Load again' }).click()
  await page.getByRole('button', { name: 'Explore', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Explore' })).toBeVisible()
  // What was provoked: the browser and React both tell of it.
  expect(faults.length).toBeGreaterThan(0)
  faults.length = 0
})
