import { AsterismError, isAbortError } from '../../core/errors'
import { hashBytes } from '../../core/ids'
import { throwIfAborted, type Task } from '../../core/task'
import {
  readCatalogueIndex,
  type CatalogueIndex,
  type CatalogueTile,
} from '../../science/catalogue/catalogue-index'
import { joinStars, type CatalogueStars } from '../../science/catalogue/catalogue-stars'
import { readCatalogueTile } from '../../science/catalogue/read-tile'
import { findTiles, searchCone, type Cone } from '../../science/catalogue/search-cone'
import { keepRecent } from '../keep-recent'

/** Stars out of files that come with the app. */
export interface TiledStars {
  readonly stars: CatalogueStars
  readonly name: string
  readonly band: string
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** The star catalogue that comes with the app, fetched for the field alone. */
export interface SkyTiles {
  /** The stars of a cone, brightest first. */
  cone(cone: Cone, task: Task): Promise<TiledStars>
  /** Some bright stars of every part of the sky, for frames of which nothing is known. */
  bright(task: Task): Promise<TiledStars>
  /** All stars of all tiles, ten megabytes: for small frames of which nothing is known. */
  whole(task: Task): Promise<TiledStars>
}

/** What a browser keeps of answers; of the real thing these two calls. */
type TileCache = Pick<Cache, 'match' | 'put'>

export interface TileSupply {
  /** Address of the page, below which the catalogue lies: any host, any folder. */
  readonly base: string
  readonly fetch?: typeof globalThis.fetch
  /** Null where the browser keeps nothing, as on a page without https. */
  readonly openCache?: () => Promise<TileCache | null>
}

const CACHE_NAME = 'asterism-catalogue'

const openBrowserCache = async (): Promise<TileCache | null> => {
  try {
    return await globalThis.caches.open(CACHE_NAME)
  } catch {
    return null
  }
}

/** Parsed tiles: some 200 kB each. A night needs two or three. */
const TILES_KEPT = 40
/** Fetched side by side. */
const AT_ONCE = 6

const explainFailure = (address: string, cause: unknown): AsterismError =>
  new AsterismError(
    'fetch-network',
    'The part of the star catalogue for this field could not be fetched, and it is not kept here yet. Connect to the net once; after that it works without.',
    { address },
    cause,
  )

const explainStatus = (address: string, status: number): AsterismError =>
  new AsterismError(
    'fetch-status',
    `The server has no part of the star catalogue at ${address} (status ${status}). The folder "catalogue" has to lie beside the page.`,
    { address, status },
  )

/** A file as it was fetched; the answer that is kept when it has turned out to be right. */
interface Fetched {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly sha256: string
  readonly response: Response | null
}

/** Whether bytes are what the list of tiles promises. */
interface Promised {
  readonly bytes: number
  readonly sha256: string
}

/**
 * Tiles of the catalogue from beside the page, each fetched once: the browser keeps it (Cache storage), so that a field that was solved can be
 * solved again without a net. Every file is compared with the length and the hash in the list of tiles before it is used or kept.
 */
export const createSkyTiles = ({
  base,
  fetch = (...call) => globalThis.fetch(...call),
  openCache = openBrowserCache,
}: TileSupply): SkyTiles => {
  const parsed = keepRecent<{ stars: CatalogueStars; sha256: string }>(TILES_KEPT)
  const once = keepRecent<CatalogueIndex>(1)
  const caching = keepRecent<TileCache | null>(1)
  const cache = (): Promise<TileCache | null> => caching('cache', openCache)
  const addressOf = (path: string): string => new URL(`catalogue/${path}`, base).href

  const request = async (address: string, task: Task): Promise<Response> => {
    throwIfAborted(task)
    try {
      const response = await fetch(address, { signal: task.signal })
      if (!response.ok) throw explainStatus(address, response.status)
      return response
    } catch (error) {
      if (isAbortError(error) || error instanceof AsterismError) throw error
      throw explainFailure(address, error)
    }
  }

  const take = async (response: Response, kept: boolean): Promise<Fetched> => {
    const copy = kept ? null : response.clone()
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { bytes, sha256: await hashBytes(bytes), response: copy }
  }

  const isRight = (fetched: Fetched, promised: Promised): boolean =>
    fetched.bytes.length === promised.bytes && fetched.sha256.startsWith(promised.sha256)

  const readFile = async (path: string, promised: Promised, task: Task): Promise<Fetched> => {
    const address = addressOf(path)
    const shelf = await cache()
    const kept = await shelf?.match(address)
    if (kept !== undefined) {
      const found = await take(kept, true)
      if (isRight(found, promised)) return found
    }
    const fetched = await take(await request(address, task), false)
    if (!isRight(fetched, promised))
      throw new AsterismError(
        'bad-catalogue',
        'A part of the star catalogue did not come through as it should be. Reload the page and try again; where that does not help, the copy on the server is damaged.',
        { address, bytes: fetched.bytes.length, promised: promised.bytes },
      )
    // A full disk is no reason not to solve.
    if (fetched.response !== null) await shelf?.put(address, fetched.response).catch(() => undefined)
    return fetched
  }

  /** From the net where there is one, so that a newer app finds its own tiles; else as it was kept. */
  const readIndex = async (task: Task): Promise<CatalogueIndex> => {
    const address = addressOf('index.json')
    const shelf = await cache()
    let response: Response
    try {
      response = await request(address, task)
    } catch (error) {
      if (isAbortError(error)) throw error
      const kept = await shelf?.match(address)
      if (kept === undefined) throw error
      response = kept
    }
    const copy = response.clone()
    const index = readCatalogueIndex(await response.json().catch(() => null))
    await shelf?.put(address, copy).catch(() => undefined)
    return index
  }

  const index = (task: Task): Promise<CatalogueIndex> => once('index', () => readIndex(task))

  const readTile = (path: string, promised: Promised, task: Task) =>
    parsed(path, async () => {
      const { bytes, sha256 } = await readFile(path, promised, task)
      return { stars: readCatalogueTile(bytes), sha256 }
    })

  const readTiles = async (
    { folder, name, band }: CatalogueIndex,
    tiles: readonly CatalogueTile[],
    task: Task,
  ): Promise<TiledStars> => {
    const parts: CatalogueStars[] = []
    const files: { path: string; sha256: string }[] = []
    for (let first = 0; first < tiles.length; first += AT_ONCE) {
      const some = tiles.slice(first, first + AT_ONCE)
      const read = await Promise.all(some.map((tile) => readTile(`${folder}/${tile.name}.bin`, tile, task)))
      parts.push(...read.map(({ stars }) => stars))
      files.push(
        ...read.map(({ sha256 }, at) => ({ path: `catalogue/${folder}/${some[at]!.name}.bin`, sha256 })),
      )
      if (tiles.length > TILES_KEPT)
        task.report({ label: 'fetch-whole-sky', done: first + some.length, total: tiles.length })
    }
    return { stars: joinStars(parts), name, band, files }
  }

  return {
    cone: async (cone, task) => {
      const list = await index(task)
      const found = await readTiles(list, findTiles(list, cone), task)
      return { ...found, stars: searchCone(found.stars, cone) }
    },
    whole: async (task) => {
      const list = await index(task)
      return readTiles(list, list.tiles, task)
    },
    bright: async (task) => {
      const { folder, name, band, bright } = await index(task)
      const { stars, sha256 } = await readTile(`${folder}/bright.bin`, bright, task)
      return { stars, name, band, files: [{ path: `catalogue/${folder}/bright.bin`, sha256 }] }
    },
  }
}
