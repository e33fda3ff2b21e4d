import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { createSkyTiles } from '../../../web/pipeline/astrometry/sky-tiles'
import { readShippedCone } from '../../support/read-catalogue'
import { fetchFromDisk } from '../../support/shipped-tiles'

const BASE = 'http://page.test/some/folder/'
const CONE = { rightAscension: 31, declination: 46.7, radius: 1.5 }

/** The catalogue below any folder, with a count of what was asked for. */
const makeServer = (
  change: (path: string, answer: Response) => Promise<Response> | Response = (_, same) => same,
) => {
  const asked: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input)
    asked.push(pathname)
    const answer = await fetchFromDisk(new URL(pathname.replace('/some/folder', ''), 'http://page.test'))
    return change(pathname, answer)
  }
  return { asked, fetch }
}

const makeCache = () => {
  const kept = new Map<string, Response>()
  return {
    kept,
    match: (address: RequestInfo | URL) => Promise.resolve(kept.get(address as string)?.clone()),
    put: (address: RequestInfo | URL, response: Response) => {
      kept.set(address as string, response)
      return Promise.resolve()
    },
  }
}

test('a cone is fetched from below the page, each tile once, and has the stars that are shipped', async () => {
  const { asked, fetch } = makeServer()
  const tiles = createSkyTiles({
    base: `${BASE}index.html?x=1`,
    fetch,
    openCache: () => Promise.resolve(null),
  })
  const found = await tiles.cone(CONE, idleTask())
  expect(found.stars).toEqual(readShippedCone(CONE))
  expect(found).toMatchObject({ name: 'Tycho-2', band: 'VT' })
  expect(found.files.length).toBeGreaterThan(0)
  expect(asked[0]).toBe('/some/folder/catalogue/index.json')
  const before = asked.length
  await tiles.cone({ ...CONE, radius: 1 }, idleTask())
  expect(asked).toHaveLength(before)
  expect(new Set(asked).size).toBe(asked.length)
})

test('what was fetched once is read from the browser afterwards, without a net', async () => {
  const cache = makeCache()
  const first = makeServer()
  const online = createSkyTiles({ base: BASE, fetch: first.fetch, openCache: () => Promise.resolve(cache) })
  const wanted = await online.cone(CONE, idleTask())
  const offline = createSkyTiles({
    base: BASE,
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    openCache: () => Promise.resolve(cache),
  })
  expect(await offline.cone(CONE, idleTask())).toEqual(wanted)
  await expect(offline.cone({ ...CONE, declination: -60 }, idleTask())).rejects.toMatchObject({
    code: 'fetch-network',
  })
  await expect(offline.bright(idleTask())).rejects.toMatchObject({ code: 'fetch-network' })
  await online.bright(idleTask())
  expect((await offline.bright(idleTask())).stars.rightAscension).toHaveLength(183_300)
})

test('a damaged tile is neither used nor kept, and a kept one that was damaged is fetched anew', async () => {
  const cache = makeCache()
  const damage = async (path: string, answer: Response): Promise<Response> => {
    if (!path.endsWith('.bin')) return answer
    const bytes = new Uint8Array(await answer.arrayBuffer())
    bytes[100]! ^= 1
    return new Response(bytes)
  }
  const broken = makeServer(damage)
  const supply = { base: BASE, openCache: () => Promise.resolve(cache) }
  const tiles = createSkyTiles({ ...supply, fetch: broken.fetch })
  await expect(tiles.cone(CONE, idleTask())).rejects.toMatchObject({ code: 'bad-catalogue' })
  expect([...cache.kept.keys()]).toEqual([`${BASE}catalogue/index.json`])

  await createSkyTiles({ ...supply, fetch: makeServer().fetch }).cone(CONE, idleTask())
  const spoilt = [...cache.kept.keys()].find((address) => address.endsWith('.bin'))!
  cache.kept.set(spoilt, new Response(readFileSync('public/catalogue/LICENSE.tycho2.txt')))
  const again = makeServer()
  const mended = await createSkyTiles({ ...supply, fetch: again.fetch }).cone(CONE, idleTask())
  expect(mended.stars).toEqual(readShippedCone(CONE))
  expect(again.asked.filter((path) => path.endsWith('.bin'))).toEqual([new URL(spoilt).pathname])
})

test('a host without the catalogue, and one that answers with something else, are told apart', async () => {
  const none = createSkyTiles({
    base: 'http://page.test/elsewhere/',
    fetch: fetchFromDisk,
    openCache: () => Promise.resolve(null),
  })
  await expect(none.cone(CONE, idleTask())).rejects.toMatchObject({ code: 'fetch-status' })
  const page = createSkyTiles({
    base: BASE,
    fetch: () => Promise.resolve(new Response('<!doctype html>')),
    openCache: () => Promise.resolve(null),
  })
  await expect(page.cone(CONE, idleTask())).rejects.toMatchObject({ code: 'bad-catalogue' })
})
