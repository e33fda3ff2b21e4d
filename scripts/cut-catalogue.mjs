import { createHash } from 'node:crypto'
/**
 * Cuts the compact Tycho-2 catalogue into the tiles of public/catalogue, which are committed:
 *
 *     node scripts/cut-catalogue.mjs ../shared/data/catalogues [public/catalogue]
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { encodeTile } from './catalogue/encode-tile.mjs'
import { giveColours, readColours, readTycho } from './catalogue/read-tycho.mjs'
import { BAND_HEIGHT, listTiles } from './catalogue/tile-grid.mjs'

const source = process.argv[2]
if (source === undefined)
  throw new Error('say where the catalogues lie: node scripts/cut-catalogue.mjs <folder> [<output>]')
const output = process.argv[3] ?? 'public/catalogue'
const folder = join(output, 'tycho2-1')

/** The bright stars of the whole sky, evenly: so many of each square of so many degrees, whatever the Milky Way has. */
const SQUARE = 1.5
const BRIGHTEST = 10

/** @param {readonly import('./catalogue/read-tycho.mjs').Star[]} stars */
const chooseBright = (stars) => {
  /** @type {Map<string, import('./catalogue/read-tycho.mjs').Star[]>} */
  const squares = new Map()
  for (const star of stars) {
    const row = Math.min(180 / SQUARE - 1, Math.floor((star.declination + 90) / SQUARE))
    const parts = Math.max(
      1,
      Math.round((360 * Math.cos((((row + 0.5) * SQUARE - 90) * Math.PI) / 180)) / SQUARE),
    )
    const key = `${row}/${Math.floor((star.rightAscension / 360) * parts)}`
    const square = squares.get(key)
    if (square === undefined) squares.set(key, [star])
    else square.push(star)
  }
  return [...squares.values()].flatMap((square) =>
    square.sort((a, b) => a.magnitude - b.magnitude).slice(0, BRIGHTEST),
  )
}

const stars = readTycho(gunzipSync(readFileSync(join(source, 'tycho2_1871011.bin.gz'))))
const colours = readColours(
  gunzipSync(readFileSync(join(source, 'd3celestial/stars.8.json.gz'))).toString('utf8'),
)
const coloured = giveColours(stars, colours)
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const tiles = listTiles()
/** @type {Map<number, { tile: (typeof tiles)[number], stars: typeof stars }[]>} */
const bands = new Map()
for (const tile of tiles)
  bands.set(tile.south, [...(bands.get(tile.south) ?? []), { tile, stars: /** @type {typeof stars} */ ([]) }])
for (const star of stars) {
  const south = Math.min(90 - BAND_HEIGHT, Math.floor(star.declination / BAND_HEIGHT) * BAND_HEIGHT)
  const place = (bands.get(south) ?? []).find(
    ({ tile }) => star.rightAscension >= tile.west && star.rightAscension < tile.east,
  )
  if (place === undefined) throw new Error(`no tile for a star at ${star.rightAscension} ${star.declination}`)
  place.stars.push(star)
}

let total = 0
/** The first half of it tells any two files apart, and one that came through damaged. @param {Uint8Array} bytes */
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 32)

/** @type {{ name: string, south: number, north: number, west: number, east: number, stars: number, bytes: number, sha256: string }[]} */
const written = []
for (const { tile, stars: inside } of [...bands.values()].flat()) {
  const bytes = encodeTile(tile, inside)
  writeFileSync(join(folder, `${tile.name}.bin`), bytes)
  written.push({ ...tile, stars: inside.length, bytes: bytes.length, sha256: hashOf(bytes) })
  total += bytes.length
}
const bright = chooseBright(stars)
const brightBytes = encodeTile({ south: -90, north: 90, west: 0, east: 360 }, bright)
writeFileSync(join(folder, 'bright.bin'), brightBytes)

const row = (/** @type {(typeof written)[number]} */ tile) =>
  `    ["${tile.name}", ${[tile.south, tile.north, tile.west, tile.east, tile.stars, tile.bytes].join(', ')}, "${tile.sha256}"]`
writeFileSync(
  join(output, 'index.json'),
  `{
  "format": "asterism-catalogue",
  "version": 1,
  "name": "Tycho-2",
  "band": "VT",
  "folder": "tycho2-1",
  "bright": { "stars": ${bright.length}, "bytes": ${brightBytes.length}, "sha256": "${hashOf(brightBytes)}" },
  "columns": ["name", "south", "north", "west", "east", "stars", "bytes", "sha256"],
  "tiles": [
${written.map(row).join(',\n')}
  ]
}
`,
)
console.log(
  `${stars.length} stars (${coloured} with colour) in ${written.length} tiles of ${total} bytes; ${bright.length} bright ones in ${brightBytes.length} bytes`,
)
