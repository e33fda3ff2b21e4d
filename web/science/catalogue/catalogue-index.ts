import { AsterismError } from '../../core/errors'
import { z } from '../../core/validation'

/** A right-angled part of the sky, degrees. */
export interface CatalogueTile {
  readonly name: string
  readonly south: number
  readonly north: number
  readonly west: number
  readonly east: number
  readonly stars: number
  readonly bytes: number
  /** The first 32 hexadecimal digits of the SHA-256 of the file. */
  readonly sha256: string
}

export interface CatalogueIndex {
  readonly name: string
  /** Band of its magnitudes. */
  readonly band: string
  /** Where the tiles lie, beside the index. */
  readonly folder: string
  readonly bright: { readonly stars: number; readonly bytes: number; readonly sha256: string }
  readonly tiles: readonly CatalogueTile[]
}

const count = z.int().min(0).max(5_000_000)
const bytes = z.int().min(0).max(50_000_000)
const sha256 = z.string().regex(/^[0-9a-f]{32}$/)
const schema = z.object({
  format: z.literal('asterism-catalogue'),
  version: z.literal(1),
  name: z.string().max(100),
  band: z.string().max(20),
  // It becomes a part of an address.
  folder: z.string().regex(/^[a-z0-9-]{1,40}$/),
  bright: z.object({ stars: count, bytes, sha256 }),
  tiles: z
    .array(
      z.tuple([
        z.string().regex(/^[0-9-]{1,20}$/),
        z.number().min(-90).max(90),
        z.number().min(-90).max(90),
        z.number().min(0).max(360),
        z.number().min(0).max(360),
        count,
        bytes,
        sha256,
      ]),
    )
    .max(20_000),
})

/** The list of tiles as it was fetched: JSON that came from outside. */
export const readCatalogueIndex = (value: unknown): CatalogueIndex => {
  const read = schema.safeParse(value)
  if (!read.success)
    throw new AsterismError(
      'bad-catalogue',
      'The list of star catalogue tiles is not what it should be. Reload the page to fetch it anew.',
      { where: read.error.issues[0]?.path.join('.') ?? '' },
    )
  const { name, band, folder, bright, tiles } = read.data
  return {
    name,
    band,
    folder,
    bright,
    tiles: tiles.map(([tile, south, north, west, east, stars, size, hash]) => ({
      name: tile,
      south,
      north,
      west,
      east,
      stars,
      bytes: size,
      sha256: hash,
    })),
  }
}
