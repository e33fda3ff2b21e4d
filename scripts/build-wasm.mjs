import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeNetworks } from './generate-networks.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = join(ROOT, 'wasm')
const FOLDER = join(SOURCES, 'build')
const MODULE = join(FOLDER, 'kernels.wasm')
const STAMP = join(FOLDER, 'stamp')

/** Memory comes from outside, so that arrays can be lent from it; no garbage collector, since nothing is kept. */
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--enable',
  'simd',
  '--runtime',
  'stub',
  '--importMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
]

/**
 * @param {string} folder
 * @returns {string[]}
 */
const listSources = (folder) =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      if (path === FOLDER) return []
      return statSync(path).isDirectory() ? listSources(path) : name.endsWith('.ts') ? [path] : []
    })

const fingerprint = () => {
  const hash = createHash('sha256').update(OPTIONS.join(' ')).update(writeNetworks())
  for (const path of [...listSources(SOURCES), fileURLToPath(import.meta.url)])
    hash.update(path).update(readFileSync(path))
  return hash.digest('hex')
}

const isBuilt = () => existsSync(MODULE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()

/** Compiles wasm/ into wasm/build/kernels.wasm, unless what is there was made from the same sources. */
export const buildWasm = () => {
  if (isBuilt()) return
  const before = fingerprint()
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'networks.ts'), writeNetworks())
  // Several runs may build at once: each writes a file of its own and puts it in place whole.
  const part = `build/kernels.${process.pid}.wasm`
  const compiler = join(ROOT, 'node_modules', 'assemblyscript', 'bin', 'asc.js')
  const args = [compiler, 'index.ts', ...OPTIONS, '--baseDir', SOURCES, '--outFile', part]
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) throw new Error('The kernels do not compile: see what the compiler says above.')
  renameSync(join(SOURCES, part), MODULE)
  writeFileSync(STAMP, before)
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    buildWasm()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
