import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Headless Chromium without its background traffic, and with a WebGPU adapter on any machine. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
]

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const findOnPath = () => {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
      if (isExecutable(path)) return path
    }
  }
  return null
}

const findPlaywrightBrowser = async () => {
  try {
    const { chromium } = await import('playwright')
    const path = chromium.executablePath()
    // A downloaded browser may lack the system libraries it needs: one that cannot say its version is passed over.
    const runs = existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
    return runs ? path : null
  } catch {
    return null
  }
}

/**
 * The Chromium that tests use: CHROMIUM_PATH, then Playwright's own, then one on the PATH.
 * @returns {Promise<string | null>}
 */
export const findChromium = async () => {
  const asked = process.env['CHROMIUM_PATH']
  if (asked !== undefined && asked !== '') {
    if (isExecutable(asked)) return asked
    throw new Error(`CHROMIUM_PATH is ${asked}, and there is no program there.`)
  }
  return (await findPlaywrightBrowser()) ?? findOnPath()
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const path = await findChromium()
  console.log(path ?? 'no Chromium found')
  process.exitCode = path === null ? 1 : 0
}
