import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | null}
 */
const readPackages = (path) => {
  if (!existsSync(path)) return null
  try {
    /** @type {{ packages?: Record<string, LockedPackage> }} */
    const lock = JSON.parse(readFileSync(path, 'utf8'))
    return lock.packages ?? null
  } catch {
    return null
  }
}

/**
 * What differs between the lock file and what is installed. npm writes node_modules/.package-lock.json when an install
 * has ended well, so that one that was broken off is seen as well. Packages for other systems may be absent.
 * @param {Record<string, LockedPackage> | null} locked
 * @param {Record<string, LockedPackage> | null} installed
 * @returns {string[]} names of packages that are missing or of another version
 */
export const findStale = (locked, installed) => {
  if (locked === null || installed === null) return ['everything']
  return Object.entries(locked)
    .filter(([path, wanted]) => {
      if (path === '') return false
      const present = installed[path]
      if (present === undefined) return wanted.optional !== true && wanted.devOptional !== true
      return present.version !== wanted.version
    })
    .map(([path]) => path.replace(/^node_modules\//, ''))
}

/**
 * @param {string[]} args
 * @returns {boolean}
 */
const runNpm = (args) => {
  console.log(`$ npm ${args.join(' ')}`)
  const cli = process.env['npm_execpath']
  const inNode = cli !== undefined && /\.c?js$/.test(cli)
  const windows = process.platform === 'win32'
  const { status } = inNode
    ? spawnSync(process.execPath, [cli, ...args], { cwd: ROOT, stdio: 'inherit' })
    : spawnSync(windows ? 'npm.cmd' : 'npm', args, { cwd: ROOT, stdio: 'inherit', shell: windows })
  return status === 0
}

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error']

/**
 * First with whatever npm's cache holds, which needs no network when the cache is full; then all from the network; then
 * without the packaged Node, whose installer is the only script that is run.
 */
const ATTEMPTS = [
  ['ci', '--prefer-offline', ...QUIET],
  ['ci', ...QUIET],
  ['ci', '--prefer-offline', '--ignore-scripts', ...QUIET],
]

/** Installs the packages of the lock file, unless they are there already. */
export const ensureInstalled = () => {
  const findMissing = () =>
    findStale(
      readPackages(join(ROOT, 'package-lock.json')),
      readPackages(join(ROOT, 'node_modules', '.package-lock.json')),
    )
  const stale = findMissing()
  if (stale.length === 0) return
  console.log(`Installing packages (${stale.slice(0, 3).join(', ')}${stale.length > 3 ? ', …' : ''}) …`)
  const done = ATTEMPTS.some((args) => runNpm(args) && findMissing().length === 0)
  if (!done) throw new Error('The packages could not be installed: see what npm says above.')
}
