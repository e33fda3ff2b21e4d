import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkSource } from './source-rules'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync(
  ['web/**/*.{ts,tsx}', 'workers/**/*.ts', 'tests/**/*.{ts,tsx,mjs}', 'scripts/**/*.mjs'],
  { cwd: ROOT },
)
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted()

const repeat = (line: string, times: number): string => `${line}\n`.repeat(times)

describe('every source file keeps the rules of the house', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files).toContain('web/core/image.ts')
    expect(files).toContain('scripts/serve.mjs')
    expect(files).toContain('tests/architecture/source-rules.test.ts')
  })

  it('length, name, exports, any, enum, workers', () => {
    expect(files.flatMap((path) => checkSource(path, readFileSync(`${ROOT}/${path}`, 'utf8')))).toEqual([])
  })
})

describe('the rules find what breaks them', () => {
  it.each([
    ['401 lines', 'web/core/long.ts', repeat('// line', 401), '401 lines, at most 400'],
    ['81 lines of a worker', 'workers/long.worker.ts', repeat('// line', 81), '81 lines, at most 80'],
    ['camel case', 'web/core/skyLevel.ts', '', 'skyLevel.ts is not kebab-case'],
    ['a drawer for everything', 'web/science/utils/median.ts', '', 'utils says nothing'],
    ['any as a type', 'web/core/a.ts', 'export const f = (x: any) => x', 'line 1: any'],
    ['any as an assertion', 'web/core/a.ts', 'export const x = (0 as any)', 'line 1: any'],
    ['any within a type', 'web/core/a.ts', 'export type X = Record<string, any>', 'line 1: any'],
    ['an enum', 'web/core/a.ts', 'export enum X { a }', 'line 1: enum'],
    ['a default export', 'web/core/a.ts', 'export default 1', 'line 1: default export'],
    [
      'a default function',
      'web/ui/a.tsx',
      '\nexport default function F() { return <b /> }',
      'line 2: default export',
    ],
    ['a renamed default', 'web/core/a.ts', 'const a = 1\nexport { a as default }', 'line 2: default export'],
    ['a worker', 'web/ui/a.ts', 'new Worker("a.js")', 'line 1: new Worker outside web/engine'],
    [
      'a shared worker',
      'web/state/a.ts',
      'new globalThis.SharedWorker("a")',
      'line 1: new Worker outside web/engine',
    ],
  ])('%s', (_what, path, text, fault) => {
    expect(checkSource(path, text)).toEqual([`${path}: ${fault}`])
  })

  it.each([
    ['400 lines', 'web/core/long.ts', repeat('// any enum default new Worker()', 400)],
    ['the word any in text', 'web/core/a.ts', 'export const text = "any, new Worker(), export default"'],
    ['a worker in the engine', 'web/engine/pool.ts', 'export const start = () => new Worker("a.js")'],
    ['a default for a tool', 'vitest.config.ts', 'export default {}'],
    ['a test name', 'tests/core/sky-level.long.browser.test.ts', ''],
  ])('and let pass %s', (_what, path, text) => {
    expect(checkSource(path, text)).toEqual([])
  })
})
