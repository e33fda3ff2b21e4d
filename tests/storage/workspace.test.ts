import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AsterismError } from '../../web/core/errors'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { sampleCards, sampleExposure } from './sample-records'

let number = 0
let workspace: Workspace

beforeEach(async () => {
  workspace = await openWorkspace({ name: `workspace-${number++}` })
})

afterEach(() => workspace.close())

const save = (...ids: string[]): Promise<void> =>
  workspace.saveExposures(ids.map((id) => ({ exposure: sampleExposure(id), cards: sampleCards })))

describe('the workspace', () => {
  it('keeps exposures and headers', async () => {
    await save('a', 'b')
    expect(await workspace.exposures.get('a')).toEqual(sampleExposure('a'))
    expect((await workspace.headers.get('b'))?.cards).toEqual(sampleCards)
    expect(await workspace.exposures.listBy('sha256', 'b'.padEnd(64, '0'))).toHaveLength(1)
    expect(await workspace.exposures.listBy('batch', 'batch-1')).toHaveLength(2)
    expect(await workspace.exposures.count()).toBe(2)
    expect(await workspace.exposures.get('c')).toBeUndefined()
  })

  it('gives many in the order asked, without those that are missing', async () => {
    await save('a', 'b', 'c')
    expect((await workspace.exposures.getMany(['c', 'x', 'a'])).map(({ id }) => id)).toEqual(['c', 'a'])
  })

  it('keeps nothing of a transaction that fails in its middle', async () => {
    await save('a')
    const broken = { id: 'h', cards: [{ keyword: 'X', value: () => 1 }] }
    const work = workspace.saveTogether({
      exposures: [sampleExposure('b'), sampleExposure('a', { name: 'changed' })],
      headers: [broken as never],
    })
    await expect(work).rejects.toMatchObject({ code: 'storage' })
    expect(await workspace.exposures.get('b')).toBeUndefined()
    expect((await workspace.exposures.get('a'))?.name).toBe('a.fits')
  })

  it('keeps typed arrays with NaN in them', async () => {
    const x = Float64Array.of(1, NaN, -Infinity)
    await workspace.settings.put({ id: 'columns', value: x })
    expect((await workspace.settings.get('columns'))?.value).toEqual(x)
  })

  it('is seen alike by a second opening', async () => {
    await save('a')
    await workspace.pixels.write('bytes-a', new Uint8Array([1, 2, 3]))
    const other = await openWorkspace({ name: workspace.name })
    expect(await other.exposures.count()).toBe(1)
    expect(await other.pixels.read('bytes-a')).toEqual(new Uint8Array([1, 2, 3]))
    other.close()
  })

  it('lists steps of one order by their place in the plan', async () => {
    const step = (order: string, index: number) => ({
      id: `${order}-${index}`,
      order,
      name: 'build-master',
      index,
      frames: [],
      parameters: {},
      after: [],
      state: 'queued' as const,
      startedAt: null,
      endedAt: null,
      attempts: 0,
      failure: null,
      result: {},
      outputs: [],
    })
    await workspace.steps.putMany([step('o1', 10), step('o1', 2), step('o2', 0)])
    const range = IDBKeyRange.bound(['o1', 0], ['o1', Infinity])
    expect((await workspace.steps.listBy('order-index', range)).map(({ index }) => index)).toEqual([2, 10])
  })
})

describe('frames that are removed', () => {
  beforeEach(async () => {
    await save('a', 'b')
    // A second image of the same file, with the same bytes.
    const twin = { ...sampleExposure('a2'), pixels: sampleExposure('a').pixels }
    await workspace.saveExposures([{ exposure: twin, cards: sampleCards }])
    for (const id of ['bytes-a', 'bytes-b']) await workspace.pixels.write(id, new Uint8Array(8))
  })

  it('are hidden and come back as they were', async () => {
    await workspace.removeExposures(['a', 'unknown'])
    expect((await workspace.exposures.list()).map(({ id }) => id)).toEqual(['a2', 'b'])
    expect((await workspace.exposures.listRemoved()).map(({ id }) => id)).toEqual(['a'])
    expect((await workspace.exposures.get('a'))?.removedAt).toBeGreaterThan(0)
    await workspace.restoreExposures(['a'])
    expect(await workspace.exposures.get('a')).toEqual(sampleExposure('a'))
  })

  it('take their bytes along only when nothing else uses them', async () => {
    await workspace.removeExposures(['a', 'b'])
    expect(await workspace.purgeRemoved()).toEqual({ exposures: 2, files: 1 })
    expect(await workspace.headers.get('a')).toBeUndefined()
    expect((await workspace.pixels.list()).map(({ id }) => id)).toEqual(['bytes-a'])
    await workspace.removeExposures(['a2'])
    expect(await workspace.purgeRemoved()).toEqual({ exposures: 1, files: 1 })
    expect(await workspace.pixels.list()).toEqual([])
  })

  it('lose their bytes at the next purge when the tab was killed during one', async () => {
    const { pixels } = workspace
    const killed = { ...pixels, delete: () => Promise.reject(new Error('killed')) }
    const before = await openWorkspace({ name: workspace.name, pixels: killed })
    await before.removeExposures(['b'])
    await expect(before.purgeRemoved()).rejects.toThrow('killed')
    expect(await pixels.has('bytes-b')).toBe(true)
    expect(await workspace.purgeRemoved()).toEqual({ exposures: 0, files: 1 })
    expect(await pixels.has('bytes-b')).toBe(false)
  })

  it('are all gone after a reset', async () => {
    await workspace.reset()
    expect(await workspace.exposures.list()).toEqual([])
    expect(await workspace.pixels.list()).toEqual([])
    await save('z')
    expect(await workspace.exposures.count()).toBe(1)
  })
})

describe('a full disk', () => {
  it('is said with sizes, and what was in is still in', async () => {
    await save('a')
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    try {
      const failure = await workspace.pixels
        .write('bytes-x', new Uint8Array(8_400_000))
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(AsterismError)
      expect(failure).toMatchObject({ code: 'quota', context: { bytes: 8_400_000 } })
      expect((failure as AsterismError).message).toContain('8.40 MB')
      await expect(save('b')).rejects.toMatchObject({ code: 'quota' })
    } finally {
      full.mockRestore()
    }
    expect(await workspace.pixels.has('bytes-x')).toBe(false)
    expect((await workspace.exposures.list()).map(({ id }) => id)).toEqual(['a'])
  })
})
