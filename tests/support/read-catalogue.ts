import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readCatalogueIndex } from '../../web/science/catalogue/catalogue-index'
import { joinStars, type CatalogueStars } from '../../web/science/catalogue/catalogue-stars'
import { readCatalogueTile } from '../../web/science/catalogue/read-tile'
import { findTiles, searchCone, type Cone } from '../../web/science/catalogue/search-cone'

const FOLDER = fileURLToPath(new URL('../../public/catalogue/', import.meta.url))

export const catalogueIndex = readCatalogueIndex(JSON.parse(readFileSync(`${FOLDER}index.json`, 'utf8')))

const tiles = new Map<string, CatalogueStars>()

/** A tile of the catalogue that is shipped, 'bright' for the bright stars of the whole sky. */
export const readShippedTile = (name: string): CatalogueStars => {
  const known = tiles.get(name)
  if (known !== undefined) return known
  const stars = readCatalogueTile(
    new Uint8Array(readFileSync(`${FOLDER}${catalogueIndex.folder}/${name}.bin`)),
  )
  tiles.set(name, stars)
  return stars
}

/** The stars of a cone, from the tiles that are shipped, brightest first. */
export const readShippedCone = (cone: Cone, faintest?: number): CatalogueStars =>
  searchCone(
    joinStars(findTiles(catalogueIndex, cone).map(({ name }) => readShippedTile(name))),
    cone,
    faintest,
  )

/** Every star that is shipped. */
export const readShippedSky = (): CatalogueStars =>
  joinStars(catalogueIndex.tiles.map(({ name }) => readShippedTile(name)))
