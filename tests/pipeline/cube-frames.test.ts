import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Compute } from '../../web/compute/create-compute'
import { idleTask } from '../../web/core/task'
import { readNumber } from '../../web/core/header'
import { ingestInput } from '../../web/ingest'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { takePlanes } from '../../web/ingest/take-planes'
import { createInspector, type Inspector } from '../../web/pipeline/inspect'
import { gatherProvenance } from '../../web/pipeline/provenance/gather-provenance'
import {
  compressFits,
  decodeHdu,
  encodePixels,
  hasPixels,
  listHdus,
  readPixelValues,
  verifyChecksums,
  writeFits,
} from '../../web/science/fits'
import { openWorkspace, type Workspace } from '../../web/storage/workspace'
import { createMemoryPixels } from '../support/memory-pixels'
import { openTestCompute, runInProcess } from '../support/run-in-process'
import { requireShared } from '../support/shared-data'

const [WIDTH, HEIGHT] = [40, 30]
const SIZE = WIDTH * HEIGHT

let workspace: Workspace
let compute: Compute
let inspector: Inspector

/** A cube of whole numbers with a seed: `level` and a little more in every pixel. */
const makeCube = (kind: string, planes: number, level: number): Uint8Array<ArrayBuffer> => {
  let state = level
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
  const data = Float32Array.from({ length: SIZE * planes }, () => level + Math.floor(20 * random()))
  return writeFits([
    {
      kind: 'image',
      image: encodePixels({ axes: [WIDTH, HEIGHT, planes], data, bitpix: 16 }),
      added: [
        { keyword: 'IMAGETYP', value: kind },
        { keyword: 'INSTRUME', value: 'Test camera' },
        { keyword: 'EXPTIME', value: kind === 'Light' ? 30 : 0 },
        { keyword: 'DATE-OBS', value: '2024-03-01T22:00:00' },
        { keyword: 'OBJECT', value: 'M 1' },
      ],
    },
  ])
}

const take = async (path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const input = { path, blob: new Blob([bytes]), batch: path }
  const { frames, rejected } = await ingestInput(input, createStorageSink(workspace), idleTask())
  expect(rejected).toEqual([])
  return frames[0]!.id
}

const pixelsOf = async (frame: string): Promise<Float32Array> => {
  const { data } = await inspector.pixels({ frame, plane: 'data' }, idleTask())
  return data as Float32Array
}

beforeAll(async () => {
  workspace = await openWorkspace({ name: 'cubes', pixels: createMemoryPixels() })
  compute = await openTestCompute()
  inspector = createInspector(workspace, compute)
})
afterAll(() => workspace.close())

describe.each<['plain' | 'rice']>([['plain'], ['rice']])('a cube that is stored %s', (packed) => {
  const pack = (bytes: Uint8Array<ArrayBuffer>) => (packed === 'rice' ? compressFits(bytes, 'rice') : bytes)

  it('is looked at plane by plane, with nothing stored', async () => {
    const bytes = makeCube('Light', 3, packed === 'rice' ? 900 : 901)
    const all = decodeHdu(bytes, listHdus(bytes)[0]!)
    const cube = await take(`look-${packed}.fits`, pack(bytes))
    expect((await workspace.exposures.get(cube))?.planes).toBe(3)
    const before = (await workspace.exposures.list()).length
    for (let plane = 0; plane < 3; plane++)
      expect(await pixelsOf(`${cube}/plane${plane + 1}`)).toEqual(all.slice(plane * SIZE, (plane + 1) * SIZE))
    expect(await pixelsOf(cube)).toEqual(all.slice(0, SIZE))
    const star = { frame: `${cube}/plane3`, at: { x: 20, y: 15 }, radius: 3, annulus: [6, 9] as const }
    expect((await inspector.measureStar(star)).sky).toBeGreaterThan(800)
    for (const wrong of ['plane0', 'plane4', 'plane', 'plane-1', 'other'])
      await expect(pixelsOf(`${cube}/${wrong}`)).rejects.toMatchObject({ code: 'not-found' })
    expect((await workspace.exposures.list()).length).toBe(before)
  })

  it('gives frames that are calibrated like any others', async () => {
    const [bias, light] = [makeCube('Bias', 5, 100), makeCube('Light', 3, 1000)]
    const biasPlanes = decodeHdu(bias, listHdus(bias)[0]!)
    const lightPlanes = decodeHdu(light, listHdus(light)[0]!)
    const biasCube = await take(`bias-${packed}.fits`, pack(bias))
    const lightCube = await take(`light-${packed}.fits`, pack(light))
    const biases = await takePlanes(workspace, biasCube, [0, 1, 2, 3, 4], idleTask())
    const lights = await takePlanes(workspace, lightCube, [1, 2], idleTask())
    // Its first plane would count twice.
    const cubes = await workspace.exposures.getMany([biasCube, lightCube])
    await workspace.exposures.putMany(cubes.map((cube) => ({ ...cube, excluded: true })))
    const report = await runInProcess(workspace, {
      request: 'calibrate_file_batch',
      frames: [...biases.frames, ...lights.frames].map(({ id }) => id),
      parameters: { bias: { method: 'median', rejection: 'none' } },
    })
    expect(report.failures).toEqual([])
    const reduced = await workspace.reduced.listBy('exposure', lights.frames[1]!.id)
    const median = Float32Array.from({ length: SIZE }, (_, pixel) => {
      const values = Array.from({ length: 5 }, (_each, plane) => biasPlanes[plane * SIZE + pixel]!)
      return values.sort((a, b) => a - b)[2]!
    })
    const calibrated = await pixelsOf(reduced[0]!.id)
    for (let pixel = 0; pixel < SIZE; pixel++)
      expect(calibrated[pixel]).toBeCloseTo(lightPlanes[2 * SIZE + pixel]! - median[pixel]!, 2)
    const graph = await gatherProvenance(workspace, reduced[0]!.id)
    const node = graph.nodes.find(({ id }) => id === lights.frames[1]!.id)
    expect(node?.details['plane']).toEqual({ cube: lightCube, number: 3, of: 3 })
  })

  it('gives a plane as a file of its own, with its values as they are', async () => {
    const bytes = makeCube('Light', 4, 2000)
    const values = readPixelValues(bytes, listHdus(bytes)[0]!)
    const cube = await take(`saved-${packed}.fits`, pack(bytes))
    const { frames } = await takePlanes(workspace, cube, [2], idleTask())
    for (const id of [frames[0]!.id, `${cube}/plane3`]) {
      const written = await inspector.exportFits(id)
      const [hdu, ...others] = listHdus(written)
      expect(others).toEqual([])
      expect(hdu!.axes).toEqual([WIDTH, HEIGHT])
      expect(readNumber(hdu!.header, 'PLANE')).toBe(3)
      expect(readPixelValues(written, hdu!)).toEqual({
        type: values.type,
        data: values.data.slice(2 * SIZE, 3 * SIZE),
      })
      expect(verifyChecksums(written, hdu!)).toMatchObject({ data: true })
    }
    const rice = await inspector.exportFits(frames[0]!.id, 'rice')
    const packedHdu = listHdus(rice).find(hasPixels)!
    expect([...decodeHdu(rice, packedHdu)]).toEqual(Array.from(values.data.slice(2 * SIZE, 3 * SIZE), Number))
  })
})

const golden = (
  JSON.parse(readFileSync(new URL('../golden/fits/more-codecs.json', import.meta.url), 'utf8')) as {
    cases: { name: string; shape: number[]; file: string }[]
  }
).cases.filter(({ shape }) => shape.length > 2)

describe('cubes that other programs packed', () => {
  it.each(golden)('$name: a plane is saved as it was', async ({ name, file }) => {
    const bytes = new Uint8Array(gunzipSync(Buffer.from(file, 'base64')))
    const whole = readPixelValues(bytes, listHdus(bytes).find(hasPixels)!)
    const cube = await take(`${name}.fits`, bytes)
    const { width, height } = (await workspace.exposures.get(cube))!
    const size = width * height
    const written = await inspector.exportFits(`${cube}/plane2`)
    const values = readPixelValues(written, listHdus(written)[0]!)
    expect([...values.data]).toEqual([...whole.data.subarray(size, 2 * size)])
  })
})

const torture = requireShared('fits_torture')

describe.skipIf(torture === null)('a cube of a library of awkward files', () => {
  it('arange.fits: 32-bit numbers that count up', async () => {
    const bytes = new Uint8Array(readFileSync(join(torture!, 'astropy_io_fits/arange.fits')))
    const cube = await take('arange.fits', bytes)
    expect(await workspace.exposures.get(cube)).toMatchObject({ width: 11, height: 10, planes: 7 })
    expect([...(await pixelsOf(`${cube}/plane7`))]).toEqual(Array.from({ length: 110 }, (_, at) => 660 + at))
  })
})
