import { encodeTile } from '../../../scripts/catalogue/encode-tile.mjs'
import { readCatalogueIndex } from '../../../web/science/catalogue/catalogue-index'
import { moveStars } from '../../../web/science/catalogue/move-stars'
import { readCatalogueTile } from '../../../web/science/catalogue/read-tile'
import { findTiles, searchCone } from '../../../web/science/catalogue/search-cone'
import type { Random } from '../../../web/science/math/random'
import { mutateBytes, spliceBytes } from '../mutate-bytes'
import { mutateJson } from '../mutate-json'
import { chance, drawInteger, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { settle } from './outcome'

const BORDERS = [
  { south: -90, north: -80, west: 0, east: 120 },
  { south: 10, north: 20, west: 350, east: 360 },
  // The bright stars of the whole sky are a tile too.
  { south: -90, north: 90, west: 0, east: 360 },
] as const

const drawTile = (random: Random): Uint8Array => {
  const borders = pick(random, BORDERS)
  const moving = chance(random, 0.5)
  const stars = Array.from({ length: random.integer(60) }, () => ({
    rightAscension: borders.west + (borders.east - borders.west) * random.uniform(),
    declination: borders.south + (borders.north - borders.south) * random.uniform(),
    magnitude: 13 * random.uniform(),
    ...(moving ? { motion: { east: 500 * random.normal(), north: 500 * random.normal() } } : {}),
    ...(chance(random, 0.3) ? { colour: 2 * random.uniform() } : {}),
  }))
  return encodeTile(borders, stars, 1900 + 200 * random.uniform())
}

/** A hostile number in the header or in the counts of the zones, where all lengths come from. */
const hurtCount = (random: Random, tile: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(tile)
  const view = new DataView(bytes.buffer)
  const place = pick(random, [6, 8, 16, 18, 20, 24, 28, 32, 36, 40, 72, 76])
  if (place + 4 > bytes.length) return bytes
  if (chance(random, 0.5))
    view.setUint32(place, Number(BigInt.asUintN(32, BigInt(drawInteger(random)))), true)
  else view.setUint16(place, drawInteger(random) & 0xffff, true)
  return bytes
}

/** Tiles of the star catalogue, which a cache or a host may hand out cut short, mixed up or made by somebody else. */
export const starTiles: FuzzTarget = {
  name: 'star-tiles',
  make: (random) => {
    const tile = drawTile(random)
    if (chance(random, 0.1)) return spliceBytes(random, tile, drawTile(random))
    const hurt = chance(random, 0.6) ? hurtCount(random, tile) : new Uint8Array(tile)
    return chance(random, 0.7) ? mutateBytes(random, hurt) : hurt
  },
  run: (input) => {
    const read = settle(() => readCatalogueTile(input))
    if ('refused' in read) return
    const stars = read.value
    const count = stars.rightAscension.length
    promise(count <= input.length, `${count} stars from ${input.length} bytes`)
    promise(
      [stars.declination, stars.magnitude, stars.colour].every(({ length }) => length === count),
      'columns of different lengths',
    )
    for (let i = 0; i < count; i++) {
      promise(
        stars.rightAscension[i]! >= 0 && stars.rightAscension[i]! < 360,
        'a right ascension beyond 24 h',
      )
      promise(Math.abs(stars.declination[i]!) <= 90, 'a star beyond a pole')
      promise(Number.isFinite(stars.magnitude[i]!), 'a star without a magnitude')
    }
    const moved = moveStars(stars, 2026)
    promise(
      moved.rightAscension.every((value) => value >= 0 && value < 360) &&
        moved.declination.every((value) => Math.abs(value) <= 90),
      'a star that moved off the sky',
    )
    const everywhere = { rightAscension: 10, declination: 20, radius: 180 }
    promise(
      searchCone(stars, everywhere).magnitude.length === count,
      'a cone of the whole sky that lacks stars',
    )
  },
}

const INDEX = {
  format: 'asterism-catalogue',
  version: 1,
  name: 'Tycho-2',
  band: 'VT',
  folder: 'tycho2-1',
  bright: { stars: 3, bytes: 60 },
  tiles: [
    ['00-00', -90, -80, 0, 360, 10, 120],
    ['09-03', 0, 10, 40, 50, 7, 90],
  ],
}

/** The list of tiles. */
export const starIndexes: FuzzTarget = {
  name: 'star-indexes',
  make: (random) => mutateJson(random, [INDEX]),
  run: (input) => {
    let value: unknown
    try {
      value = JSON.parse(new TextDecoder().decode(input))
    } catch {
      return
    }
    const read = settle(() => readCatalogueIndex(value))
    if ('refused' in read) return
    const found = findTiles(read.value, { rightAscension: 0, declination: 0, radius: 180 })
    promise(found.length <= read.value.tiles.length, 'more tiles than there are')
    promise(/^[a-z0-9-]+$/.test(read.value.folder), 'a folder that leads elsewhere')
    for (const { name } of found) promise(/^[0-9-]+$/.test(name), 'a tile whose name leads elsewhere')
  },
}
