import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * @param {string} command
 * @param {string[]} args
 */
const attempt = (command, args) => {
  console.log(`$ ${[command, ...args].join(' ')}`)
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}

const installWithPlaywright = () => {
  const cli = resolve(ROOT, 'node_modules/playwright/cli.js')
  return existsSync(cli) && attempt(process.execPath, [cli, 'install', 'chromium'])
}

const installWithApt = () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return false
  return attempt('apt-get', ['update']) && attempt('apt-get', ['install', '-y', 'chromium'])
}

const EXPLANATION = `No Chromium was found, and none could be installed.
Install Chromium or Google Chrome with your system's package manager,
or set CHROMIUM_PATH to the program, and run the tests again.`

/**
 * The Chromium that tests use; installs one when there is none.
 * @returns {Promise<string>}
 */
export const ensureChromium = async () => {
  const found = await findChromium()
  if (found !== null) return found
  for (const install of [installWithPlaywright, installWithApt]) {
    install()
    const installed = await findChromium()
    if (installed !== null) return installed
  }
  throw new Error(EXPLANATION)
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(await ensureChromium())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
