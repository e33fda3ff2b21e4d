import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, describe, expect, it } from 'vitest'
import { ROOMS } from './ranks.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const COMPILER = join(ROOT, 'node_modules/@typescript/native/bin/tsc')
const THREADS = ['pure', 'worker', 'web'] as const

interface Project {
  compilerOptions: { lib: string[] }
  include: string[]
  references: { path: string }[]
}

const readProject = (thread: string): Project => {
  const path = join(ROOT, `tsconfig.${thread}.json`)
  return ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8')).config as Project
}

const folder = mkdtempSync(join(tmpdir(), 'asterism threads '))
afterAll(() => rmSync(folder, { recursive: true }))

/** Compiles one file in an otherwise empty tree with the project's own settings; the compiler's complaints come back. */
const compile = (thread: (typeof THREADS)[number], path: string, text: string): string => {
  for (const name of ['base', ...THREADS])
    cpSync(join(ROOT, `tsconfig.${name}.json`), join(folder, `tsconfig.${name}.json`))
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const { stdout } = spawnSync(process.execPath, [COMPILER, '-p', `tsconfig.${thread}.json`, '--types', ''], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(file)
  return stdout
}

describe('the thread of a file is known to the compiler', () => {
  it('every room belongs to one project', () => {
    const owners = ROOMS.map(({ path }) =>
      THREADS.filter((thread) => readProject(thread).include.includes(path)),
    )
    expect(owners.every((threads) => threads.length === 1)).toBe(true)
  })

  it('projects look only at those below', () => {
    expect(THREADS.map((thread) => readProject(thread).references.map(({ path }) => path))).toEqual([
      [],
      ['./tsconfig.pure.json'],
      ['./tsconfig.pure.json', './tsconfig.worker.json'],
    ])
  })

  it.each([
    ['pure', 'web/science/math/a.ts'],
    ['worker', 'workers/a.worker.ts'],
    ['worker', 'web/storage/a.ts'],
  ] as const)('a document in %s code does not compile', (thread, path) => {
    expect(compile(thread, path, 'export const title: string = document.title\n')).toContain(
      "Cannot find name 'document'",
    )
    expect(compile(thread, path, 'export const size: number = new Float32Array(4).length\n')).toBe('')
  })

  it('and compiles in the window', () => {
    expect(compile('web', 'web/ui/a.ts', 'export const title: string = document.title\n')).toBe('')
  })
})
