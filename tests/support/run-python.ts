import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether python3 can import all of these; says so where it cannot. */
export const canImport = (...modules: readonly string[]): boolean => {
  const there = spawnSync('python3', ['-c', `import ${modules.join(', ')}`]).status === 0
  if (!there) console.warn(`skipped: python3 with ${modules.join(', ')} is not here`)
  return there
}

export interface ComparedNumber {
  readonly result: string
  readonly quantity: string
  /** Relative. */
  readonly difference: number
}

/** Runs an exported script on a folder of originals, or where it is without one, and reads the comparison that it writes. */
export const runScript = (
  script: string,
  folder: string | null,
  place = mkdtempSync(join(tmpdir(), 'notebook-')),
): { readonly said: string; readonly compared: readonly ComparedNumber[] } => {
  writeFileSync(join(place, 'notebook.py'), script)
  const said = execFileSync('python3', ['notebook.py', ...(folder === null ? [] : [folder])], {
    cwd: place,
    encoding: 'utf8',
    timeout: 500_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [, ...lines] = readFileSync(join(place, 'comparison.csv'), 'utf8').trim().split(/\r?\n/)
  const compared = lines.map((line) => {
    const [, result = '', quantity = '', difference = ''] = /^(.*),([^,]*),([^,]*)$/.exec(line) ?? []
    return {
      result,
      quantity,
      difference: difference === 'inf' ? Number.POSITIVE_INFINITY : Number(difference),
    }
  })
  return { said, compared }
}
