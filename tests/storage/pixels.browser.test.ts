import { describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { openBlobPixels } from '../../web/storage/pixels-indexeddb'
import { openFilePixels } from '../../web/storage/pixels-opfs'
import { openWorkspace } from '../../web/storage/workspace'
import { describePixelStore } from './pixel-store-cases'
import { openWorkerStore } from './worker-store'

const namesIn = async (directory: FileSystemDirectoryHandle): Promise<string[]> => {
  const names: string[] = []
  for await (const name of directory.keys()) names.push(name)
  return names
}

const newName = (): string => `test-${crypto.randomUUID()}`

describe('pixels as Blobs, in a browser', () => {
  describePixelStore(() => openBlobPixels(newName()))
})

describe('pixels as files, from a window', () => {
  describePixelStore(() => openFilePixels(newName()))
})

describe('pixels as files, from a worker', () => {
  describePixelStore(async () => (await openWorkerStore(newName())).store)
})

describe('pixels as files', () => {
  it('are seen alike by a window and by workers, at the same time', async () => {
    const folder = newName()
    const here = await openFilePixels(folder)
    const there = await Promise.all([1, 2, 3].map(() => openWorkerStore(folder)))
    const bytes = new Uint8Array(300_000).map((_, index) => index % 251)
    await there[0]?.store.write('a', bytes)
    const reads = [here, ...there.map(({ store }) => store)].flatMap((store) =>
      [0, 100_000, 200_000].map(async (start) => ({
        start,
        strip: await store.read('a', start, start + 100_000),
      })),
    )
    for (const { start, strip } of await Promise.all(reads)) {
      expect(strip).toEqual(bytes.slice(start, start + 100_000))
    }
    // Readers have just had it open: replacing and deleting wait for them and then succeed.
    await here.write('a', new Uint8Array(5))
    expect(await there[1]?.store.size('a')).toBe(5)
    await there[1]?.store.read('a')
    await here.delete('a')
    expect(await there[2]?.store.has('a')).toBe(false)
    for (const worker of there) worker.kill()
  })

  it('never show a half file after a worker was killed in mid-write', async () => {
    const folder = newName()
    const here = await openFilePixels(folder)
    for (let round = 0; round < 6; round++) {
      const worker = await openWorkerStore(folder)
      void worker.ask('write-for-ever', 6_000_000).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 40 + round * 17))
      worker.kill()
      for (const { id, bytes } of await here.list()) {
        expect(bytes).toBe(6_000_000)
        const content = await here.read(id)
        expect(content.every((byte) => byte === content[0] && byte !== 0)).toBe(true)
      }
    }
    expect((await here.list()).length).toBeGreaterThan(0)
  })

  it('do not count without their end', async () => {
    const folder = newName()
    const store = await openFilePixels(folder)
    await store.write('a', new Uint8Array(1000).fill(7))
    const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder)
    const stream = await (await directory.getFileHandle('a')).createWritable({ keepExistingData: true })
    await stream.truncate(900)
    await stream.close()
    expect(await store.has('a')).toBe(false)
    expect(await store.list()).toEqual([])
    await expect(store.read('a')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('sweep away what a killed tab left, but not what is young', async () => {
    const folder = newName()
    const directory = await (
      await navigator.storage.getDirectory()
    ).getDirectoryHandle(folder, { create: true })
    await directory.getFileHandle(`part ${Date.now() - 3_600_000} old`, { create: true })
    await directory.getFileHandle(`part ${Date.now()} young`, { create: true })
    const store = await openFilePixels(folder)
    const names = await namesIn(directory)
    expect(names.map((name) => name.split(' ')[2])).toEqual(['young'])
    expect(await store.list()).toEqual([])
  })

  it('are what a workspace takes here, and a worker keeps to it', async () => {
    const name = newName()
    const worker = await openWorkerStore(newName())
    const first = worker.ask('backend', name)
    const workspace = await openWorkspace({ name })
    expect(workspace.pixels.kind).toBe('opfs')
    expect(await first).toBe('opfs')
    workspace.close()
    worker.kill()
  })
})

interface Session {
  send(method: string, parameters: object): Promise<unknown>
}

/** Blobs are not among these: Chromium remembers the free space for its database and hears of the change too late. */
describe('a full disk, for real', () => {
  for (const kind of ['files from a window', 'files from a worker'] as const) {
    it(`loses nothing that was in and leaves no half file: ${kind}`, async () => {
      const name = newName()
      const worker = kind === 'files from a worker' ? await openWorkerStore(name) : null
      const store = worker?.store ?? (await openFilePixels(name))
      const kept = new Uint8Array(50_000).fill(3)
      await store.write('kept', kept)
      const session = cdp() as unknown as Session
      await session.send('Storage.overrideQuotaForOrigin', {
        origin: location.origin,
        quotaSize: 60_000,
      })
      try {
        const failure = await store
          .write('large', new Uint8Array(20_000_000))
          .catch((error: unknown) => error)
        expect(failure).toMatchObject({ code: 'quota', context: { bytes: 20_000_000 } })
        // Replacing has to fail as gently: the former bytes stay.
        await expect(store.write('kept', new Uint8Array(20_000_000))).rejects.toMatchObject({ code: 'quota' })
      } finally {
        await session.send('Storage.overrideQuotaForOrigin', { origin: location.origin })
      }
      expect(await store.list()).toEqual([{ id: 'kept', bytes: 50_000 }])
      expect(await store.read('kept')).toEqual(kept)
      await store.write('large', new Uint8Array(20_000_000))
      expect(await store.size('large')).toBe(20_000_000)
      const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(name)
      expect((await namesIn(directory)).toSorted()).toEqual(['kept', 'large'])
      store.close()
    })
  }
})
