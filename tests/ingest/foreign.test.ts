import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findCard } from '../../web/core/header'
import { hashBytes } from '../../web/core/ids'
import { ingestInput } from '../../web/ingest'
import { convertForeign, type ForeignKind } from '../../web/ingest/foreign/convert-foreign'
import { listHdus, readPixelValues, verifyChecksums } from '../../web/science/fits'
import { describeExposure } from '../../web/pipeline/provenance/describe-records'
import { isAsterismError } from '../science/fits/errors'
import { fakeSink, watchedTask } from './fake-sink'

interface Golden {
  readonly xisf: string
  readonly cases: readonly {
    readonly name: string
    readonly kind: ForeignKind
    readonly file: string
    readonly shape: readonly number[]
    readonly pixels: string
    readonly cards: Readonly<Record<string, string | number | boolean>>
  }[]
}

const golden = JSON.parse(
  readFileSync(new URL('../golden/ingest/foreign.json', import.meta.url), 'utf8'),
) as Golden
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'))
const find = (name: string) => golden.cases.find((each) => each.name === name)!
const OPTIONS = { sha256: 'f'.repeat(64), most: 1e8 }
const take = (path: string, bytes: Uint8Array<ArrayBuffer>, sink = fakeSink()) =>
  ingestInput({ path, blob: new Blob([bytes]), batch: 'b' }, sink, watchedTask().task)

describe(`XISF as the package xisf ${golden.xisf} writes and reads it, and SER by its description`, () => {
  it.each(golden.cases)('$name', async ({ kind, file, shape, pixels, cards }) => {
    const bytes = await convertForeign(kind, bytesOf(file), OPTIONS)
    const [hdu, ...others] = listHdus(bytes)
    expect(others).toEqual([])
    expect([...hdu!.axes].reverse()).toEqual(shape)
    const raw = bytesOf(pixels)
    const view = new DataView(raw.buffer)
    const expected = Array.from({ length: raw.length / 8 }, (_, index) => view.getFloat64(8 * index))
    expect(Array.from(readPixelValues(bytes, hdu!).data, Number)).toEqual(expected)
    for (const [keyword, value] of Object.entries(cards))
      expect(findCard(hdu!.header, keyword)?.value, keyword).toBe(value)
    expect(findCard(hdu!.header, 'ORIGSHA')?.value).toBe(OPTIONS.sha256)
    expect(verifyChecksums(bytes, hdu!)).toEqual({ whole: true, data: true })
    expect(hdu!.header.filter(({ flaw }) => flaw !== undefined)).toEqual([])
  })
})

describe('files of other programs that come in', () => {
  it('are ordinary frames, say what they were, and are known when they come again', async () => {
    const sink = fakeSink()
    const original = bytesOf(find('XISF uint16').file)
    const { frames, rejected } = await take('night/m31.xisf', original, sink)
    expect(rejected).toEqual([])
    expect(frames).toMatchObject([
      { name: 'm31.xisf', object: 'M 31', exposure: 30.5, filter: 'Ha', width: 17, height: 13 },
    ])
    expect(frames[0]!.warnings.join(' ')).toContain('It came as XISF and is kept as FITS')
    expect((await take('again.xisf', original, sink)).frames).toMatchObject([
      { id: frames[0]!.id, duplicate: true },
    ])
    const saved = sink.saved[0]!
    expect(saved.exposures[0]!.facts.rowOrder).toBe('top-down')
    const kept = await convertForeign('xisf', original, { ...OPTIONS, sha256: await hashBytes(original) })
    expect(saved.exposures[0]!.sha256).toBe(await hashBytes(kept))
    expect(saved.exposures[0]!.original).toEqual({ format: 'XISF', sha256: await hashBytes(original) })
    expect(describeExposure(saved.exposures[0]!).node.details['original']).toEqual({
      format: 'XISF',
      sha256: await hashBytes(original),
    })
  })

  it('a video is one cube', async () => {
    const { frames } = await take('moon.ser', bytesOf(find('SER of 12 bits').file))
    expect(frames.length).toBe(1)
    expect(frames[0]!.warnings.join(' ')).toContain('cube of 5 planes')
  })

  it.each<[string, ForeignKind, (bytes: Uint8Array) => void, string]>([
    [
      'a header that is longer than the file',
      'xisf',
      (bytes) => new DataView(bytes.buffer).setUint32(8, 1e6, true),
      'longer than the file',
    ],
    [
      'no picture size',
      'ser',
      (bytes) => new DataView(bytes.buffer).setInt32(26, 0, true),
      'its frames are 0 x 7',
    ],
    [
      'frames larger than the file',
      'ser',
      (bytes) => new DataView(bytes.buffer).setInt32(30, 2 ** 30, true),
      'its frames are 8 x',
    ],
  ])('%s is refused', async (_, kind, damage, words) => {
    const bytes = bytesOf(find(kind === 'xisf' ? 'XISF uint16' : 'SER of 12 bits').file)
    damage(bytes)
    await expect(convertForeign(kind, bytes, OPTIONS)).rejects.toThrow(isAsterismError('bad-header', words))
  })

  const withHeader = (change: (header: string) => string): Uint8Array<ArrayBuffer> => {
    const bytes = bytesOf(find('XISF zlib').file)
    const view = new DataView(bytes.buffer)
    const length = view.getUint32(8, true)
    const header = change(new TextDecoder().decode(bytes.subarray(16, 16 + length)))
    const encoded = new TextEncoder().encode(header)
    bytes.fill(0, 16, 16 + length)
    if (encoded.length > length) throw new Error('the header does not fit')
    bytes.set(encoded, 16)
    return bytes
  }

  it('a block that claims more than there may be is refused before it is unpacked', async () => {
    const forged = withHeader((header) => header.replace(/zlib:\d{4}/, 'zlib:9e9'))
    await expect(convertForeign('xisf', forged, OPTIONS)).rejects.toThrow(
      isAsterismError('bad-header', 'no compression'),
    )
    const large = withHeader((header) => header.replace(/zlib:\d{4}/, 'zlib:9999'))
    await expect(convertForeign('xisf', large, { ...OPTIONS, most: 5000 })).rejects.toThrow(
      isAsterismError('too-large', 'unpacks to more'),
    )
  })

  it('ends on whatever is cut or changed (seed 11)', async () => {
    let seed = 11
    const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most
    for (let run = 0; run < 200; run++) {
      const { kind, file } = golden.cases[next(golden.cases.length)]!
      let bytes = bytesOf(file)
      if (run % 3 === 0) bytes = bytes.slice(0, next(bytes.length))
      const reach = Math.min(bytes.length, kind === 'ser' ? 178 : 2500)
      const changes = reach > 20 ? 3 : 0
      for (let change = 0; change < changes; change++) bytes[14 + next(reach - 14)] = next(256)
      try {
        await convertForeign(kind, bytes, { ...OPTIONS, most: 1e6 })
      } catch (error) {
        expect((error as Error).name, String(error)).toBe('AsterismError')
      }
    }
  })
})
