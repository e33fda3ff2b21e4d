import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const STAMP = join(ROOT, '.cache', 'build-stamp')

/** Everything that the built app is made of. */
const SOURCES = [
  'index.html',
  'package.json',
  'package-lock.json',
  'vite.config.ts',
  'tsconfig.base.json',
  'scripts/build.mjs',
  'scripts/content-security-policy.mjs',
  'public',
  'shaders',
  'wasm',
  'web',
  'workers',
]

/**
 * @param {string} path
 * @returns {string[]} the file itself, or all files below the folder, in a fixed order
 */
const listFiles = (path) => {
  if (!existsSync(join(ROOT, path))) return []
  if (statSync(join(ROOT, path)).isFile()) return [path]
  return readdirSync(join(ROOT, path))
    .sort()
    .flatMap((name) => listFiles(`${path}/${name}`))
}

/** A hash of names and contents: a file that went away or came back with an old date counts too. */
const fingerprint = () => {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(listFiles)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

export const isBuilt = () =>
  existsSync(join(ROOT, 'dist', 'index.html')) &&
  existsSync(STAMP) &&
  readFileSync(STAMP, 'utf8') === fingerprint()

/** Builds the app into dist. Throws when it does not build, and then leaves no stamp behind. */
export const build = () => {
  const before = fingerprint()
  rmSync(STAMP, { force: true })
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build'], { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error('The app does not build: see what Vite says above.')
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  writeFileSync(STAMP, before)
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    build()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
