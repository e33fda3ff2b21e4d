import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createSkyTiles, type SkyTiles } from '../../web/pipeline/astrometry/sky-tiles'

/** A folder as a server would give it. */
export const fetchFromDisk: typeof globalThis.fetch = async (input) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input)
  const file = fileURLToPath(new URL(`../../public${pathname}`, import.meta.url))
  try {
    return new Response(await readFile(file))
  } catch {
    return new Response(null, { status: 404 })
  }
}

/** The catalogue that comes with the app, without a browser that keeps it. */
export const createShippedTiles = (): SkyTiles =>
  createSkyTiles({ base: 'http://page.test/', fetch: fetchFromDisk, openCache: () => Promise.resolve(null) })
