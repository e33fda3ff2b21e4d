import { describe, expect, it } from 'vitest'
import { createArrivals } from '../../../web/ingest/watch/arrivals'
import { isWholeFits } from '../../../web/ingest/watch/is-whole-fits'
import { listFolder } from '../../../web/ingest/watch/list-folder'
import { writeFitsImage } from '../../../web/science/fits'
import { MemoryFolder } from '../../support/memory-folder'

const plane = (width: number, height: number) => ({
  width,
  height,
  data: new Float32Array(width * height).fill(7),
})

/** A picture and an extension: 2 headers, 2 data units. */
const frame = writeFitsImage({
  image: plane(60, 50),
  header: [],
  bitpix: 16,
  extensions: [{ name: 'UNCERT', image: plane(60, 50), bitpix: -32 }],
})

describe('whether a FITS file is whole', () => {
  it('is said of a file with all its bytes, the last padding apart, and of no shorter one', async () => {
    expect(await isWholeFits(new Blob([frame]))).toBe(true)
    // 12 000 bytes of the last plane end 12 000 bytes after its header; the rest is padding.
    const padded = frame.length - Math.ceil(12_000 / 2880) * 2880 + 12_000
    expect(await isWholeFits(new Blob([frame.slice(0, padded)]))).toBe(true)
    for (const length of [0, 80, 2879, 2880, 5000, padded - 1, 2880 + 3 * 2880 + 100])
      expect(await isWholeFits(new Blob([frame.slice(0, length)])), String(length)).toBe(false)
  })

  it('is no question for other files', async () => {
    expect(await isWholeFits(new Blob([new Uint8Array([0x1f, 0x8b, 8, 0, 0])]))).toBe(true)
  })
})

describe('a file of which nobody can say whether it is whole', () => {
  it('has to stand still for a while, however often one looks', async () => {
    const disk = new MemoryFolder()
    const arrivals = createArrivals([], 60)
    disk.put('a.fits.gz', new Uint8Array([0x1f, 0x8b, 8, 0, 0]), 1)
    for (let times = 0; times < 5; times++) expect(await arrivals.look(listFolder(disk.handle))).toEqual([])
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(await arrivals.look(listFolder(disk.handle))).toHaveLength(1)
  })
})

describe('frames that arrive in a folder', () => {
  it('are given once, when their size stands still and they are whole', async () => {
    const disk = new MemoryFolder()
    const arrivals = createArrivals([], 0)
    const look = async () => (await arrivals.look(listFolder(disk.handle))).map(({ path }) => path)
    disk.put('night/a.fits', frame, 1)
    disk.put('.hidden.fits', frame, 1)
    disk.put('notes.txt', frame, 1)
    expect(await look()).toEqual([])
    expect(arrivals.waiting).toEqual(['night/a.fits'])
    expect(await look()).toEqual(['night/a.fits'])
    expect(await look()).toEqual([])
    // Written in two goes: it stands still in between and is not whole.
    disk.put('b.fits', frame.slice(0, 6000), 2)
    for (let times = 0; times < 4; times++) expect(await look()).toEqual([])
    expect(arrivals.waiting).toEqual(['b.fits'])
    disk.put('b.fits', frame, 3)
    expect(await look()).toEqual([])
    expect(await look()).toEqual(['b.fits'])
    expect(arrivals.waiting).toEqual([])
  })

  it('are given again when they are written anew under their name, and not after a reload', async () => {
    const disk = new MemoryFolder()
    disk.put('latest.fits', frame, 1)
    const first = createArrivals([], 0)
    await first.look(listFolder(disk.handle))
    expect(await first.look(listFolder(disk.handle))).toHaveLength(1)
    const second = createArrivals(first.seen, 0)
    await second.look(listFolder(disk.handle))
    expect(await second.look(listFolder(disk.handle))).toEqual([])
    disk.put('latest.fits', frame, 2)
    await second.look(listFolder(disk.handle))
    const [again] = await second.look(listFolder(disk.handle))
    expect(again?.path).toBe('latest.fits')
    if (again !== undefined) second.forget(again)
    expect(await second.look(listFolder(disk.handle))).toHaveLength(1)
  })
})
