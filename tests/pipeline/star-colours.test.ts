import { expect, it } from 'vitest'
import type { CatalogueStars } from '../../web/core/catalogue'
import { placeColours } from '../../web/pipeline/composite/star-colours'
import { createIcrsTransform } from '../../web/science/astrometry/icrs-transform'
import { readWcs } from '../../web/science/astrometry/wcs/read-wcs'

const card = (keyword: string, value: string | number) => ({ keyword, value, comment: '', raw: '' })
const wcs = readWcs([
  card('CTYPE1', 'RA---TAN'),
  card('CTYPE2', 'DEC--TAN'),
  card('RADESYS', 'ICRS'),
  card('CRVAL1', 88),
  card('CRVAL2', 32.5),
  card('CRPIX1', 100),
  card('CRPIX2', 80),
  card('CD1_1', -0.0005),
  card('CD1_2', 0),
  card('CD2_1', 0),
  card('CD2_2', 0.0005),
])!

const places = [
  [20, 30],
  [150, 120],
  [151, 121],
  [60, 90],
  [500, 90],
] as const

const makeStars = (): CatalogueStars => {
  const transform = createIcrsTransform(wcs)!
  const out = new Float64Array(6)
  const sky = places.map(([x, y]) => {
    transform.pixelToSky(x, y, out)
    return [out[0]!, out[1]!] as const
  })
  const band = (name: string, values: number[]) => ({
    name,
    system: 'Vega',
    magnitude: Float32Array.from(values),
    error: new Float32Array(5),
  })
  return {
    rightAscension: Float64Array.from(sky, ([ra]) => ra),
    declination: Float64Array.from(sky, ([, dec]) => dec),
    magnitude: new Float32Array(5),
    colour: Float32Array.of(0.3, 0.5, 0.6, Number.NaN, 0.7),
    motion: null,
    epoch: 2016,
    bands: [band('BPmag', [12, 12, 12, 12.818, 12]), band('RPmag', [11, 11, 11, 12, 11])],
  }
}

it('a star has the colour of the one catalogue star at its place; Gaia gives it where B-V is not known', () => {
  const colourAt = placeColours(wcs, { width: 200, height: 160 }, [makeStars()])
  expect(colourAt({ x: 20.8, y: 29.5 })).toBeCloseTo(0.3, 6)
  // The sun's BP-RP is its B-V.
  expect(colourAt({ x: 60, y: 90 })).toBeCloseTo(0.65, 5)
  // Two stars, none, and one beyond the picture.
  expect(colourAt({ x: 150.5, y: 120.5 })).toBeNaN()
  expect(colourAt({ x: 100, y: 20 })).toBeNaN()
  expect(colourAt({ x: 500, y: 90 })).toBeNaN()
})
