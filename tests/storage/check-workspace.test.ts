import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import { hashBytes } from '../../web/core/ids'
import { idleTask } from '../../web/core/task'
import { FAULT_CODES, type WorkspaceFault } from '../../web/core/workspace-care'
import { checkHashes } from '../../web/storage/check-hashes'
import { checkWorkspace } from '../../web/storage/check-workspace'
import { describeStores } from '../../web/storage/describe-stores'
import { repairWorkspace } from '../../web/storage/repair-workspace'
import type { StoredExposure } from '../../web/storage/stores/exposures'
import { openWorkspace, type RecordBatch, type Workspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'
import { sampleCards, sampleExposure } from './sample-records'

/** Of a frame of 4 x 3 pixels of two bytes behind one block of header. */
const FILE = 2880 + 24
let workspace: Workspace
let made = 0

const keepFrame = async (id: string, changes: Partial<StoredExposure> = {}): Promise<void> => {
  const bytes = new Uint8Array(FILE).fill(id.charCodeAt(0))
  await workspace.pixels.write(`bytes-${id}`, bytes)
  const exposure = sampleExposure(id, { sha256: await hashBytes(bytes), ...changes })
  await workspace.saveExposures([{ exposure, cards: sampleCards }])
}

/** Puts records in that only have what the check looks at. */
const put = (batch: { readonly [Name in keyof RecordBatch]?: readonly object[] }): Promise<void> =>
  workspace.saveTogether(batch as RecordBatch)

const check = async (running: readonly string[] = []): Promise<readonly WorkspaceFault[]> =>
  (await checkWorkspace(workspace, { running: new Set(running) }, idleTask())).faults

beforeEach(async () => {
  workspace = await openWorkspace({ name: `check-${made++}`, pixels: createMemoryPixels() })
  for (const id of ['a', 'b', 'c']) await keepFrame(id)
  await workspace.pixels.write('bytes-m', new Uint8Array(8 * 12))
  await workspace.pixels.write('patch-r', new Uint8Array(4))
  await put({
    masters: [
      {
        id: 'm',
        name: 'bias',
        kind: 'master-bias',
        order: 'o',
        inputs: ['a'],
        bytesId: 'bytes-m',
        width: 4,
        height: 3,
      },
    ],
    reduced: [
      {
        id: 'r',
        name: 'r',
        exposure: 'b',
        stage: 'calibrated',
        order: 'o',
        inputs: ['b', 'm'],
        calibration: { patch: 'patch-r' },
      },
    ],
    photometry_tables: [{ id: 't', order: 'o', inputs: ['r'] }],
    photometry_frames: [{ id: 'f', table: 't', inputs: ['r'] }],
    work_orders: [{ id: 'o', status: 'done', order: { request: 'detect' } }],
    steps: [{ id: 's', order: 'o', index: 0, name: 'detect-stars' }],
    row_flags: [{ id: 'exposures:a', table: 'exposures', row: 'a', flags: ['bad'], note: '' }],
  })
})

const seen = new Set<string>()

interface Planted {
  readonly code: WorkspaceFault['code']
  readonly plant: () => Promise<unknown>
  /** What has to be told, and what mends it. */
  readonly id: string
  readonly repair: WorkspaceFault['repair']
}

const PLANTED: readonly Planted[] = [
  { code: 'bytes-missing', id: 'a', repair: 'remove-frame', plant: () => workspace.pixels.delete('bytes-a') },
  {
    code: 'bytes-missing',
    id: 'm',
    repair: 'delete-record',
    plant: () => workspace.pixels.delete('bytes-m'),
  },
  {
    code: 'bytes-short',
    id: 'b',
    repair: 'remove-frame',
    plant: () => workspace.pixels.write('bytes-b', new Uint8Array(2880)),
  },
  {
    code: 'bytes-short',
    id: 'm',
    repair: 'delete-record',
    plant: () => workspace.pixels.write('bytes-m', new Uint8Array(8)),
  },
  {
    code: 'bytes-unused',
    id: 'bytes-x',
    repair: 'delete-bytes',
    plant: () => workspace.pixels.write('bytes-x', new Uint8Array(77)),
  },
  {
    code: 'patch-missing',
    id: 'r',
    repair: 'delete-record',
    plant: () => workspace.pixels.delete('patch-r'),
  },
  { code: 'header-missing', id: 'c', repair: 'none', plant: () => workspace.headers.delete('c') },
  {
    code: 'header-unused',
    id: 'x',
    repair: 'delete-record',
    plant: () => workspace.headers.put({ id: 'x', cards: [] }),
  },
  {
    code: 'input-missing',
    id: 'q',
    repair: 'delete-record',
    plant: () =>
      put({ reduced: [{ id: 'q', name: 'q', exposure: 'gone', inputs: ['gone'], calibration: {} }] }),
  },
  {
    code: 'input-missing',
    id: 'l',
    repair: 'none',
    plant: () => put({ lightcurves: [{ id: 'l', name: 'curve', inputs: ['gone'] }] }),
  },
  {
    code: 'table-missing',
    id: 'g',
    repair: 'delete-record',
    plant: () => put({ photometry_frames: [{ id: 'g', table: 'gone', inputs: [] }] }),
  },
  {
    code: 'order-missing',
    id: 'p',
    repair: 'delete-record',
    plant: () => put({ steps: [{ id: 'p', order: 'gone', name: 'x' }] }),
  },
  {
    code: 'order-abandoned',
    id: 'w',
    repair: 'stop-order',
    plant: () => put({ work_orders: [{ id: 'w', status: 'running', order: { request: 'detect' } }] }),
  },
  {
    code: 'flag-unused',
    id: 'exposures:gone',
    repair: 'delete-record',
    plant: () =>
      put({
        row_flags: [{ id: 'exposures:gone', table: 'exposures', row: 'gone', flags: ['bad'], note: '' }],
      }),
  },
  {
    code: 'twice',
    id: 'd',
    repair: 'remove-frame',
    plant: async () => {
      const a = await workspace.exposures.get('a')
      await keepFrame('d', { sha256: a?.sha256 ?? '', ingestedAt: 9 })
    },
  },
]

describe('a check of the workspace', () => {
  it('finds nothing in a sound one, and counts what it looked at', async () => {
    const { faults, files, records } = await checkWorkspace(workspace, { running: new Set() }, idleTask())
    expect(faults).toEqual([])
    expect({ files, records }).toEqual({ files: 5, records: 13 })
  })

  it.each(PLANTED)('finds $code ($id) and mends it', async ({ code, id, repair, plant }) => {
    seen.add(code)
    await plant()
    const faults = await check()
    expect(faults.map((fault) => [fault.code, fault.id, fault.repair])).toContainEqual([code, id, repair])
    await repairWorkspace(workspace, faults)
    // What is taken out may leave others without their inputs: those are told of next.
    for (let round = 0; round < 2; round++) await repairWorkspace(workspace, await check())
    // What only words mend stays as it is; nothing else does.
    const left = await check()
    expect(left.filter((fault) => fault.repair !== 'none')).toEqual([])
    expect(left.some((fault) => fault.code === code && fault.id === id)).toBe(repair === 'none')
    // Frames without a fault are not touched.
    for (const sound of ['a', 'b', 'c'].filter((name) => name !== id))
      expect((await workspace.exposures.get(sound))?.removedAt, sound).toBeUndefined()
  })

  it('finds a flipped bit when it reads the originals again', async () => {
    seen.add('bytes-changed')
    expect(await checkHashes(workspace, idleTask())).toEqual([])
    const bytes = await workspace.pixels.read('bytes-b')
    bytes[100] = (bytes[100] ?? 0) ^ 1
    await workspace.pixels.write('bytes-b', bytes)
    expect(await check()).toEqual([])
    const faults = await checkHashes(workspace, idleTask())
    expect(faults).toMatchObject([{ code: 'bytes-changed', id: 'b', repair: 'remove-frame' }])
    await repairWorkspace(workspace, faults)
    // Hidden, and still there to be brought back.
    expect((await workspace.exposures.list()).map(({ id }) => id)).toEqual(['a', 'c'])
    expect(await workspace.pixels.has('bytes-b')).toBe(true)
  })

  it('leaves an order alone that is at work, and frames that a person removed', async () => {
    await put({ work_orders: [{ id: 'w', status: 'running', order: { request: 'detect' } }] })
    expect(await check(['w'])).toEqual([])
    await workspace.removeExposures(['b'])
    expect(await check(['w'])).toEqual([])
  })

  it('has every code planted at least once', () => {
    expect([...seen].toSorted()).toEqual([...FAULT_CODES].toSorted())
  })
})

describe('the description of the stores', () => {
  it('counts records and weighs them', async () => {
    const stores = new Map((await describeStores(workspace)).map((each) => [each.store, each]))
    expect(stores.get('exposures')).toMatchObject({ records: 3, estimated: false, newest: 1 })
    expect(stores.get('exposures')?.bytes).toBeGreaterThan(1500)
    expect(stores.get('bytes')).toMatchObject({ records: 5, bytes: 3 * FILE + 96 + 4 })
    expect(stores.get('log')).toMatchObject({ records: 0, bytes: 0, newest: null })
  })

  it('weighs some of many, evenly, arrays of numbers by their bytes', async () => {
    await put({
      photometry_frames: Array.from({ length: 250 }, (_, index) => ({
        id: `n${index}`,
        table: 't',
        inputs: [],
        flux: new Float64Array(1000),
      })),
    })
    const { records, bytes, estimated } = (await describeStores(workspace)).find(
      ({ store }) => store === 'photometry_frames',
    )!
    expect({ records, estimated }).toEqual({ records: 251, estimated: true })
    expect(bytes / (250 * 8000)).toBeGreaterThan(0.97)
    expect(bytes / (250 * 8000)).toBeLessThan(1.05)
  })
})
