import 'fake-indexeddb/auto'
import { beforeAll, describe, expect, it } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { importProject } from '../../../web/ingest/project/import-project'
import { mirrorProject, type MirrorReport } from '../../../web/ingest/project/mirror-project'
import type { ProjectWriters } from '../../../web/ingest/project/produce-file'
import { createZipWriter } from '../../../web/ingest/project/zip-writer'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { createTestWriters } from '../../support/export-in-process'
import { dumpWorkspace, fillWorkspace } from '../../support/fill-workspace'
import { MemoryFolder } from '../../support/memory-folder'

describe('a folder that follows the workspace', () => {
  let workspace: Workspace
  let writers: ProjectWriters
  const disk = new MemoryFolder()
  const mirror = (into = disk, owner = 'me'): Promise<MirrorReport> =>
    mirrorProject({ workspace, writers, folder: into.handle, app: 'test', owner }, idleTask())

  beforeAll(async () => {
    workspace = await openWorkspace({ name: 'mirrored' })
    await fillWorkspace(workspace)
    writers = await createTestWriters(workspace)
  }, 240_000)

  it('gets everything once, and then nothing while nothing changes', async () => {
    const first = await mirror()
    expect(first.kept).toBe(0)
    expect(first.written).toBeGreaterThan(30)
    disk.writes.length = 0
    expect(await mirror()).toMatchObject({ written: 0, removed: 0, kept: first.written })
    expect(disk.writes).toEqual([])
  })

  it('packed as a zip with its folder, it is the workspace again', async () => {
    const parts: Uint8Array<ArrayBuffer>[] = []
    const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes)) }, 0)
    for (const [path, bytes] of disk.list()) await zip.add(`my folder/${path}`, [bytes], true)
    await zip.finish()
    const target = await openWorkspace({ name: 'mirrored-back' })
    expect((await importProject(target, new Blob(parts), idleTask()))?.rejected).toEqual([])
    expect(await dumpWorkspace(target)).toEqual(await dumpWorkspace(workspace))
  })

  it('gets only what changed; what is no more goes, but originals and files of others stay', async () => {
    const [target] = await workspace.targets.list()
    const [curve] = await workspace.lightcurves.list()
    // Not the one whose file is kept for the table in it too: ids, and with them the order, follow from the bytes.
    const kept = new Set((await workspace.fileTables.list()).map(({ bytesId }) => bytesId))
    const [light] = (await workspace.exposures.list()).filter(
      ({ facts, pixels }) => facts.kind === 'light' && !kept.has(pixels.bytesId),
    )
    if (target === undefined || curve === undefined || light === undefined) throw new Error('not filled')
    disk.put('my notes.txt', new Uint8Array([1]), 0)
    await workspace.targets.put({ ...target, note: 'changed' })
    await workspace.lightcurves.delete(curve.id)
    await workspace.removeExposures([light.id])
    await workspace.purgeRemoved()
    disk.writes.length = 0
    const before = disk.list()
    const report = await mirror()
    const after = disk.list()
    expect(disk.writes).toContain('targets.jsonl')
    expect(disk.writes.filter((name) => name.endsWith('.fits'))).toEqual([])
    expect(report.written).toBeLessThan(12)
    expect([...before.keys()].some((path) => path.startsWith('graphical/'))).toBe(true)
    expect([...after.keys()].some((path) => path.startsWith('graphical/'))).toBe(false)
    expect(disk.folders.has('graphical')).toBe(false)
    const originals = (files: Map<string, unknown>) =>
      [...files.keys()].filter((path) => path.startsWith('raw/'))
    expect(originals(after)).toEqual(originals(before))
    expect(after.has('my notes.txt')).toBe(true)
    expect(await mirror()).toMatchObject({ written: 0, removed: 0 })
  })

  it('mends a file that was deleted or cut on the disk', async () => {
    const [path] = [...disk.list().keys()].filter((each) => each.startsWith('masterbias/'))
    if (path === undefined) throw new Error('no master')
    const whole = disk.list().get(path)
    disk.put(path, new Uint8Array(5), 0)
    expect(await mirror()).toMatchObject({ written: 1 })
    expect(disk.list().get(path)).toEqual(whole)
  })

  it('goes on after it was cut short', async () => {
    const cut = new MemoryFolder()
    let left = 12
    const controller = new AbortController()
    const task = {
      signal: controller.signal,
      report: () => {
        if (left-- === 0) controller.abort()
      },
    }
    await expect(
      mirrorProject({ workspace, writers, folder: cut.handle, app: 'test', owner: 'me' }, task),
    ).rejects.toThrow('cancelled')
    await mirror(cut)
    // A picture that was written before a frame went away still names that frame's hash; the other cannot any more.
    const isCompared = (path: string): boolean =>
      !path.startsWith('raw/') &&
      !path.endsWith('.fits') &&
      path !== 'my notes.txt' &&
      path !== 'asterism.json'
    const own = [...disk.list()].filter(([path]) => isCompared(path))
    expect(own.length).toBeGreaterThan(20)
    for (const [path, bytes] of own) expect(cut.list().get(path), path).toEqual(bytes)
  })

  it('never writes into a folder of others, or of another workspace', async () => {
    const full = new MemoryFolder('photos')
    full.put('holiday.jpg', new Uint8Array(3), 0)
    await expect(mirror(full)).rejects.toMatchObject({ code: 'storage' })
    expect([...full.list().keys()]).toEqual(['holiday.jpg'])
    const before = disk.list()
    await expect(mirror(disk, 'somebody else')).rejects.toMatchObject({ code: 'storage' })
    expect(disk.list()).toEqual(before)
  })
})
