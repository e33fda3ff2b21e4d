import 'fake-indexeddb/auto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { FrameFacts } from '../../../../web/core/frame'
import { idleTask } from '../../../../web/core/task'
import { createFrameSource } from '../../../../web/pipeline/create-frame-source'
import { exportNotebook } from '../../../../web/pipeline/export/notebook/export-notebook'
import { z } from '../../../../web/core/validation'
import { openWorkspace } from '../../../../web/storage/workspace'
import { createMemoryPixels } from '../../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../../support/run-in-process'
import { canImport, runScript, type ComparedNumber } from '../../../support/run-python'
import { fillSmallCamera } from '../../../support/small-camera'

const RAW = {
  overscan: { section: '[1:12,1:208]', method: 'median', degree: 2 },
  trim: '[13:240,3:196]',
  linearity: { coefficients: [2e-6, -1e-11], limit: 9500 },
}

/** Together these go through every step and every rule that a notebook has cells for. */
const RECIPES: Record<string, { parameters: object; facts?: Partial<FrameFacts> }> = {
  'overscan, trim, linearity, electrons, cosmic rays': {
    parameters: {
      ...RAW,
      units: 'electron',
      badPixels: 'interpolate',
      darkScaling: true,
      cosmicRays: 'lacosmic',
      dark: { method: 'median', rejection: 'winsorized', low: 2, high: 2 },
      flat: { method: 'mean', rejection: 'percentile', low: 15, high: 20, scale: 'median' },
      combine: { method: 'median', rejection: 'min-max', low: 1, high: 1, scale: 'median' },
    },
    facts: { saturation: 9000 },
  },
  'bias, scaled dark, flat': {
    parameters: {
      darkScaling: true,
      flatRegion: '[31:90,21:70]',
      flatLimits: { least: 8420 },
      bias: {
        method: 'median',
        rejection: 'sigma-clip',
        low: 2,
        high: 2,
        center: 'mean',
        deviation: 'std',
        iterations: 3,
      },
      dark: { method: 'mean', rejection: 'min-max', low: 1, high: 2 },
      combine: { method: 'sum', rejection: 'winsorized', low: 2, high: 2, center: 'mean' },
      normalisation: 'sky',
    },
  },
  'overscan of columns by the mean, linearity above a bias, one colour': {
    parameters: {
      overscan: { section: '[1:240,199:208]', method: 'mean' },
      trim: '[13:240,1:196]',
      linearity: RAW.linearity,
      channel: 'green',
      badPixels: 'mask',
      gradient: { degree: 1, mode: 'subtract' },
      badPixelLimits: { hot: 4, flat: 6 },
      darkScaling: true,
      combine: { method: 'mean', rejection: 'percentile', scale: 'exposure' },
    },
    facts: { bayerPattern: 'GRBG' },
  },
  'no bias: a pedestal, and a linearity above it': {
    parameters: {
      bias: 'off',
      dark: 'off',
      linearity: RAW.linearity,
      combine: { method: 'mean', rejection: 'none' },
    },
    facts: { pedestal: 950 },
  },
  'bad pixels behind a mask of colours, an uneven sky': {
    parameters: {
      gradient: { degree: 2, mode: 'divide' },
      badPixels: 'interpolate',
      darkScaling: true,
      badPixelLimits: { hot: 4, flat: 6 },
    },
    facts: { bayerPattern: 'RGGB' },
  },
  'a linearity above the bias, no dark, no gain': {
    parameters: { dark: 'off', linearity: RAW.linearity, flat: 'off' },
    facts: { gain: null },
  },
}

const exportOrder = async (name: string, { parameters, facts = {} }: (typeof RECIPES)[string]) => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  const files = await fillSmallCamera(workspace, facts)
  const report = await runInProcess(workspace, {
    request: 'stack',
    parameters: { method: 'none', ...parameters },
  })
  expect(report.failures).toEqual([])
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  const make = (format: 'py' | 'ipynb') =>
    compute.inTurn(() =>
      exportNotebook({ id: report.id, format, appVersion: 'test' }, workspace, frames, idleTask()),
    )
  const written = { files, script: await make('py'), notebook: await make('ipynb') }
  workspace.close()
  return written
}

const listUnequal = (compared: readonly ComparedNumber[]) =>
  compared.filter(({ difference }) => !(difference <= 1e-6))

/** The originals as a student may have them: in a folder, some packed, some in a zip. */
const layOut = (files: Awaited<ReturnType<typeof fillSmallCamera>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'originals-'))
  mkdirSync(join(folder, 'zipped'))
  mkdirSync(join(folder, 'lights'))
  for (const { name, bytes } of files) {
    if (name.startsWith('bias')) writeFileSync(join(folder, 'zipped', name), bytes)
    else if (name.startsWith('dark')) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes))
    else writeFileSync(join(folder, 'lights', name), bytes)
  }
  // Of the same name, and not the same.
  writeFileSync(join(folder, 'light-1.fits'), 'something else')
  execFileSync('python3', ['-m', 'zipfile', '-c', '../night.zip', '.'], { cwd: join(folder, 'zipped') })
  execFileSync('rm', ['-r', join(folder, 'zipped')])
  return folder
}

const CellSchema = z.discriminatedUnion('cell_type', [
  z.strictObject({
    cell_type: z.literal('markdown'),
    id: z.string().regex(/^[\w-]{1,64}$/),
    metadata: z.strictObject({}),
    source: z.array(z.string()),
  }),
  z.strictObject({
    cell_type: z.literal('code'),
    id: z.string().regex(/^[\w-]{1,64}$/),
    metadata: z.strictObject({}),
    source: z.array(z.string()),
    execution_count: z.null(),
    outputs: z.tuple([]),
  }),
])

/** What the JSON schema of nbformat 4.5 asks of such a notebook. */
const NotebookSchema = z.strictObject({
  cells: z.array(CellSchema),
  metadata: z.looseObject({
    kernelspec: z.looseObject({ name: z.string(), display_name: z.string() }),
    language_info: z.looseObject({ name: z.string() }),
  }),
  nbformat: z.literal(4),
  nbformat_minor: z.literal(5),
})

describe('a notebook', () => {
  it('is one of nbformat 4.5 that runs cell by cell, and says what is not equal', async () => {
    const { files, notebook, script } = await exportOrder('notebook', { parameters: { darkScaling: true } })
    const { cells } = NotebookSchema.parse(JSON.parse(notebook))
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length)
    for (const { source } of cells)
      source.forEach((line, index) => expect(line.endsWith('\n')).toBe(index < source.length - 1))
    const words = cells.filter(({ cell_type }) => cell_type === 'markdown')
    expect(words.length).toBeGreaterThan(8)
    if (!canImport('ccdproc')) return
    const folder = layOut(files)
    if (canImport('nbformat')) {
      writeFileSync(join(folder, 'own.ipynb'), notebook)
      execFileSync('python3', ['-c', 'import nbformat; nbformat.validate(nbformat.read("own.ipynb", 4))'], {
        cwd: folder,
      })
    }
    const text = cells.flatMap(({ cell_type, source }) => (cell_type === 'code' ? [source.join('')] : []))
    const ran = runScript(text.join('\n'), null, folder)
    expect(ran.said).toContain(`All ${ran.compared.length} comparisons are equal to 1e-6.`)
    // The numbers of the bias, by a part in a million and a half.
    const other = script.replace(/(?<="bias": \{"data": \{"finite": \d+, "mean": )[\d.]+/, (mean) =>
      String(Number(mean) * (1 + 1.5e-6)),
    )
    const { compared } = runScript(other, folder)
    expect(compared.filter(({ difference }) => difference > 1e-6)).toMatchObject([
      { result: 'bias', quantity: 'data: mean' },
    ])
    writeFileSync(join(folder, 'lights', 'flat-1.fits'), 'not the original')
    expect(() => runScript(script, folder)).toThrow(/flat-1\.fits is not in/)
  }, 60_000)
})

describe('a script of an order', () => {
  const python = canImport('ccdproc', 'astroscrappy')
  for (const [name, recipe] of Object.entries(RECIPES))
    it.skipIf(!python)(
      `comes to the same numbers: ${name}`,
      async () => {
        const { files, script } = await exportOrder(name, recipe)
        const folder = layOut(files)
        const { said, compared } = runScript(script, folder)
        expect(compared.length).toBeGreaterThan(30)
        const unequal = listUnequal(compared)
        // Seen once, for the mean of a bias whose pixels agreed: should it come again, this tells which side was another the second time.
        const again = async () => ({
          exportedTheSame: (await exportOrder(`${name}, again`, recipe)).script === script,
          unequalWhenRunAgain: listUnequal(runScript(script, folder).compared),
        })
        expect(unequal, unequal.length === 0 ? '' : JSON.stringify(await again())).toEqual([])
        expect(said).toContain(`All ${compared.length} comparisons are equal to 1e-6.`)
        expect(script.includes('even_sky(')).toBe('gradient' in recipe.parameters)
        const flats = /flat_files = \[[^\]]*/.exec(script)?.[0].match(/flat-/g) ?? []
        // Three of the five are bright enough.
        if ('flatLimits' in recipe.parameters) expect(flats).toHaveLength(3)
        if ('badPixels' in recipe.parameters) expect(said).toMatch(/^[1-9]\d* bad pixels$/m)
      },
      60_000,
    )
})
