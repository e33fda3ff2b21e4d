import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 */

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64']

/**
 * Whether an entry of that name stands where a package in `from` would find it.
 * @param {Record<string, Entry>} packages
 * @param {string} from
 * @param {string} name
 * @returns {boolean}
 */
const isListed = (packages, from, name) => {
  if (packages[`${from}/node_modules/${name}`] !== undefined) return true
  const outer = from.lastIndexOf('/node_modules/')
  return outer > 0
    ? isListed(packages, from.slice(0, outer), name)
    : packages[`node_modules/${name}`] !== undefined
}

/**
 * Optional packages, one for each system, that others in the lock file ask for and that it does not list.
 * A registry mirror that holds only some systems makes npm leave them out, and then `npm ci` refuses the file everywhere.
 * @param {Record<string, Entry>} packages
 * @returns {{ name: string, version: string, dev: boolean }[]}
 */
export const findUnlisted = (packages) =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isListed(packages, path, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  )

/**
 * The entry of such a package, its system and processor read from its name, so that other systems pass it over.
 * @param {{ name: string, version: string, dev: boolean }} unlisted
 * @returns {Entry}
 */
const describe = ({ name, version, dev }) => {
  const words = name.split(/[/-]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor) || words.includes(`${processor}v7`))
  if (words.some((word) => /^(gnueabihf|musleabihf|eabi)$/.test(word)) && !cpu.includes('arm'))
    cpu.push('arm')
  if (os.length !== 1 || cpu.length !== 1) throw new Error(`For which system is ${name}?`)
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((w) => w.startsWith('gnu'))
      ? ['glibc']
      : null
  return { version, cpu, ...(dev ? { dev } : {}), ...(libc === null ? {} : { libc }), optional: true, os }
}

/** @param {string} path */
const complete = (path) => {
  /** @type {{ packages: Record<string, Entry> }} */
  const lock = JSON.parse(readFileSync(path, 'utf8'))
  const unlisted = findUnlisted(lock.packages)
  for (const it of unlisted) lock.packages[`node_modules/${it.name}`] = describe(it)
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(unlisted.map(({ name }) => `added ${name}`).join('\n') || 'The lock file lists every system.')
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  complete(fileURLToPath(new URL('../package-lock.json', import.meta.url)))
}
