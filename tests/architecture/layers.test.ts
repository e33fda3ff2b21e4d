import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser'
import { afterEach, describe, expect, it } from 'vitest'
import configuration from '../../.dependency-cruiser.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const cruiseTree = async (folder: string): Promise<ICruiseResult['summary']> => {
  const { forbidden, options } = configuration
  const rooms = ['web', 'workers'].filter((room) => existsSync(join(folder, room)))
  const settings: ICruiseOptions = { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder }
  const { output } = await cruise(rooms, settings)
  if (typeof output === 'string') throw new Error(output)
  return output.summary
}

const folders: string[] = []

/** A tree with these files alone, as path and text. */
const plant = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism layers ü '))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

const LEAF = 'export const leaf = 1\n'
const importing = (...targets: string[]): string =>
  targets.map((target, index) => `import * as it${index} from '${target}'\nexport { it${index} }\n`).join('')
const packageFiles = (name: string): Record<string, string> => ({
  [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "1.0.0", "main": "index.js" }`,
  [`node_modules/${name}/index.js`]: LEAF,
})

/** One planted fault for each rule; a type import is a fault as much as a value. */
const FAULTS: Record<string, Record<string, string>> = {
  'rank-core': { 'web/core/a.ts': importing('../science/b'), 'web/science/b.ts': LEAF },
  'rank-science': {
    'web/science/a.ts': "export type { leaf } from '../storage/b'\n",
    'web/storage/b.ts': LEAF,
  },
  'rank-storage': { 'web/storage/a.ts': importing('../observatory/b'), 'web/observatory/b.ts': LEAF },
  'rank-observatory': { 'web/observatory/a.ts': importing('../science/b'), 'web/science/b.ts': LEAF },
  'rank-compute': { 'web/compute/a.ts': importing('../pipeline/b'), 'web/pipeline/b.ts': LEAF },
  'rank-pipeline': { 'web/pipeline/a.ts': importing('../ingest/b'), 'web/ingest/b.ts': LEAF },
  'rank-ingest': { 'web/ingest/a.ts': importing('../render/b'), 'web/render/b.ts': LEAF },
  'rank-render': { 'web/render/a.ts': importing('../ui/b'), 'web/ui/b.tsx': LEAF },
  'rank-rpc': { 'web/rpc/a.ts': importing('../engine/b'), 'web/engine/b.ts': LEAF },
  'rank-engine': { 'web/engine/a.ts': importing('../../workers/b.worker'), 'workers/b.worker.ts': LEAF },
  'rank-workers': { 'workers/a.worker.ts': importing('../web/engine/b'), 'web/engine/b.ts': LEAF },
  'rank-state': { 'web/state/a.ts': importing('../ui/b'), 'web/ui/b.ts': LEAF },
  'rank-ui': { 'web/ui/a.tsx': importing('../app/b'), 'web/app/b.ts': LEAF },
  'rank-app': { 'web/app/a.ts': importing('../../tests/b'), 'tests/b.ts': LEAF },
  'science-crafts-apart': {
    'web/science/photometry/a.ts': importing('../detection/b'),
    'web/science/detection/b.ts': LEAF,
  },
  'science-simulator': {
    'web/science/simulator/a.ts': importing('../photometry/b'),
    'web/science/photometry/b.ts': LEAF,
  },
  'no-cycles': { 'web/core/a.ts': importing('./b'), 'web/core/b.ts': importing('./a') },
  'science-is-pure': { 'web/science/math/a.ts': importing('d3'), ...packageFiles('d3') },
  'comlink-at-the-border': { 'web/state/a.ts': importing('comlink'), ...packageFiles('comlink') },
  'idb-in-storage': { 'web/pipeline/a.ts': importing('idb'), ...packageFiles('idb') },
  'react-at-the-top': { 'web/render/a.ts': importing('react'), ...packageFiles('react') },
  'no-node-in-the-browser': { 'web/storage/a.ts': importing('node:fs') },
  resolvable: { 'web/core/a.ts': importing('./nowhere') },
}

describe('imports only go down', () => {
  it('through the whole tree, and none of it is passed over', async () => {
    const summary = await cruiseTree(ROOT)
    const sources = globSync(['web/**/*.{ts,tsx}', 'workers/**/*.ts'], { cwd: ROOT })
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
    // Without the TypeScript API the checker sees no module at all and finds nothing wrong.
    expect(sources.length).toBeGreaterThan(20)
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources.length)
    expect(summary.totalDependenciesCruised).toBeGreaterThan(sources.length / 2)
  })

  it('has a planted fault for every rule', () => {
    expect(Object.keys(FAULTS).toSorted()).toEqual(
      configuration.forbidden.map((rule) => rule.name ?? '').toSorted(),
    )
  })

  it.each(Object.entries(FAULTS))('%s is found', async (name, files) => {
    const { violations } = await cruiseTree(plant(files))
    expect(new Set(violations.map(({ rule }) => rule.name))).toEqual(new Set([name]))
  })

  it('lets pass what goes down', async () => {
    const folder = plant({
      'web/ui/a.tsx': importing('../state/b', '../../web/core/c', 'react'),
      'web/state/b.ts': importing('../engine/d', '../core/c'),
      'web/engine/d.ts': importing('../rpc/e', 'comlink'),
      'web/rpc/e.ts': importing('../core/c', 'comlink'),
      'web/science/photometry/f.ts': importing('../math/g', '../image/h', '../../core/c'),
      'web/science/simulator/i.ts': importing('../time/j', '../math/g'),
      'web/science/math/g.ts': LEAF,
      'web/science/image/h.ts': LEAF,
      'web/science/time/j.ts': LEAF,
      'web/core/c.ts': LEAF,
      ...packageFiles('react'),
      ...packageFiles('comlink'),
    })
    const { violations } = await cruiseTree(folder)
    expect(violations).toEqual([])
  })
})
