import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { hashBytes } from '../../web/core/ids'
import { ingestInput, ingestSources, readExposures } from '../../web/ingest'
import { imageCards, joinBytes, makeFrame, makeHeader } from '../science/fits/make-fits'
import { fakeSink, watchedTask } from './fake-sink'

const frame = (object: string, ...more: string[]): Uint8Array<ArrayBuffer> =>
  makeFrame([
    `OBJECT  = '${object}'`,
    "IMAGETYP= 'Light Frame'",
    'EXPTIME = 30',
    "DATE-OBS= '2024-02-29T23:00:00'",
    ...more,
  ])

/** An extension with one row of one column of this form. */
const tableHdu = (form: string): Uint8Array<ArrayBuffer> =>
  joinBytes(
    makeHeader([
      "XTENSION= 'BINTABLE'",
      ...imageCards(8, [4, 1]).slice(1),
      'PCOUNT  = 0',
      'GCOUNT  = 1',
      'TFIELDS = 1',
      "TTYPE1  = 'id'",
      `TFORM1  = '${form}'`,
      "EXTNAME = 'STARS'",
    ]),
    new Uint8Array([0, 0, 0, 7]),
    new Uint8Array(2876),
  )

const take = async (path: string, bytes: Uint8Array<ArrayBuffer>, sink = fakeSink()) => {
  const { task, progress } = watchedTask()
  const outcome = await ingestInput({ path, blob: new Blob([bytes]), batch: 'b1' }, sink, task)
  return { ...outcome, sink, progress }
}

describe('one file', () => {
  it('is hashed, read and saved, plain or gzipped, under its own name', async () => {
    const bytes = frame('M 31')
    const sha256 = await hashBytes(bytes)
    const plain = await take('night/m31.fits', bytes)
    const packed = await take('night/m31.fits.gz', gzipSync(bytes))
    for (const { frames, rejected, sink } of [plain, packed]) {
      expect(rejected).toEqual([])
      expect(frames).toMatchObject([
        {
          name: 'm31.fits',
          sha256,
          kind: 'light',
          object: 'M 31',
          exposure: 30,
          width: 4,
          height: 3,
          night: '2024-02-29+01',
        },
      ])
      expect(frames[0]).not.toHaveProperty('duplicate')
      expect(sink.saved).toMatchObject([
        {
          bytes: bytes.length,
          bytesId: `bytes-${sha256.slice(0, 20)}`,
          exposures: [{ path: 'night/m31.fits', batch: 'b1', id: `frame-${sha256.slice(0, 20)}` }],
        },
      ])
    }
  })

  it('that is there already comes back as the frame that it is', async () => {
    const sink = fakeSink()
    const first = await take('a.fits', frame('M 31'), sink)
    const second = await take('copy of a.fits', frame('M 31'), sink)
    expect(second.frames).toMatchObject([{ id: first.frames[0]!.id, duplicate: true }])
    expect(second.rejected).toEqual([])
    expect(sink.saved.length).toBe(1)
  })

  it.each<[string, Uint8Array<ArrayBuffer>, string, string]>([
    ['nothing.fits', new Uint8Array(0), 'empty-file', '0 bytes'],
    ['picture.fits', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'not-fits', 'JPEG'],
    [
      'page.fits',
      new TextEncoder().encode('\n<!DOCTYPE html><html><body>Please log in</body></html>'),
      'not-fits',
      'web page',
    ],
    ['notes.txt', new TextEncoder().encode('clouds at midnight\n'), 'not-fits', 'text file'],
    ['video.ser', new TextEncoder().encode('LUCAM-RECORDER____'), 'bad-header', 'SER'],
    ['old.fits.Z', new Uint8Array([0x1f, 0x9d, 0x90, 0x53]), 'empty-file', '0 bytes'],
    ['b.fits.bz2', new TextEncoder().encode('BZh91AY&SY'), 'bad-archive', 'damaged'],
    ['cut.fits', frame('M 31').slice(0, 2890), 'truncated', '1 of 3 rows'],
    ['cut.fits.gz', gzipSync(frame('M 31')).slice(0, 120), 'bad-archive', 'cut off'],
    ['huge.fits', makeHeader(imageCards(16, [1e9, 1e9])), 'too-large', '1,000,000,000'],
    ['header.fits', makeHeader(imageCards(8, [])), 'no-image', 'no data'],
    ['table.fits', joinBytes(makeHeader(imageCards(8, [])), tableHdu('4Z')), 'bad-header', 'TFORM1 is "4Z"'],
    ['bad.xml', new TextEncoder().encode('<VOTABLE><RESOURCE/></VOTABLE>'), 'bad-header', 'no table'],
  ])('%s is rejected with a reason', async (name, bytes, code, words) => {
    const { frames, rejected, sink } = await take(name, bytes)
    expect(frames).toEqual([])
    expect(sink.saved).toEqual([])
    expect(rejected).toMatchObject([{ code }])
    expect(rejected[0]!.reason).toContain(words)
    expect(rejected[0]!.reason.length).toBeGreaterThan(30)
  })

  it('with several images gives a frame for each, named by HDU, with the cards of the primary', async () => {
    const extension = (value: number) =>
      joinBytes(
        makeHeader([
          "XTENSION= 'IMAGE'",
          ...imageCards(16, [4, 3]).slice(1),
          'PCOUNT  = 0',
          'GCOUNT  = 1',
          `CHIP    = ${value}`,
        ]),
        new Uint8Array(2880),
      )
    const bytes = joinBytes(
      makeHeader([...imageCards(8, []), "OBJECT  = 'NGC 1'", 'EXPTIME = 12']),
      extension(1),
      extension(2),
    )
    const { frames, sink } = await take('mosaic.fits', bytes)
    const sha256 = await hashBytes(bytes)
    const id = `frame-${sha256.slice(0, 20)}`
    expect(frames).toMatchObject([
      { id, name: 'mosaic.fits', object: 'NGC 1', exposure: 12 },
      { id: `${id}-2`, name: 'mosaic.fits[2]', object: 'NGC 1' },
    ])
    expect(sink.saved.length).toBe(1)
    const { headers } = readExposures({ path: 'mosaic.fits', bytes, sha256, batch: '' })
    expect(headers.map((header) => header.cards.find((card) => card.keyword === 'CHIP')?.value)).toEqual([
      1, 2,
    ])
    expect(headers.every((header) => header.cards.some((card) => card.keyword === 'OBJECT'))).toBe(true)
  })

  it('with a cube says that it shows the first plane', async () => {
    const { frames } = await take(
      'cube.fits',
      joinBytes(makeHeader([...imageCards(16, [4, 3, 5])]), new Uint8Array(2880)),
    )
    expect(frames[0]!.warnings.join()).toContain('cube of 5 planes')
  })
})

describe('archives', () => {
  const archive = zipSync({
    'night1/LIGHT/m31_001.fits': frame('M 31'),
    'night1/BIAS/b1.fits.gz': gzipSync(makeFrame(['EXPTIME = 0'])),
    'night1/readme.txt': new TextEncoder().encode('hello'),
    '../../../escape.fits': frame('M 33'),
    '__MACOSX/night1/._m31_001.fits': new Uint8Array([1, 2, 3]),
    'night1/.DS_Store': new Uint8Array([1]),
    'night1/empty/': new Uint8Array(0),
  })

  it('give their files, with folders, one after the other', async () => {
    const { frames, rejected, sink, progress } = await take('data.zip', archive)
    expect(frames.map((entry) => [entry.name, entry.kind])).toEqual([
      ['m31_001.fits', 'light'],
      ['b1.fits', 'bias'],
      ['escape.fits', 'light'],
    ])
    expect(sink.saved.map((entry) => entry.exposures[0]!.path)).toEqual([
      'data.zip/night1/LIGHT/m31_001.fits',
      'data.zip/night1/BIAS/b1.fits',
      'data.zip/escape.fits',
    ])
    expect(sink.saved[1]!.exposures[0]!.sources.kind).toBe('path')
    expect(rejected).toMatchObject([{ name: 'data.zip/night1/readme.txt', code: 'not-fits' }])
    expect(progress.at(-1)).toMatchObject({ done: 4, total: 4 })
  })

  it('with one damaged file give the others', async () => {
    const stored = zipSync({ 'a.fits': frame('A'), 'b.fits': frame('B') }, { level: 0 })
    const at = Buffer.from(stored).indexOf("'A'")
    stored[at + 1] = 0x5a
    const { frames, rejected } = await take('data.zip', stored)
    expect(frames.map((entry) => entry.object)).toEqual(['B'])
    expect(rejected).toMatchObject([{ name: 'data.zip/a.fits', code: 'bad-archive' }])
    expect(rejected[0]!.reason).toContain('checksum')
  })

  it('cut off, or holding archives, are explained', async () => {
    expect((await take('cut.zip', archive.slice(0, 500))).rejected).toMatchObject([
      { name: 'cut.zip', code: 'bad-archive' },
    ])
    const nested = await take('outer.zip', zipSync({ 'inner.zip': archive }))
    expect(nested.rejected).toMatchObject([{ name: 'outer.zip/inner.zip', code: 'bad-archive' }])
    expect(nested.rejected[0]!.reason).toContain('archive within an archive')
  })

  it('do not fill the memory: bombs and crowds are refused', async () => {
    const { task } = watchedTask()
    const limits = { maxEntries: 3, maxEntryBytes: 100_000, maxTotalBytes: 150_000 }
    const run = (path: string, bytes: Uint8Array) =>
      ingestInput(
        { path, blob: new Blob([bytes as Uint8Array<ArrayBuffer>]), batch: '' },
        fakeSink(),
        task,
        limits,
      )
    const zeros = gzipSync(new Uint8Array(8_000_000))
    expect((await run('zeros.gz', zeros)).rejected).toMatchObject([{ code: 'not-fits' }])
    const bomb = joinBytes(frame('M 1'), new Uint8Array(8_000_000))
    expect((await run('bomb.gz', gzipSync(bomb))).rejected).toMatchObject([{ code: 'too-large' }])
    expect((await run('bomb.zip', zipSync({ 'a.fits': bomb }))).rejected).toMatchObject([
      { name: 'bomb.zip/a.fits', code: 'too-large' },
    ])
    const crowd = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [`${index}.fits`, frame(`M ${index}`)]),
    )
    expect((await run('crowd.zip', zipSync(crowd))).rejected).toMatchObject([
      { name: 'crowd.zip', code: 'too-large' },
    ])
    const big = joinBytes(makeHeader(imageCards(8, [300, 300])), new Uint8Array(90_720))
    const total = await run('total.zip', zipSync({ 'a.fits': big, 'b.fits': big }))
    expect(total.frames.length).toBe(1)
    expect(total.rejected).toMatchObject([{ name: 'total.zip/b.fits', code: 'too-large' }])
  })

  it('of gzip may have several members, as gzip itself allows', async () => {
    const bytes = frame('M 31')
    const members = joinBytes(gzipSync(bytes.subarray(0, 3000)), gzipSync(bytes.subarray(3000)))
    expect((await take('two.fits.gz', members)).frames).toMatchObject([{ name: 'two.fits', object: 'M 31' }])
  })

  it('of tar give their files, gzipped or not', async () => {
    const entry = (name: string, bytes: Uint8Array): Uint8Array => {
      const header = new Uint8Array(512)
      const put = (text: string, at: number): void => header.set(new TextEncoder().encode(text), at)
      put(name, 0)
      put(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
      put('0', 156)
      put('ustar\u000000', 257)
      return joinBytes(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512))
    }
    const tar = joinBytes(
      entry('night/FLAT/f1.fits', makeFrame(['EXPTIME = 1'])),
      entry('night/a.fits', frame('A')),
      new Uint8Array(1024),
    )
    for (const [name, bytes] of [
      ['n.tar', tar],
      ['n.tar.gz', gzipSync(tar)],
    ] as const) {
      expect((await take(name, bytes)).frames.map((item) => [item.name, item.kind])).toEqual([
        ['f1.fits', 'flat'],
        ['a.fits', 'light'],
      ])
    }
  })
})

describe('trouble on the way', () => {
  it('a full disk rejects the files that do not fit and keeps the others', async () => {
    const sink = fakeSink((exposure) => exposure.facts.object === 'M 1')
    const files = Object.fromEntries(['M 0', 'M 1', 'M 2'].map((object) => [`${object}.fits`, frame(object)]))
    const { frames, rejected } = await take('three.zip', zipSync(files), sink)
    expect(frames.map((entry) => entry.object)).toEqual(['M 0', 'M 2'])
    expect(rejected).toMatchObject([{ name: 'three.zip/M 1.fits', code: 'quota' }])
    expect(rejected[0]!.reason).toContain('Free some space')
  })

  it('a cancelled task stops between files, with what was saved kept', async () => {
    const { task, controller } = watchedTask()
    const sink = fakeSink()
    const save = sink.save.bind(sink)
    sink.save = async (...given) => {
      await save(...given)
      controller.abort()
    }
    const files = Object.fromEntries(['M 0', 'M 1', 'M 2'].map((object) => [`${object}.fits`, frame(object)]))
    const run = ingestInput({ path: 'z.zip', blob: new Blob([zipSync(files)]), batch: '' }, sink, task)
    await expect(run).rejects.toMatchObject({ name: 'AbortError' })
    expect(sink.saved.length).toBe(1)
  })

  it('many sources are counted as files and do not stop each other', async () => {
    const { task, progress } = watchedTask()
    const sources = [
      { kind: 'file' as const, path: 'a.fits', blob: new Blob([frame('A')]) },
      {
        kind: 'file' as const,
        path: 'two.zip',
        blob: new Blob([zipSync({ 'b.fits': frame('B'), 'c.fits': frame('C') })]),
      },
      { kind: 'address' as const, url: 'https://data.example/gone.fits' },
    ]
    const fetch = (): Promise<Response> => Promise.resolve(new Response('gone', { status: 404 }))
    const report = await ingestSources(sources, { batch: 'b', sink: fakeSink(), task, fetch: { fetch } })
    expect(report.frames.map((entry) => entry.object)).toEqual(['A', 'B', 'C'])
    expect(report.rejected).toMatchObject([{ name: 'https://data.example/gone.fits', code: 'fetch-status' }])
    expect(progress.map((step) => [step.done, step.total])).toEqual([
      [0, 3],
      [1, 3],
      [1, 4],
      [2, 4],
      [2, 4],
      [3, 4],
    ])
  })
})
