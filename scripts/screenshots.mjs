/** Takes the pictures of the README from the simulated night: `npm run screenshots`. They show the built app in a real browser. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { chromium } = await import('@playwright/test')
const { CHROMIUM_FLAGS, findChromium } = await import('./find-chromium.mjs')
const { startServer } = await import('./serve.mjs')

const root = new URL('../', import.meta.url)
const target = process.argv[2] ?? fileURLToPath(new URL('docs/images/', root))
mkdirSync(target, { recursive: true })
build()
const server = await startServer({ root: fileURLToPath(new URL('dist/', root)), port: 0 })
const executablePath = await findChromium()
const browser = await chromium.launch({
  args: CHROMIUM_FLAGS,
  ...(executablePath === null ? {} : { executablePath }),
})

try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' })
  /** @param {string} name */
  const shoot = async (name) => {
    // Notices come and go; the pictures show the page behind them.
    await page
      .addStyleTag({ content: '[role="status"][aria-live] { visibility: hidden }' })
      .catch(() => undefined)
    await page.waitForTimeout(400)
    await page.screenshot({ path: `${target}/${name}.png` })
  }
  await page.goto(server.address)
  await page.getByRole('button', { name: 'A planet crosses its star' }).waitFor()
  await shoot('empty')
  await page.goto(`${server.address}?demo=transit`)
  await page.getByText('The planet crossed its star').waitFor({ timeout: 180_000 })
  await page.getByRole('button', { name: 'Look around' }).click()
  await page.keyboard.press('2')
  await shoot('light-curve')
  await page.keyboard.press('1')
  await page.waitForTimeout(1500)
  await shoot('image')
  await page.setViewportSize({ width: 390, height: 844 })
  await shoot('image-390')
} finally {
  await browser.close()
  await server.close()
}
console.log(`The pictures are in ${target}`)
