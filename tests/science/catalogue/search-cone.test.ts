import { expect, test } from 'vitest'
import golden from '../../golden/catalogue/motion.json'
import { readCatalogueIndex } from '../../../web/science/catalogue/catalogue-index'
import type { CatalogueStars } from '../../../web/science/catalogue/catalogue-stars'
import { moveStars } from '../../../web/science/catalogue/move-stars'
import { findTiles, searchCone } from '../../../web/science/catalogue/search-cone'
import { createRandom } from '../../../web/science/math/random'
import { catalogueIndex } from '../../support/read-catalogue'

const RADIAN = Math.PI / 180
const toVector = (ra: number, dec: number): [number, number, number] => [
  Math.cos(dec * RADIAN) * Math.cos(ra * RADIAN),
  Math.cos(dec * RADIAN) * Math.sin(ra * RADIAN),
  Math.sin(dec * RADIAN),
]
const separation = (a: readonly number[], b: readonly number[]): number =>
  Math.acos(Math.max(-1, Math.min(1, a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!))) / RADIAN

const drawSky = (seed: string, count: number): CatalogueStars => {
  const random = createRandom(seed)
  const sky = {
    rightAscension: new Float64Array(count),
    declination: new Float64Array(count),
    magnitude: new Float32Array(count),
    colour: new Float32Array(count).fill(Number.NaN),
    motion: null,
    epoch: 2000,
  }
  for (let i = 0; i < count; i++) {
    sky.rightAscension[i] = 360 * random.uniform()
    sky.declination[i] = Math.asin(2 * random.uniform() - 1) / RADIAN
    sky.magnitude[i] = 4 + 8 * random.uniform()
  }
  return sky
}

test('a cone has the stars that a search by dot products has, brightest first, poles and 0 h included (seed cones)', () => {
  const sky = drawSky('cones', 20_000)
  const random = createRandom('cones')
  for (let round = 0; round < 60; round++) {
    const cone = {
      rightAscension: round % 4 === 0 ? 0.2 : 360 * random.uniform(),
      declination: round % 5 === 0 ? 89.5 : Math.asin(2 * random.uniform() - 1) / RADIAN,
      radius: 0.2 + 12 * random.uniform(),
    }
    const centre = toVector(cone.rightAscension, cone.declination)
    const wanted = [...sky.rightAscension.keys()].filter(
      (i) =>
        sky.magnitude[i]! <= 10 &&
        separation(centre, toVector(sky.rightAscension[i]!, sky.declination[i]!)) <= cone.radius,
    )
    const found = searchCone(sky, cone, 10)
    expect(Float64Array.from(found.rightAscension).sort()).toEqual(
      Float64Array.from(wanted, (i) => sky.rightAscension[i]!).sort(),
    )
    expect([...found.magnitude]).toEqual([...found.magnitude].sort((a, b) => a - b))
  }
})

test('the tiles of a cone have every place in it, and few more than they need (seed tiles)', () => {
  const random = createRandom('tiles')
  let fetched = 0
  for (let round = 0; round < 300; round++) {
    const cone = {
      rightAscension: 360 * random.uniform(),
      declination: Math.asin(2 * random.uniform() - 1) / RADIAN,
      radius: 2,
    }
    const tiles = findTiles(catalogueIndex, cone)
    fetched += tiles.reduce((sum, { bytes }) => sum + bytes, 0)
    const centre = toVector(cone.rightAscension, cone.declination)
    for (let i = 0; i < 50; i++) {
      const ra =
        (cone.rightAscension + (60 * (random.uniform() - 0.5)) / Math.cos(cone.declination * RADIAN)) % 360
      const dec = Math.max(-90, Math.min(90, cone.declination + 4 * (random.uniform() - 0.5)))
      const place = (ra + 360) % 360
      if (separation(centre, toVector(place, dec)) > cone.radius) continue
      const inside = tiles.some(
        (tile) => dec >= tile.south && dec <= tile.north && place >= tile.west && place <= tile.east,
      )
      expect(inside).toBe(true)
    }
  }
  expect(fetched / 300).toBeLessThan(60_000)
})

test('stars move as astropy says, within a milliarcsecond', () => {
  for (const [ra = 0, dec = 0, east = 0, north = 0, epoch = 0, thenRa = 0, thenDec = 0] of golden.rows) {
    const moved = moveStars(
      {
        rightAscension: Float64Array.of(ra),
        declination: Float64Array.of(dec),
        magnitude: Float32Array.of(9),
        colour: Float32Array.of(Number.NaN),
        motion: { east: Float32Array.of(east), north: Float32Array.of(north) },
        epoch: 2000,
      },
      epoch,
    )
    const off = Math.hypot(
      (((moved.rightAscension[0]! - thenRa + 540) % 360) - 180) * Math.cos(dec * RADIAN),
      moved.declination[0]! - thenDec,
    )
    expect(off * 3_600_000).toBeLessThan(1)
    expect(moved.epoch).toBe(epoch)
  }
})

test('a list of tiles that leads elsewhere is refused', () => {
  const { name, band, folder, bright } = catalogueIndex
  const list = { format: 'asterism-catalogue', version: 1, name, band, folder, bright, tiles: [] }
  expect(readCatalogueIndex(list).tiles).toEqual([])
  expect(() => readCatalogueIndex({ ...list, folder: '../../secret' })).toThrow(
    'list of star catalogue tiles',
  )
  expect(() => readCatalogueIndex({ ...list, tiles: [['../x', 0, 10, 0, 10, 1, 1]] })).toThrow('anew')
  expect(() => readCatalogueIndex(null)).toThrow('anew')
})
