import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { measureQuality } from '../../../web/pipeline/masters/measure-quality'
import { openRoom } from '../../../web/pipeline/strips/strip-room'
import { openWorkspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute, runInProcess } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'

interface Golden {
  readonly bias: string[]
  readonly dark: string[]
  readonly flat: string[]
  readonly biasLevel: number
  readonly readNoise: number
  readonly darkCurrent: number
  readonly darkNoise: number
  readonly hotPixels: number
  readonly gain: number
}

const golden = JSON.parse(readFileSync('tests/golden/calibration/detector-noise.json', 'utf8')) as Record<
  string,
  Golden
>

const PLAIN = { method: 'mean', rejection: 'none' } as const

/** Masters of these files through an order, without rejection so that plain arithmetic can follow, and what they say. */
const characterise = async (name: string, folder: string, camera: Golden, extra: readonly string[] = []) => {
  const workspace = await openWorkspace({ name, pixels: createMemoryPixels() })
  const wanted = new Set(
    [...camera.bias, ...camera.dark, ...camera.flat].map((path) => path.split('/').at(-1)).concat(extra),
  )
  await loadFolder(workspace, folder, (file) => wanted.has(file))
  const kinds = [
    ['bias', camera.bias],
    ['dark', [...camera.dark, ...extra]],
    ['flat', camera.flat],
  ] as const
  for (const exposure of await workspace.exposures.list()) {
    const kind =
      kinds.find(([, paths]) => paths.some((path) => path.includes(exposure.name)))?.[0] ?? 'unknown'
    // All are of one camera for this test: flats of two filters and nights without a time would part them.
    const corrections = { kind, temperature: null, night: '2020-01-01+02', filter: 'R' } as const
    await workspace.exposures.put({ ...exposure, corrections })
  }
  const report = await runInProcess(workspace, {
    request: 'calibrate_file_batch',
    parameters: { bias: PLAIN, dark: PLAIN, flat: { ...PLAIN, scale: 'median' } },
  })
  expect(report.failures).toEqual([])
  const compute = await openTestCompute()
  const room = openRoom({ workspace, compute, task: idleTask() })
  const measured = new Map<string, Awaited<ReturnType<typeof measureQuality>>>()
  for (const master of await workspace.masters.list()) {
    const key = master.kind === 'master-dark' ? `dark ${master.group.exposure}` : master.kind.slice(7)
    const quality = await compute.inTurn(() => measureQuality(room, master))
    measured.set(key, quality)
    await workspace.masters.put({ ...master, quality })
  }
  workspace.close()
  return measured
}

describe('what masters say of real cameras', () => {
  const stl = requireShared('stl1001_ptc')
  it.skipIf(stl === null)(
    'agrees with numpy, and with the known figures of an STL-1001E',
    async () => {
      const camera = golden['stl1001']
      if (camera === undefined || stl === null) throw new Error('no golden values')
      const extra = ['darks-expos300s-Neg5-Vis.00000000.DARK.FIT.gz']
      const measured = await characterise('stl', stl, camera, extra)
      const [bias, dark, flat] = ['bias', 'dark 60', 'flat'].map((key) => measured.get(key))
      expect(bias?.level.value).toBeCloseTo(camera.biasLevel, 3)
      expect(bias?.noise).toMatchObject({ from: 'pairs', pairs: 2 })
      expect(bias?.noise?.value).toBeCloseTo(camera.readNoise, 4)
      expect(dark?.noise?.value).toBeCloseTo(camera.darkNoise, 4)
      expect(dark?.darkCurrent?.value).toBeCloseTo(camera.darkCurrent, 4)
      expect(dark?.hotPixels?.count).toBeGreaterThan(0.999 * camera.hotPixels)
      expect(dark?.hotPixels?.count).toBeLessThan(1.001 * camera.hotPixels)
      expect(flat?.measuredGain?.value).toBeCloseTo(camera.gain, 3)
      // Measured elsewhere on the middle 400 x 400: gain 1.94 e-/ADU, read noise 13.0 e-, dark current 0.35 ADU/s.
      const gain = flat?.measuredGain?.value ?? 0
      expect(Math.abs(gain - 1.94)).toBeLessThan(0.04)
      expect(Math.abs((bias?.noise?.value ?? 0) * gain - 13)).toBeLessThan(0.3)
      expect(Math.abs((measured.get('dark 300')?.darkCurrent?.value ?? 0) - 0.35)).toBeLessThan(0.01)
      expect(flat?.gain).toBe(2.06)
      console.log(
        `gain ${gain.toFixed(3)} +- ${flat?.measuredGain?.error.toFixed(3)}, read noise ${((bias?.noise?.value ?? 0) * gain).toFixed(2)} e-, dark current ${measured.get('dark 300')?.darkCurrent?.value.toFixed(3)} ADU/s (300 s), ${dark?.darkCurrent?.value.toFixed(3)} (60 s)`,
      )
    },
    120_000,
  )

  const suhora = requireShared('suhora_polarimetry')
  it.skipIf(suhora === null)(
    'agrees with numpy on an Aspen-47',
    async () => {
      const camera = golden['suhora']
      if (camera === undefined || suhora === null) throw new Error('no golden values')
      const measured = await characterise('suhora', suhora, camera)
      const [bias, dark, flat] = ['bias', 'dark 7', 'flat'].map((key) => measured.get(key))
      expect(bias?.level.value).toBeCloseTo(camera.biasLevel, 3)
      expect(bias?.noise?.value).toBeCloseTo(camera.readNoise, 4)
      expect(dark?.darkCurrent?.value).toBeCloseTo(camera.darkCurrent, 3)
      expect(dark?.hotPixels?.count).toBe(camera.hotPixels)
      expect(flat?.measuredGain?.value).toBeCloseTo(camera.gain, 3)
    },
    120_000,
  )
})
