import 'fake-indexeddb/auto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExposureRecord, FrameFacts } from '../../../../web/core/frame'
import { idleTask } from '../../../../web/core/task'
import { ingestInput } from '../../../../web/ingest/ingest-files'
import { createStorageSink } from '../../../../web/ingest/storage-sink'
import { createFrameSource } from '../../../../web/pipeline/create-frame-source'
import { exportNotebook } from '../../../../web/pipeline/export/notebook/export-notebook'
import { openWorkspace, type Workspace } from '../../../../web/storage/workspace'
import { loadFolder } from '../../../support/load-folder'
import { createMemoryPixels } from '../../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../../support/run-in-process'
import { canImport, runScript, type ComparedNumber } from '../../../support/run-python'
import { requireShared } from '../../../support/shared-data'
import { makeShortNight } from '../../../support/short-night'

interface Camera {
  readonly folder: string
  /** Beginnings of names. */
  readonly files: Readonly<Record<string, readonly string[]>>
  readonly facts: Partial<FrameFacts>
  readonly request: 'calibrate_file_batch' | 'stack'
  readonly parameters: object
}

const MEDIAN = { method: 'median', rejection: 'none' } as const

const CAMERAS: Record<string, Camera> = {
  'an Aspen-47, darks scaled, cosmic rays': {
    folder: 'suhora_polarimetry',
    files: {
      bias: ['biasn-b0s0006', 'biassu0s0017', 'biassu0s0018'],
      dark: ['darksu7s0007', 'darksu7s0008'],
      flat: ['flatp1-r2s0001', 'flatp1-r2s0002'],
      light: ['ee_cepp1-r20s0012', 'g191b2bp3-r20s0001'],
    },
    facts: { gain: 1.3, readNoise: 9.5 },
    request: 'calibrate_file_batch',
    parameters: {
      darkScaling: true,
      cosmicRays: 'lacosmic',
      badPixels: 'interpolate',
      trim: '[11:1014,3:1020]',
    },
  },
  'an STL-1001E with overscan, trimmed, in electrons': {
    folder: 'stl1001_ptc',
    files: {
      bias: ['biases-Neg5'],
      dark: ['darks-expos1-', 'darks-expos60s'],
      flat: ['flat-expos23s-Neg5-Vis.00000000', 'flat-expos23s-Neg5-Vis.00000001'],
      light: ['flat-expos23s-Neg5-Vis.00000002'],
    },
    facts: { gain: 1.94, readNoise: 13 },
    request: 'calibrate_file_batch',
    parameters: {
      darkScaling: true,
      units: 'electron',
      overscan: { section: '[1:20,1:1024]', method: 'median', degree: 2 },
      trim: '[21:1020,1:1024]',
      linearity: { coefficients: [1e-7], limit: 50_000 },
      bias: MEDIAN,
      flat: { ...MEDIAN, scale: 'median' },
    },
  },
  'an ST-402 without bias frames, spectra stacked': {
    folder: 'longslit_st402/raw',
    files: {
      dark: ['L2-dark-hg-240', 'L2-dark-flat-360'],
      flat: ['L2-flat-hg-360'],
      light: ['L2-sci-hg-240'],
    },
    facts: { gain: 1.5, readNoise: 17 },
    request: 'stack',
    parameters: { combine: { method: 'mean', rejection: 'sigma-clip', low: 3, high: 3 } },
  },
}

const kindOf = ({ files }: Camera, name: string): FrameFacts['kind'] | undefined =>
  Object.entries(files).find(([, starts]) => starts.some((start) => name.startsWith(start)))?.[0] as
    FrameFacts['kind'] | undefined

const correct = async (
  workspace: Workspace,
  corrections: (exposure: ExposureRecord) => Partial<FrameFacts>,
): Promise<void> => {
  for (const exposure of await workspace.exposures.list())
    await workspace.exposures.put({ ...exposure, corrections: corrections(exposure) })
}

const exportScript = async (workspace: Workspace, id: string): Promise<string> => {
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  return compute.inTurn(() =>
    exportNotebook({ id, format: 'py', appVersion: 'test' }, workspace, frames, idleTask()),
  )
}

const expectEqual = (name: string, compared: readonly ComparedNumber[], least: number): void => {
  const greatest = compared.reduce((worst, own) => (own.difference > worst.difference ? own : worst))
  console.log(
    `${name}: ${compared.length} numbers, the greatest difference ${greatest.difference.toExponential(1)} (${greatest.result}, ${greatest.quantity})`,
  )
  expect(compared.length).toBeGreaterThan(least)
  expect(compared.filter(({ difference }) => !(difference <= 1e-6))).toEqual([])
}

describe('an exported script, run by Python on the same files', () => {
  const python = canImport('ccdproc', 'astroscrappy', 'photutils')
  for (const [name, camera] of Object.entries(CAMERAS)) {
    const folder = requireShared(camera.folder)
    it.skipIf(folder === null || !python)(
      `comes to the numbers of ${name}`,
      async () => {
        const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
        await loadFolder(workspace, folder ?? '', (file) => kindOf(camera, file) !== undefined)
        await correct(workspace, (exposure) => ({
          ...camera.facts,
          kind: kindOf(camera, exposure.name) ?? 'unknown',
          // All are of one camera for this test: filters, nights without a time and temperatures would part them.
          temperature: null,
          night: '2020-01-01+02',
          filter: 'R',
        }))
        const { request } = camera
        const parameters = { ...(request === 'stack' ? { method: 'none' } : {}), ...camera.parameters }
        const report = await runInProcess(workspace, { request, parameters })
        expect(report.failures).toEqual([])
        const script = await exportScript(workspace, report.id)
        const { compared } = runScript(script, folder)
        expectEqual(name, compared, 30)
        workspace.close()
      },
      500_000,
    )
  }

  it.skipIf(!python)(
    'comes to the light curve of a simulated night with bias, dark and flat frames',
    async () => {
      const { files, target } = makeShortNight({ counts: { bias: 3, dark: 3, flat: 3, light: 8 } })
      const workspace = await openWorkspace({ name: 'simulated-notebook', pixels: createMemoryPixels() })
      const folder = mkdtempSync(join(tmpdir(), 'simulated-'))
      const sink = createStorageSink(workspace)
      for (const { name, buffer } of files) {
        writeFileSync(join(folder, name), buffer)
        const blob = new Blob([new Uint8Array(buffer)])
        await ingestInput({ path: name, blob, batch: 'night' }, sink, idleTask())
      }
      await runInProcess(workspace, { request: 'light_curve', parameters: { target } })
      const [curve] = await workspace.lightcurves.list()
      if (curve === undefined) throw new Error('no light curve')
      const { compared } = runScript(await exportScript(workspace, curve.id), folder)
      expectEqual('a simulated night', compared, 80)
      expect(compared.map(({ result }) => result)).toContain('light curve')
      workspace.close()
    },
    500_000,
  )

  const transit = requireShared('hatp32_transit')
  it.skipIf(transit === null || !python)(
    'comes to the light curve of HAT-P-32 b, star by star',
    async () => {
      const folder = join(transit ?? '', 'HatP32Dec202017')
      const workspace = await openWorkspace({ name: 'hatp32-notebook', pixels: createMemoryPixels() })
      // Every tenth frame.
      let number = 0
      await loadFolder(workspace, folder, () => number++ % 10 === 0)
      const report = await runInProcess(workspace, {
        request: 'reduce',
        parameters: {
          recipe: 'transit',
          target: { x: 424, y: 286 },
          comparisons: [
            { x: 465, y: 183 },
            { x: 512, y: 263 },
          ],
        },
      })
      const [curve] = await workspace.lightcurves.list()
      if (curve === undefined)
        throw new Error(`no light curve: ${JSON.stringify(report.failures.slice(0, 3))}`)
      const { compared, said } = runScript(await exportScript(workspace, curve.id), folder)
      console.log(said.split('\n').find((line) => line.startsWith('stars lie')))
      expectEqual('HAT-P-32', compared, 50)
      const photometry = compared.filter(({ quantity }) => quantity === 'flux' || quantity === 'sky')
      expect(photometry).toHaveLength(7)
      workspace.close()
    },
    500_000,
  )
})
