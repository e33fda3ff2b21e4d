import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { STAGES } from '../../scripts/test-stages.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'asterism linter '))
afterAll(() => rmSync(folder, { recursive: true }))

for (const name of [
  '.oxlintrc.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.pure.json',
  'tsconfig.web.json',
  'tsconfig.worker.json',
]) {
  cpSync(join(ROOT, name), join(folder, name))
}

/** The rules that one file breaks, found with the arguments that `npm test` uses. */
const lint = (path: string, text: string): { rules: string[]; ended: number | null } => {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  const args = STAGES.find((stage) => stage.name === 'lint')?.args ?? []
  const { stdout, status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/oxlint/bin/oxlint'), ...args, '-f', 'unix', path],
    { cwd: folder, encoding: 'utf8' },
  )
  rmSync(file)
  return {
    rules: [...stdout.matchAll(/\[Error\/[\w-]+\(([\w-]+)\)\]/g)].map((match) => match[1] ?? ''),
    ended: status,
  }
}

describe('the linter', () => {
  it.each(['indexedDB', 'fetch', 'postMessage', 'navigator'])('finds %s in science', (name) => {
    const { rules, ended } = lint('web/science/math/a.ts', `export const it = ${name}\n`)
    expect(rules).toEqual(['no-restricted-globals'])
    expect(ended).toBe(1)
  })

  it('lets storage use the database', () => {
    expect(lint('web/storage/a.ts', 'export const it = indexedDB\n')).toEqual({ rules: [], ended: 0 })
  })

  it('knows types: a promise that nobody waits for, a default left out', () => {
    const work = 'const work = async (): Promise<number> => 1\n'
    expect(lint('web/core/a.ts', `${work}export const start = (): void => {\n  work()\n}\n`).rules).toEqual([
      'no-floating-promises',
    ])
    const kind =
      "export const name = (kind: 'a' | 'b'): string => {\n  switch (kind) {\n    case 'a':\n      return 'A'\n  }\n  return ''\n}\n"
    expect(lint('web/core/a.ts', kind).rules).toEqual(['switch-exhaustiveness-check'])
  })

  it.each([
    ['any', 'web/core/a.ts', 'export const x: any[] = []\n', 'no-explicit-any'],
    [
      'six parameters',
      'web/core/a.ts',
      'export const f = (a = 1, b = 1, c = 1, d = 1, e = 1, g = 1): number => a + b + c + d + e + g\n',
      'max-params',
    ],
    [
      'a type that is imported as a value',
      'web/core/a.ts',
      "import { Image } from './image'\nexport type It = Image\n",
      'consistent-type-imports',
    ],
    ['an image without words', 'web/ui/a.tsx', 'export const A = () => <img src="a.png" />\n', 'alt-text'],
    [
      'a button without its type',
      'web/ui/a.tsx',
      'export const A = () => <button>A</button>\n',
      'button-has-type',
    ],
    [
      'a comment that switches nothing off',
      'web/core/a.ts',
      '// oxlint-disable-next-line no-alert\nexport const a = 1\n',
      '',
    ],
  ])('finds %s', (_what, path, text, rule) => {
    const { rules, ended } = lint(path, text)
    expect(ended).toBe(1)
    if (rule !== '') expect(rules).toContain(rule)
  })
})
