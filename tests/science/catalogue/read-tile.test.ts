import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { encodeTile } from '../../../scripts/catalogue/encode-tile.mjs'
import { AsterismError } from '../../../web/core/errors'
import { readCatalogueTile } from '../../../web/science/catalogue/read-tile'
import { createRandom } from '../../../web/science/math/random'
import { catalogueIndex, readShippedCone, readShippedTile } from '../../support/read-catalogue'
import { requireShared } from '../../support/shared-data'

const borders = { south: -20, north: -10, west: 350, east: 360 }

const drawStars = (seed: string, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, index) => ({
    rightAscension: 350 + 10 * random.uniform(),
    declination: -20 + 10 * random.uniform(),
    magnitude: -1.4 + 14 * random.uniform(),
    motion: {
      east: Math.round(8000 * random.normal()) % 30_000,
      north: Math.round(500 * random.normal()),
    },
    ...(index % 3 === 0 ? { colour: -0.3 + 2 * random.uniform() } : {}),
  }))
}

test('what is written is read again: positions, magnitudes, motions and colours (seed tile)', () => {
  const stars = drawStars('tile', 400)
  const read = readCatalogueTile(encodeTile(borders, stars, 1991.25))
  expect(read.epoch).toBe(1991.25)
  expect(read.rightAscension).toHaveLength(400)
  for (const star of stars) {
    const place = read.declination.findIndex(
      (declination, index) =>
        Math.abs(declination - star.declination) < 1e-5 &&
        Math.abs(read.rightAscension[index]! - star.rightAscension) < 6e-6,
    )
    expect(place).toBeGreaterThanOrEqual(0)
    expect(Math.abs(read.magnitude[place]! - star.magnitude)).toBeLessThan(0.034)
    expect(read.motion?.east[place]).toBe(star.motion.east)
    expect(read.motion?.north[place]).toBe(star.motion.north)
    if (star.colour === undefined) expect(read.colour[place]).toBeNaN()
    else expect(Math.abs(read.colour[place]! - star.colour)).toBeLessThan(0.013)
  }
})

test('an empty tile is one', () => {
  const read = readCatalogueTile(encodeTile(borders, []))
  expect(read.rightAscension).toHaveLength(0)
  expect(read.motion).toBeNull()
})

test('a tile that was cut short, lengthened or changed is refused in words or read within its borders (seed broken)', () => {
  const whole = encodeTile(borders, drawStars('broken', 40))
  const random = createRandom('broken')
  const attempt = (bytes: Uint8Array): boolean => {
    try {
      const { rightAscension, declination, colour } = readCatalogueTile(bytes)
      expect(rightAscension.length).toBeLessThanOrEqual(bytes.length)
      expect(declination.every((value) => value >= -90 && value <= 90)).toBe(true)
      expect(rightAscension.every((value) => value >= 0 && value < 360)).toBe(true)
      expect(colour).toHaveLength(rightAscension.length)
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(AsterismError)
      expect((error as AsterismError).code).toBe('bad-catalogue')
      return false
    }
  }
  for (let length = 0; length < whole.length; length++) expect(attempt(whole.subarray(0, length))).toBe(false)
  expect(attempt(Uint8Array.from([...whole, 0]))).toBe(false)
  expect(attempt(new TextEncoder().encode('<!doctype html><title>Not found</title>'.padEnd(200)))).toBe(false)
  let refused = 0
  for (let round = 0; round < 3000; round++) {
    const changed = Uint8Array.from(whole)
    for (let i = 0; i < 3; i++) changed[random.integer(changed.length)] = random.integer(256)
    if (!attempt(changed)) refused++
  }
  expect(refused).toBeGreaterThan(300)
})

test('every tile that is shipped is as the list says', () => {
  let total = 0
  for (const { name, stars, south, north, west, east } of catalogueIndex.tiles) {
    const tile = readShippedTile(name)
    expect(tile.rightAscension.length).toBe(stars)
    total += stars
    expect(tile.declination.every((value) => value >= south && value <= north)).toBe(true)
    expect(tile.rightAscension.every((value) => (value >= west && value <= east) || value === 0)).toBe(true)
  }
  expect(total).toBe(1_871_011)
  expect(readShippedTile('bright').rightAscension).toHaveLength(catalogueIndex.bright.stars)
})

const folder = requireShared('data/catalogues')

test.skipIf(folder === null).each([
  ['m37', 88.07, 32.55],
  ['hatp32', 31.25, 46.74],
  ['m67', 132.85, 11.8],
  ['m13', 250.42, 36.46],
])('has the stars of the field of %s that others found in Tycho-2', (name, ra, dec) => {
  const rows = readFileSync(`${folder}/tycho2_field_${name}.csv`, 'utf8').trim().split('\n').slice(1)
  const cone = readShippedCone({ rightAscension: ra, declination: dec, radius: 5 })
  for (const row of rows) {
    const [starRa = 0, starDec = 0, magnitude = 0] = row.split(',').map(Number)
    const narrow = Math.cos((starDec * Math.PI) / 180)
    const found = cone.rightAscension.findIndex(
      (value, index) =>
        3600 * Math.hypot((value - starRa) * narrow, cone.declination[index]! - starDec) < 0.15 &&
        Math.abs(cone.magnitude[index]! - magnitude) < 0.04,
    )
    expect(found, row).toBeGreaterThanOrEqual(0)
  }
})

test('bright stars have their colours: Rigel is white, Betelgeuse red', () => {
  const bright = readShippedTile('bright')
  const coloured = bright.colour.filter((value) => !Number.isNaN(value))
  expect(coloured.length).toBeGreaterThan(30_000)
  const at = (ra: number, dec: number): number =>
    bright.rightAscension.findIndex(
      (value, index) => Math.abs(value - ra) < 0.003 && Math.abs(bright.declination[index]! - dec) < 0.003,
    )
  expect(bright.colour[at(88.7929, 7.4071)]).toBeCloseTo(1.5, 1)
  expect(bright.colour[at(78.6345, -8.2016)]).toBeCloseTo(0, 1)
})
