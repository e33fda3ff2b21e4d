import { spawn } from 'node:child_process'
import { ensureInstalled } from './install.mjs'
import { findNode, toolEnvironment } from './node-version.mjs'

const READY = 'ASTERISM_TOOLS_READY'

/**
 * Installs what is missing and starts this script again under the project's own Node with its programs first on the PATH.
 * Returns false in the process that did so, which then only waits, and true in the one that has the work to do.
 * @returns {boolean}
 */
export const prepareTools = () => {
  if (process.env[READY] === '1') return true
  try {
    ensureInstalled()
    const child = spawn(findNode(), process.argv.slice(1), {
      stdio: 'inherit',
      env: { ...toolEnvironment(), [READY]: '1' },
    })
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal))
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? (signal === null ? 1 : 130)
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
  return false
}
