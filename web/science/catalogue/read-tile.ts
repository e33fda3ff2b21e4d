import { AsterismError } from '../../core/errors'
import type { CatalogueStars } from './catalogue-stars'

const HEADER = 32
const MOTIONS = 1
const COLOURS = 2
/** The largest tile that is read: a whole sky of two million stars is well below. */
const MOST_STARS = 5_000_000
const STEPS_PER_DEGREE = 100_000
const NO_COLOUR = Number.NaN

const refuse = (what: string, context: Record<string, number> = {}): AsterismError =>
  new AsterismError(
    'bad-catalogue',
    `This is no star catalogue tile that can be read: ${what}. Reload the page to fetch the catalogue anew.`,
    context,
  )

/** Bytes from the front to the back; a read beyond the end is refused before it happens. */
class TileBytes {
  readonly bytes: Uint8Array
  readonly view: DataView
  at = 0
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
  take(length: number): number {
    const start = this.at
    if (length > this.bytes.length - start)
      throw refuse('it ends too early', { length: this.bytes.length, needed: start + length })
    this.at = start + length
    return start
  }
  u32(): number {
    return this.view.getUint32(this.take(4), true)
  }
}

interface TileHeader {
  readonly columns: number
  readonly epoch: number
  readonly south: number
  readonly zones: number
  /** Steps of right ascension. */
  readonly west: number
  readonly east: number
  readonly count: number
}

const readHeader = (tile: TileBytes): TileHeader => {
  tile.take(HEADER)
  const { view } = tile
  if (view.getUint32(0, false) !== 0x41535443) throw refuse('it does not begin with ASTC')
  const version = view.getUint16(4, true)
  if (version !== 1) throw refuse(`it is of version ${version}, and 1 is known`, { version })
  const header = {
    columns: view.getUint16(6, true),
    epoch: view.getFloat64(8, true),
    south: view.getInt16(16, true),
    zones: view.getUint16(18, true),
    west: view.getUint32(20, true),
    east: view.getUint32(24, true),
    count: view.getUint32(28, true),
  }
  if (header.columns > (MOTIONS | COLOURS)) throw refuse('it has columns that are not known')
  if (!(header.epoch >= 1800 && header.epoch <= 2200)) throw refuse('its epoch is no year')
  if (header.south < -90 || header.zones < 1 || header.south + header.zones > 90)
    throw refuse('its declinations are none')
  if (header.east > 360 * STEPS_PER_DEGREE || header.west >= header.east)
    throw refuse('its right ascensions are none')
  if (header.count > MOST_STARS) throw refuse('it says that it has too many stars', { stars: header.count })
  return header
}

const readNumbers = (tile: TileBytes, count: number): Float64Array<ArrayBuffer> => {
  const length = tile.u32()
  const end = tile.take(length) + length
  // Every number has a byte at least, so that a promise of stars allocates no more than the bytes that are there.
  if (count > length) throw refuse('it has fewer numbers than stars', { count, length })
  const numbers = new Float64Array(count)
  let at = end - length
  for (let i = 0; i < count; i++) {
    let value = 0
    for (let unit = 1; ; unit *= 128) {
      if (at >= end || unit > 128 ** 4) throw refuse('a number in it has no end')
      const byte = tile.bytes[at++]!
      value += (byte & 127) * unit
      if (byte < 128) break
    }
    numbers[i] = value
  }
  if (at !== end) throw refuse('it has more numbers than stars')
  return numbers
}

const placeStars = (tile: TileBytes, header: TileHeader) => {
  const { count, zones, south, west, east } = header
  const counts = Array.from({ length: zones }, () => tile.u32())
  if (counts.reduce((sum, stored) => sum + stored, 0) !== count)
    throw refuse('the stars of its zones do not add up')
  const rightAscension = readNumbers(tile, count)
  const fractions = tile.take(count * 2)
  const declination = new Float64Array(count)
  let index = 0
  for (const [zone, stored] of counts.entries()) {
    let steps = west
    for (let i = 0; i < stored; i++, index++) {
      steps += rightAscension[index]!
      if (steps > east) throw refuse('a star lies beyond its border')
      // What rounds up to 360 degrees is 0.
      rightAscension[index] = (steps / STEPS_PER_DEGREE) % 360
      declination[index] = south + zone + tile.view.getUint16(fractions + index * 2, true) / 65_535
    }
  }
  return { rightAscension, declination }
}

const readMotion = (tile: TileBytes, count: number): NonNullable<CatalogueStars['motion']> => {
  const start = tile.take(count * 4)
  const east = new Float32Array(count)
  const north = new Float32Array(count)
  for (let i = 0; i < count; i++) {
    east[i] = tile.view.getInt16(start + i * 4, true)
    north[i] = tile.view.getInt16(start + i * 4 + 2, true)
  }
  return { east, north }
}

const readColours = (tile: TileBytes, colour: Float32Array): void => {
  const count = tile.u32()
  const places = readNumbers(tile, count)
  const start = tile.take(count)
  let place = 0
  for (let i = 0; i < count; i++) {
    place += places[i]!
    if (place >= colour.length) throw refuse('a colour belongs to no star')
    colour[place] = tile.bytes[start + i]! / 40 - 1
  }
}

/**
 * The stars of one tile, laid out as docs/catalogue.md says. Every length is checked before it is used, and the tile has to end where
 * its last column does. Positions are good to 0.04 arcseconds, magnitudes to 1/30, colours to 1/80.
 */
export const readCatalogueTile = (bytes: Uint8Array): CatalogueStars => {
  const tile = new TileBytes(bytes)
  const header = readHeader(tile)
  const { rightAscension, declination } = placeStars(tile, header)
  const start = tile.take(header.count)
  const magnitude = Float32Array.from(bytes.subarray(start, tile.at), (stored) => stored / 15 - 2)
  const motion = (header.columns & MOTIONS) === 0 ? null : readMotion(tile, header.count)
  const colour = new Float32Array(header.count).fill(NO_COLOUR)
  if ((header.columns & COLOURS) !== 0) readColours(tile, colour)
  if (tile.at !== bytes.length) throw refuse('there is more in it than its columns')
  return { rightAscension, declination, magnitude, colour, motion, epoch: header.epoch }
}
