import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A browser with a graphics card, where there is one: no software adapter, and nothing refused by a list. */
const GPU_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--enable-gpu',
  '--ignore-gpu-blocklist',
  '--use-angle=vulkan',
  '--enable-features=Vulkan,VulkanFromANGLE,DefaultANGLEVulkan',
]

/**
 * @typedef {object} Browser
 * @property {import('@playwright/test').Page} page
 * @property {string} version
 * @property {(() => Promise<number>) | null} usedSeconds of processor, by all processes of the browser so far
 */

/**
 * A browser with a profile of its own on the disk: a private window would keep the workspace in memory, and a person's
 * does not. The app takes as many workers as the browser says that there are cores.
 * @param {{ workers: number, gpu?: boolean }} wanted
 * @returns {Promise<Browser & { close: () => Promise<void> }>}
 */
export const launchBrowser = async ({ workers, gpu = false }) => {
  const { chromium } = await import('@playwright/test')
  const { CHROMIUM_FLAGS, findChromium } = await import('../find-chromium.mjs')
  const executablePath = await findChromium()
  const profile = mkdtempSync(join(tmpdir(), 'asterism-bench-'))
  const context = await chromium.launchPersistentContext(profile, {
    args: gpu ? GPU_FLAGS : CHROMIUM_FLAGS,
    viewport: { width: 1440, height: 900 },
    ...(executablePath === null ? {} : { executablePath }),
  })
  await context.addInitScript((count) => {
    Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => count })
  }, workers)
  const page = context.pages()[0] ?? (await context.newPage())
  const browser = context.browser()
  if (browser === null) throw new Error('the browser does not say what it is')
  const session = await browser.newBrowserCDPSession()
  return {
    page,
    version: browser.version(),
    usedSeconds: async () => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo')
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
    },
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A browser counts as at rest when it used less than this share of one core. */
const REST = 0.1

/**
 * Waits until the browser does nothing any more: pictures of frames that came in are made in the background. One that
 * does not say what it uses is not waited for.
 * @param {Browser} browser
 * @param {number} [longest] seconds
 */
export const waitForRest = async ({ page, usedSeconds }, longest = 60) => {
  if (usedSeconds === null) return
  const step = 0.25
  let before = await usedSeconds()
  for (let waited = 0; waited < longest; waited += step) {
    await page.waitForTimeout(1000 * step)
    const now = await usedSeconds()
    if (now - before < REST * step) return
    before = now
  }
}
