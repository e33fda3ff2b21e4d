import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readNumber } from '../../web/core/header'
import { ingestInput, readExposures } from '../../web/ingest'
import { createStorageSink } from '../../web/ingest/storage-sink'
import { readPlane, takePlanes } from '../../web/ingest/take-planes'
import {
  countPlanes,
  decodeFrameWith,
  decodeHdu,
  hasPixels,
  listHdus,
  unpackBatch,
} from '../../web/science/fits'
import type { Progress } from '../../web/core/task'
import { checkWorkspace } from '../../web/storage/check-workspace'
import { openWorkspace } from '../../web/storage/workspace'
import { isAsterismError } from '../science/fits/errors'
import { imageCards, joinBytes, makeHeader } from '../science/fits/make-fits'
import { watchedTask } from './fake-sink'

const makeCube = (): Uint8Array<ArrayBuffer> => {
  const data = new Uint8Array(2880)
  for (let index = 0; index < 4 * 3 * 5; index++) data[2 * index + 1] = index
  return joinBytes(makeHeader([...imageCards(16, [4, 3, 5]), "OBJECT  = 'Cube'"]), data)
}

const golden = (file: string) =>
  (
    JSON.parse(readFileSync(new URL(`../golden/fits/${file}.json`, import.meta.url), 'utf8')) as {
      cases: { name: string; shape: number[]; file: string }[]
    }
  ).cases
const cubes = [...golden('codecs'), ...golden('tile-codecs')]
  .filter(({ shape }) => shape.length > 2)
  .map(({ name, file }) => ({ name, bytes: new Uint8Array(gunzipSync(Buffer.from(file, 'base64'))) }))

const readCube = (bytes: Uint8Array) => {
  const { exposures, headers } = readExposures({
    path: 'cube.fits',
    bytes,
    sha256: 'a'.repeat(64),
    batch: '',
  })
  return { cube: exposures[0]!, cards: headers[0]!.cards }
}

describe('planes of a cube', () => {
  it.each([{ name: 'a plain cube', bytes: makeCube() }, ...cubes])(
    '$name: each is the part of the whole that it should be',
    async ({ bytes }) => {
      const { cube, cards } = readCube(bytes)
      const hdu = listHdus(bytes).find(hasPixels)!
      const all = decodeHdu(bytes, hdu)
      const size = cube.width * cube.height
      expect(countPlanes(cards)).toBe(all.length / size)
      for (let plane = 0; plane < countPlanes(cards); plane++) {
        const { exposure } = readPlane(cube, cards, plane)
        const image = await decodeFrameWith({ unpack: unpackBatch }, bytes, exposure)
        expect(image.data).toEqual(all.slice(plane * size, (plane + 1) * size))
        const rows = await decodeFrameWith({ unpack: unpackBatch }, bytes, exposure, {
          rows: { start: 1, end: 3 },
        })
        expect(rows.data).toEqual(image.data.slice(cube.width, 3 * cube.width))
      }
    },
  )

  it('have a name, an id and a header of their own, of two axes', () => {
    const { cube, cards } = readCube(makeCube())
    const plane = readPlane(cube, cards, 2)
    expect(plane.exposure).toMatchObject({ id: `${cube.id}-plane3`, name: 'cube.fits[plane 3]' })
    expect(plane.exposure.warnings.join()).not.toContain('cube')
    expect(countPlanes(plane.cards)).toBe(1)
    expect(readNumber(plane.cards, 'PLANE')).toBe(3)
    expect(() => readPlane(cube, cards, 5)).toThrow(isAsterismError('not-found', 'has 5 planes'))
  })

  it('are made when they are wanted, once', async () => {
    const workspace = await openWorkspace({ name: 'planes' })
    const { task } = watchedTask()
    const file = { path: 'cube.fits', blob: new Blob([makeCube()]), batch: 'b' }
    const { frames } = await ingestInput(file, createStorageSink(workspace), task)
    const id = frames[0]!.id
    const progress: Progress[] = []
    const watched = { signal: task.signal, report: (step: Progress) => progress.push(step) }
    const { frames: made } = await takePlanes(workspace, id, [4, 1, 4].toReversed(), watched)
    expect(progress.at(-1)).toMatchObject({ done: 2, total: 2 })
    expect(made.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toMatchObject([
      { id: `${id}-plane2`, object: 'Cube' },
      { id: `${id}-plane5` },
    ])
    await workspace.exposures.putMany([{ ...(await workspace.exposures.get(`${id}-plane2`))!, name: 'mine' }])
    expect((await takePlanes(workspace, id, [1], task)).frames).toMatchObject([
      { name: 'mine', duplicate: true },
    ])
    await workspace.removeExposures([`${id}-plane2`])
    expect((await takePlanes(workspace, id, [1], task)).frames).toMatchObject([
      { name: 'cube.fits[plane 2]' },
    ])
    expect((await workspace.exposures.get(`${id}-plane2`))?.removedAt).toBeUndefined()
    const check = await checkWorkspace(workspace, { running: new Set() }, task)
    expect(check.faults).toEqual([])
    expect(await workspace.headers.get(`${id}-plane5`)).toBeDefined()
    await expect(takePlanes(workspace, 'frame-none', [0], task)).rejects.toThrow(
      isAsterismError('not-found', 'not in the workspace'),
    )
    await expect(takePlanes(workspace, id, [0, 5], task)).rejects.toThrow(
      isAsterismError('not-found', 'no plane 6'),
    )
    await expect(takePlanes(workspace, id, [], task)).rejects.toThrow(
      isAsterismError('not-found', 'No plane'),
    )
    const many = Array.from({ length: 2001 }, () => 0)
    await expect(takePlanes(workspace, id, many, task)).rejects.toThrow(isAsterismError('too-large', '2001'))
    const controller = new AbortController()
    controller.abort()
    const cancelled = { signal: controller.signal, report: () => undefined }
    await expect(takePlanes(workspace, id, [0], cancelled)).rejects.toThrow('cancelled')
    expect(await workspace.exposures.get(`${id}-plane1`)).toBeUndefined()
    workspace.close()
  })
})
