import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MODULES = fileURLToPath(new URL('../node_modules/', import.meta.url))

/** What the tools need (Vite, Vitest); the `node` package in node_modules is newer than this. */
const OLDEST = /** @type {const} */ ([22, 12])

/** @param {string} version such as v24.21.0 */
export const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** @param {string} program */
const versionOf = (program) => {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/**
 * The Node that runs the tools: the one in node_modules, else this one when it is new enough.
 * @returns {string} path of the program
 */
export const findNode = () => {
  const bundled = join(MODULES, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const version = versionOf(bundled)
  if (version !== null && isNewEnough(version)) return bundled
  if (isNewEnough(process.version)) return process.execPath
  throw new Error(
    `This is Node ${process.version}. The tools need Node ${OLDEST.join('.')} or newer, and the one that npm should have\n` +
      'put into node_modules is not there. Install Node 24 from https://nodejs.org and try again.',
  )
}

/** The environment in which `node` and the installed programs are the project's own. */
export const toolEnvironment = () => {
  const folders = [join(MODULES, '.bin'), process.env['PATH'] ?? '']
  return { ...process.env, PATH: folders.join(delimiter) }
}
