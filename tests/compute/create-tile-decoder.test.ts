import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { idleTask } from '../../web/core/task'
import { createCompute } from '../../web/compute/create-compute'
import { createTileDecoder } from '../../web/compute/create-tile-decoder'
import {
  decodeFrameWith,
  decodeHdu,
  hasPixels,
  listHdus,
  readScaling,
  type TileBatch,
} from '../../web/science/fits'
import { decodeTiles, decodeTilesWith } from '../../web/science/fits/decode-tiles'
import { unpackBatch } from '../../web/science/fits/tile-batch'
import { compileKernels } from '../support/kernel-backends'
import { requireShared } from '../support/shared-data'

interface Golden {
  readonly cases: readonly { readonly name: string; readonly file: string }[]
}

const read = (name: string): Golden['cases'] => {
  const path = new URL(`../golden/fits/${name}.json`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as Golden).cases
}
const files = [...read('codecs'), ...read('tile-codecs')].map(({ name, file }) => {
  const bytes = new Uint8Array(gunzipSync(Buffer.from(file, 'base64')))
  return { name, bytes, hdu: listHdus(bytes).find(hasPixels)! }
})
const packed = files.filter(({ hdu }) => hdu.kind === 'compressed-image')
const compute = await createCompute({ module: await compileKernels(), memoryBytes: 64 * 1024 * 1024 })
const decoder = createTileDecoder(compute, idleTask())

describe('tiles decoded by the kernels', () => {
  it('there is every codec among the files', () => {
    for (const codec of ['RICE_1', 'GZIP_1', 'GZIP_2', 'PLIO_1', 'HCOMPRESS_1', 'NOCOMPRESS'])
      expect(packed.filter(({ name }) => name.startsWith(codec)).length).toBeGreaterThan(4)
  })

  it.each(packed)('$name: the pixels of the reference, whole and rows 1 to 4', async ({ bytes, hdu }) => {
    expect(await decodeTilesWith(decoder, bytes, hdu)).toEqual(decodeTiles(bytes, hdu))
    const range = { start: 1, end: 4 }
    expect(await decodeTilesWith(decoder, bytes, hdu, { range })).toEqual(decodeTiles(bytes, hdu, { range }))
  })

  it('no kernel was found wrong', () => {
    expect(compute.notes).toEqual([])
  })

  it('rows of one file are one batch, decoded where they are wanted', async () => {
    const { bytes, hdu } = packed.find(({ name }) => name === 'RICE_1 int16')!
    const target = new Float32Array(hdu.axes[0]! * hdu.axes[1]!)
    const seen: TileBatch[] = []
    const unpack = (batch: TileBatch, output: Parameters<typeof unpackBatch>[1]): void => {
      seen.push(batch)
      expect(output.data.buffer).toBe(target.buffer)
      unpackBatch(batch, output)
    }
    const found = await decodeTilesWith({ unpack }, bytes, hdu, { target })
    expect(found).toBe(target)
    expect(seen.map((batch) => batch.offsets.length)).toEqual([hdu.axes[1]])
    expect(found).toEqual(decodeHdu(bytes, hdu))
    await expect(
      decodeTilesWith({ unpack }, bytes, hdu, { target: target.subarray(1) }),
    ).rejects.toMatchObject({ code: 'shape-mismatch' })
  })

  it('a frame of the workspace, some of its rows into lent memory', async () => {
    const { bytes, hdu } = packed.find(({ name }) => name === 'RICE_1 int16')!
    const [width, height] = [hdu.axes[0]!, hdu.axes[1]!]
    const { index, headerOffset, dataOffset, dataLength } = hdu
    const place = { bytesId: 'x', hdu: index, headerOffset, dataOffset, dataLength, compressed: true }
    const frame = { width, height, pixels: { ...place, ...readScaling(hdu) } }
    const target = compute.arena.float32(3 * width)
    const image = await decodeFrameWith(decoder, bytes, frame, { rows: { start: 2, end: 5 }, target })
    expect(image.data).toBe(target)
    expect(target).toEqual(decodeHdu(bytes, hdu).slice(2 * width, 5 * width))
  })

  it.each(['RICE_1 int16', 'HCOMPRESS_1 int16', 'PLIO_1 int16'])(
    '%s with a tile of nothing but ones: said to be damaged, by its number',
    async (wanted) => {
      const { bytes, hdu } = packed.find(({ name }) => name === wanted)!
      const broken = bytes.slice()
      const places: number[] = []
      await decodeTilesWith(
        {
          unpack: (batch, output) => {
            const start = batch.heap.byteOffset - bytes.byteOffset
            places.push(start + batch.offsets[1]!, start + batch.offsets[1]! + batch.lengths[1]!)
            unpackBatch(batch, output)
          },
        },
        bytes,
        hdu,
      )
      broken.fill(0xff, places[0], places[1])
      const error = expect.objectContaining({
        code: 'truncated',
        message: expect.stringContaining('Tile 2 of') as string,
      }) as Error
      expect(() => decodeTiles(broken, hdu)).toThrow(error)
      await expect(decodeTilesWith(decoder, broken, hdu)).rejects.toMatchObject({ code: 'truncated' })
    },
  )
})

const folder = requireShared('data/echelle')

describe.skipIf(folder === null)('a real frame packed by fpack', () => {
  it('thar5s.fit.fz: 4007 x 2671 pixels as the reference has them', async () => {
    const bytes = new Uint8Array(readFileSync(resolve(folder!, 'baches_midas/thar5s.fit.fz')))
    const hdu = listHdus(bytes).find(hasPixels)!
    const found = await decodeTilesWith(decoder, bytes, hdu)
    expect(Buffer.compare(Buffer.from(found.buffer), Buffer.from(decodeHdu(bytes, hdu).buffer))).toBe(0)
  })
})
