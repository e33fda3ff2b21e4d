import 'fake-indexeddb/auto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { measureFrames } from '../../../web/engine/measure-frames'
import { createFrameSource } from '../../../web/pipeline/create-frame-source'
import { doubtFrames, groupAlike } from '../../../web/pipeline/frames/doubt-frames'
import { measureFrame } from '../../../web/pipeline/frames/measure-frame'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { loadFolder } from '../../support/load-folder'
import { createMemoryPixels } from '../../support/memory-pixels'
import { openTestCompute } from '../../support/run-in-process'
import { requireShared } from '../../support/shared-data'

const measureAll = async (workspace: Workspace, mayGoOn = () => true): Promise<number> => {
  const compute = await openTestCompute()
  const frames = createFrameSource(workspace, compute)
  return measureFrames(workspace, {
    measure: (id) =>
      compute.inTurn(async () => measureFrame(compute, frames, (await workspace.exposures.get(id))!)),
    mayGoOn,
    onProgress: () => undefined,
  })
}

const doubtsOf = async (workspace: Workspace) => {
  const statistics = new Map((await workspace.frameStatistics.list()).map((record) => [record.id, record]))
  const exposures = await workspace.exposures.list()
  const nameOf = (id: string) => exposures.find((exposure) => exposure.id === id)?.name ?? id
  return groupAlike(exposures).flatMap((group) =>
    doubtFrames(group, statistics).map((doubt) => ({ ...doubt, name: nameOf(doubt.frame) })),
  )
}

const darks = requireShared('data/stl1001_ptc')
describe.skipIf(darks === null)('frames of a camera on the bench', () => {
  it('are measured once, and again when they become lights; the noise of a bias is the read noise', async () => {
    const workspace = await openWorkspace({ name: 'frames-bench', pixels: createMemoryPixels() })
    await loadFolder(workspace, darks ?? '')
    const exposures = await workspace.exposures.list()
    let left = 2
    expect(await measureAll(workspace, () => left-- > 0)).toBe(2)
    expect(await measureAll(workspace)).toBe(exposures.length - 2)
    expect(await measureAll(workspace)).toBe(0)
    const bias = exposures.find(({ facts }) => facts.kind === 'bias')!
    const measured = await workspace.frameStatistics.get(bias.id)
    // 13.0 electrons at 1.94 electrons per ADU, as numpy finds from pairs in the middle of the frame.
    expect(Math.abs(measured!.noise - 13 / 1.94)).toBeLessThan(0.35)
    expect(measured?.quality).toBeNull()
    await workspace.exposures.put({ ...bias, corrections: { kind: 'light' } })
    expect(await measureAll(workspace)).toBe(1)
    expect((await workspace.frameStatistics.get(bias.id))?.quality).not.toBeNull()
  }, 60_000)
})

const transit = requireShared('hatp32_transit')
describe.skipIf(transit === null)('the night of HAT-P-32', () => {
  it('has frames to look at, and their reasons', async () => {
    const workspace = await openWorkspace({ name: 'frames-night', pixels: createMemoryPixels() })
    await loadFolder(workspace, join(transit ?? '', 'HatP32Dec202017'))
    expect(await measureAll(workspace)).toBe(142)
    const doubts = await doubtsOf(workspace)
    const told = doubts.map(({ name, quantity }) => `${name.slice(14, 20)} ${quantity}`).toSorted()
    // The first two have a brighter sky; in the other two the telescope did not follow, and stars are trails.
    expect(told).toEqual([
      '13343. background',
      '13612. background',
      '35412. elongation',
      '80612. elongation',
      '80612. fwhm',
    ])
  }, 120_000)
})
