import 'fake-indexeddb/auto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAbortError } from '../../../web/core/errors'
import { hashBytes } from '../../../web/core/ids'
import { idleTask } from '../../../web/core/task'
import { importProject } from '../../../web/ingest/project/import-project'
import type { Manifest } from '../../../web/ingest/project/manifest'
import { openProject, summariseProject } from '../../../web/ingest/project/open-project'
import { createZipWriter } from '../../../web/ingest/project/zip-writer'
import { STORE_NAMES } from '../../../web/storage/schema'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { exportInProcess } from '../../support/export-in-process'
import { dumpWorkspace, fillWorkspace } from '../../support/fill-workspace'
import { runOracle } from '../../support/run-oracle'
import { sampleCone } from '../../support/sample-cone'

const folder = mkdtempSync(join(tmpdir(), 'asterism-project-'))
afterAll(() => rmSync(folder, { recursive: true }))

let number = 0
const openEmpty = (): Promise<Workspace> => openWorkspace({ name: `project-${number++}` })

type Dump = Awaited<ReturnType<typeof dumpWorkspace>>

/** The files of a project, changed, as a new zip with a manifest that fits them. */
const repack = async (
  blob: Blob,
  change: (path: string, text: string) => string,
  changeManifest: (manifest: Manifest) => Manifest = (manifest) => manifest,
): Promise<Blob> => {
  const project = await openProject(blob, idleTask())
  if (project === null) throw new Error('no project')
  const parts: Uint8Array<ArrayBuffer>[] = []
  const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes.slice())) }, 0)
  const files: Manifest['files'] = []
  for (const file of project.manifest.files) {
    let bytes = await project.read(file, idleTask())
    if (file.role === 'records') {
      const text = new TextDecoder().decode(bytes)
      bytes = new TextEncoder().encode(change(file.path, text))
    }
    files.push({ ...file, bytes: bytes.length, sha256: await hashBytes(bytes) })
    await zip.add(file.path, [bytes], false)
  }
  const manifest = changeManifest({ ...project.manifest, files })
  await zip.add('asterism.json', [new TextEncoder().encode(JSON.stringify(manifest))], true)
  await zip.finish()
  return new Blob(parts)
}

describe('a project out and in again', () => {
  let source: Workspace
  let before: Dump
  let blob: Blob
  let manifest: Manifest

  beforeAll(async () => {
    source = await openEmpty()
    await fillWorkspace(source)
    before = await dumpWorkspace(source)
    // What a service gave does not travel: the workspace that comes out has to be equal to the one before.
    await source.catalogueCones.put(sampleCone)
    ;({ blob, manifest } = await exportInProcess(source))
  }, 240_000)

  it('has something of every store to compare', () => {
    const empty = STORE_NAMES.filter((name) => (before.stores[name]?.length ?? 0) === 0)
    expect(empty).toEqual(['catalogue_cones'])
  })

  it('leaves out what services of catalogues gave', async () => {
    expect(await source.catalogueCones.count()).toBe(1)
    expect(manifest.stores).not.toHaveProperty('catalogue_cones')
  })

  it('is an equal workspace: every record of every store and every byte', async () => {
    const target = await openEmpty()
    const report = await importProject(target, blob, idleTask())
    expect(report?.rejected).toEqual([])
    expect(report?.conflicts).toEqual([])
    expect(report).toMatchObject({
      kind: 'project',
      frames: 14,
      masters: 3,
      lightcurves: 1,
      orders: 4,
      skipped: 0,
    })
    expect(await dumpWorkspace(target)).toEqual(before)
  })

  it('is an equal workspace again after a reset', async () => {
    const target = await openEmpty()
    await importProject(target, blob, idleTask())
    const { blob: second } = await exportInProcess(target)
    await target.reset()
    expect((await dumpWorkspace(target)).bytes).toEqual({})
    await importProject(target, second, idleTask())
    expect(await dumpWorkspace(target)).toEqual(before)
  })

  it('stands in the directory scheme, and other programs read it', async (context) => {
    const path = join(folder, 'project.zip')
    writeFileSync(path, new Uint8Array(await blob.arrayBuffer()))
    expect(runOracle(context, 'unzip', ['-tq', path])).toContain('No errors detected')
    const names = JSON.parse(
      runOracle(context, 'python3', [
        '-c',
        'import sys, zipfile, hashlib, json\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nm = json.loads(z.read("asterism.json"))\nfor f in m["files"]:\n  assert hashlib.sha256(z.read(f["path"])).hexdigest() == f["sha256"], f\nprint(json.dumps(z.namelist()))',
        path,
      ]),
    ) as string[]
    expect(names.filter((name) => name.startsWith('raw/'))).toHaveLength(14)
    for (const wanted of [
      /^raw\/[^/]+\/2025-10-21\+22\/CON_ bias_\.fits$/,
      /^masterbias\/[^/]+\/2025-10-21\+22\/.+\.fits$/,
      /^masterdark\/.+\.fits$/,
      /^masterflat\/.+\.fits$/,
      /^calibration\/[^/]+\/2025-10-21\+22\/.+\.d\/recipe\.jsonl$/,
      /^calibration\/[^/]+\/2025-10-21\+22\/.+\.d\/sources\.jsonl$/,
      /^calibration\/[^/]+\/2025-10-21\+22\/.+\.d\/photometry\.jsonl$/,
      /^wrk\/.+\.fits$/,
      /^graphical\/.+\.svg$/,
      /^projects\/.+\.csv$/,
      /^targets\/targets\.jsonl$/,
      /^logs\/log\.txt$/,
    ])
      expect(
        names.some((name) => wanted.test(name)),
        String(wanted),
      ).toBe(true)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  })

  it('gives originals byte for byte, and masters that astropy reads, with their uncertainty', async (context) => {
    const path = join(folder, 'masters.zip')
    writeFileSync(path, new Uint8Array(await blob.arrayBuffer()))
    const seen = runOracle(context, 'python3', [
      '-c',
      `
import sys, zipfile, io, warnings
warnings.simplefilter('error')
try:
    from astropy.io import fits
except ImportError:
    print('no astropy'); sys.exit()
z = zipfile.ZipFile(sys.argv[1])
for n in z.namelist():
    if n.startswith(('master', 'wrk')) and n.endswith('.fits'):
        with fits.open(io.BytesIO(z.read(n)), checksum=True) as h:
            h.verify('exception')
            print(n.split('/')[0], h[0].data.shape, h['UNCERT'].data.shape)
`,
      path,
    ])
    if (seen.startsWith('no astropy')) context.skip('astropy is not installed')
    expect(seen.trim().split('\n')).toHaveLength(4)
    const originals = manifest.files.filter((file) => file.path.startsWith('raw/'))
    const hashes = (await source.exposures.list()).map((exposure) => exposure.sha256)
    expect(originals.map((file) => file.sha256).toSorted()).toEqual(hashes.toSorted())
  })

  it('says what it is before it is taken in; an ordinary zip is none', async () => {
    const project = await openProject(blob, idleTask())
    expect(project === null ? null : summariseProject(project)).toMatchObject({ frames: 14, masters: 3 })
    const parts: Uint8Array<ArrayBuffer>[] = []
    const zip = createZipWriter({ write: (bytes) => Promise.resolve(void parts.push(bytes)) }, 0)
    await zip.add('a.fits', [new Uint8Array(2880)], false)
    await zip.finish()
    const target = await openEmpty()
    expect(await importProject(target, new Blob(parts), idleTask())).toBeNull()
    expect(await importProject(target, new Blob(['SIMPLE  =']), idleTask())).toBeNull()
  })

  it('taken in twice changes nothing', async () => {
    const target = await openEmpty()
    await importProject(target, blob, idleTask())
    const report = await importProject(target, blob, idleTask())
    expect(report).toMatchObject({
      frames: 0,
      masters: 0,
      lightcurves: 0,
      others: 0,
      conflicts: [],
      rejected: [],
    })
    expect(report?.skipped).toBeGreaterThan(50)
    expect(await dumpWorkspace(target)).toEqual(before)
  })

  it('merges: what is there stays as it is, and a record that says something else is reported', async () => {
    const target = await openEmpty()
    const [frame, removed] = await source.exposures.list()
    if (frame === undefined || removed === undefined) throw new Error('no frames')
    await target.pixels.write(frame.pixels.bytesId, await source.pixels.read(frame.pixels.bytesId))
    await target.pixels.write(removed.pixels.bytesId, await source.pixels.read(removed.pixels.bytesId))
    const mine = { ...frame, batch: 'mine', ingestedAt: 5, corrections: { object: 'Mine' } }
    await target.saveExposures(
      [mine, { ...removed, removedAt: 9 }].map((exposure) => ({ exposure, cards: [] })),
    )
    await target.targets.put({
      id: 'target-own',
      name: 'Own',
      rightAscension: null,
      declination: null,
      note: '',
      createdAt: 1,
    })
    const report = await importProject(target, blob, idleTask())
    expect(report?.conflicts).toContainEqual({ store: 'exposures', id: frame.id, name: frame.name })
    expect(report?.rejected).toEqual([])
    expect(report?.frames).toBe(12)
    expect(await target.exposures.get(frame.id)).toEqual(mine)
    expect((await target.exposures.list()).map(({ id }) => id)).toContain(removed.id)
    expect(await target.targets.get('target-own')).toBeDefined()
    expect(await target.exposures.count()).toBe(14)
  })

  it('killed after any number of writes, what is kept stands on what it is made of, and the same import finishes it', async () => {
    // Counts the writes of a whole import, then stops further ones at places spread over all of it.
    const countWrites = async (limit: number) => {
      const target = await openEmpty()
      let writes = 0
      const step = (): void => {
        if (++writes > limit) throw createAbortError('killed')
      }
      const records: Workspace['records'] = (name) => {
        const store = target.records(name)
        return {
          ...store,
          putMany: (each) => {
            step()
            return store.putMany(each)
          },
        }
      }
      const dying: Workspace = {
        ...target,
        records,
        pixels: {
          ...target.pixels,
          write: (id, bytes) => {
            step()
            return target.pixels.write(id, bytes)
          },
        },
        saveExposures: (entries) => {
          step()
          return target.saveExposures(entries)
        },
      }
      const failure = await importProject(dying, blob, idleTask()).then(
        () => null,
        (error: unknown) => error as Error,
      )
      return { target, writes, failure }
    }
    const { writes } = await countWrites(Infinity)
    expect(writes).toBeGreaterThan(25)
    for (const limit of [0, 1, 9, 17, 19, 20, 21, 22, 24, 26].filter((each) => each < writes)) {
      const { target, failure } = await countWrites(limit)
      expect(failure?.name).toBe('AbortError')
      const bytes = new Set((await target.pixels.list()).map(({ id }) => id))
      for (const { pixels } of await target.exposures.list()) expect(bytes.has(pixels.bytesId)).toBe(true)
      for (const { bytesId } of await target.masters.list()) expect(bytes.has(bytesId)).toBe(true)
      for (const { exposure } of await target.reduced.list())
        expect(await target.exposures.get(exposure)).toBeDefined()
      await importProject(target, blob, idleTask())
      const { stores, bytes: all } = await dumpWorkspace(target)
      expect({ stores, bytes: all }).toEqual(before)
    }
    // Given up instead of finished: the next purge takes the bytes that no record has.
    const { target } = await countWrites(9)
    await target.purgeRemoved()
    expect(await target.pixels.list()).toEqual([])
  }, 240_000)

  it('refuses what is damaged, with the reason, and takes the rest', async () => {
    const bytes = new Uint8Array(await blob.arrayBuffer())
    const original = manifest.files.find((file) => file.path.startsWith('raw/') && file.role === 'bytes')
    const at = Buffer.from(bytes).indexOf(original?.path ?? '') + (original?.path.length ?? 0) + 5000
    bytes[at] = bytes[at]! ^ 1
    const target = await openEmpty()
    const report = await importProject(target, new Blob([bytes]), idleTask())
    expect(report?.frames).toBe(13)
    expect(report?.rejected[0]).toMatchObject({ name: original?.path, code: 'bad-archive' })
    expect(report?.rejected[0]?.reason).toContain('hash')
    const kept = new Set((await target.pixels.list()).map(({ id }) => id))
    for (const { pixels } of await target.exposures.list()) expect(kept.has(pixels.bytesId)).toBe(true)
  })

  it('refuses records that are none, and keeps the others', async () => {
    const spoiled = await repack(blob, (path, text) => {
      if (!path.endsWith('targets.jsonl')) return text
      return `${text}{"id":"target-2","name":7}\nno json\n{"name":"no id"}\n{"__proto__":{"x":1},"id":""}\n`
    })
    const target = await openEmpty()
    const report = await importProject(target, spoiled, idleTask())
    expect(report?.rejected).toHaveLength(4)
    expect(await target.targets.list()).toEqual(before.stores['targets'])
  })

  it('refuses a record that points into another file or out of its own', async () => {
    const spoiled = await repack(blob, (path, text) =>
      path.startsWith('records/exposures')
        ? text.replaceAll(/"dataOffset":\d+/g, '"dataOffset":999999999')
        : text,
    )
    const target = await openEmpty()
    const report = await importProject(target, spoiled, idleTask())
    expect(report?.frames).toBe(0)
    expect(await target.reduced.list()).toEqual([])
  })

  it('says that a project of a newer version needs a newer page, and touches nothing', async () => {
    const newer = await repack(
      blob,
      (_path, text) => text,
      (each) => ({ ...each, schema: 99 }),
    )
    const target = await openEmpty()
    await expect(importProject(target, newer, idleTask())).rejects.toMatchObject({ code: 'newer-project' })
    expect((await dumpWorkspace(target)).bytes).toEqual({})
  })

  it('brings a project of an older version through the same migrations', async () => {
    const old = await repack(
      blob,
      (_path, text) => text,
      (each) => ({
        ...each,
        schema: 1,
        files: each.files.filter(
          (file) =>
            file.role !== 'records' ||
            ![
              'stacks',
              'file_tables',
              'row_flags',
              'profiles',
              'camera_reports',
              'frame_statistics',
              'plate_solutions',
              'composites',
            ].includes(file.store),
        ),
      }),
    )
    const target = await openEmpty()
    const report = await importProject(target, old, idleTask())
    expect(report?.rejected).toEqual([])
    expect(await target.masters.list()).toEqual(before.stores['masters'])
    expect(await target.stacks.list()).toEqual([])
    expect((await indexedDB.databases()).some(({ name }) => name?.endsWith('-import'))).toBe(false)
  })
})
