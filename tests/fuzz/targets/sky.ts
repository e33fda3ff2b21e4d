import type { HeaderCard } from '../../../web/core/header'
import { describeSkyWcs, pixelToSky, skyToPixel } from '../../../web/science/astrometry/sky-position'
import { readSkyWcs } from '../../../web/science/astrometry/sky-wcs'
import { parseHeader } from '../../../web/science/fits'
import type { Random } from '../../../web/science/math/random'
import { assembleFits } from '../fits-parts'
import { mutateCards } from '../mutate-cards'
import { chance, drawCount, drawInteger, pick } from '../pick'
import { promise, type FuzzTarget } from '../target'
import { settle } from './outcome'

const PLAIN = [
  "CTYPE1  = 'RA---TAN'",
  "CTYPE2  = 'DEC--TAN'",
  'CRVAL1  =               88.122',
  'CRVAL2  =               32.558',
  'CRPIX1  =                512.5',
  'CRPIX2  =                512.5',
]
const SKIES: readonly (readonly string[])[] = [
  [
    ...PLAIN,
    'CD1_1   =   -0.000168',
    'CD1_2   =     0.00001',
    'CD2_1   =     0.00001',
    'CD2_2   =    0.000168',
  ],
  [...PLAIN, 'CDELT1  =     -0.0002', 'CDELT2  =      0.0002', 'CROTA2  =        12.5', "RADESYS = 'FK5'"],
  [
    ...PLAIN,
    'CDELT1  =        -0.7',
    'CDELT2  =         0.7',
    'PC1_2   = 0.1',
    "CUNIT1  = 'arcsec'",
    "CUNIT2  = 'arcsec'",
  ],
  [
    "CTYPE1  = 'RA---TAN-SIP'",
    "CTYPE2  = 'DEC--TAN-SIP'",
    ...PLAIN.slice(2),
    'CD1_1   =   -0.000168',
    'CD2_2   =    0.000168',
    'A_ORDER =                    3',
    'B_ORDER =                    3',
    'A_2_0   =               1.2E-6',
    'A_1_1   =              -3.2E-6',
    'B_0_3   =               2.5E-9',
    'LONPOLE =                180.0',
  ],
]
const KEYWORDS = (
  'CTYPE1 CTYPE2 CRVAL1 CRVAL2 CRPIX1 CRPIX2 CD1_1 CD1_2 CD2_1 CD2_2 CDELT1 CDELT2 CROTA2 PC1_1 PC1_2 PC001002 CUNIT1 CUNIT2 RADESYS ' +
  'EQUINOX LONPOLE LATPOLE A_ORDER B_ORDER AP_ORDER A_2_0 A_0_2 A_9_9 B_1_1 A_DMAX PV1_1 PV2_0 CPDIS1 WCSAXES NAXIS'
).split(' ')
const VALUES = [
  "'constructor'",
  "'rad'",
  "'DEC--TAN'",
  "'RA---TAN'",
  "'GLON-TAN'",
  '1E300',
  '-1E-300',
  '1E20',
  '0.0',
  '90',
  '-90.0',
  "'fk4'",
]

const hurtSky = (random: Random, cards: string[]): void => {
  const keyword = pick(random, KEYWORDS)
  const value = chance(random, 0.5) ? String(drawInteger(random)) : pick(random, VALUES)
  const at = cards.findIndex((card) => card.startsWith(keyword.padEnd(8)))
  cards.splice(at < 0 ? cards.length : at, at < 0 ? 0 : 1, `${keyword.padEnd(8)}= ${value}`)
}

const isPlace = (value: number, least: number, most: number): boolean =>
  Number.isNaN(value) || (value >= least && value <= most)

const checkSky = (header: readonly HeaderCard[]): void => {
  const wcs = readSkyWcs(header)
  if (wcs === null) return
  describeSkyWcs(wcs)
  for (const point of [
    { x: 0, y: 0 },
    { x: 511.5, y: 511.5 },
    { x: 1e4, y: -3 },
  ]) {
    const sky = pixelToSky(wcs, point)
    promise(isPlace(sky.rightAscension, 0, 360), `a right ascension of ${sky.rightAscension}`)
    promise(isPlace(sky.declination, -90.001, 90.001), `a declination of ${sky.declination}`)
    skyToPixel(wcs, sky)
  }
}

/** World coordinates as a header states them: read, and asked for some places each way. */
export const skies: FuzzTarget = {
  name: 'skies',
  make: (random) => {
    const cards = [
      'SIMPLE  =                    T',
      'BITPIX  =                    8',
      'NAXIS   =                    0',
    ]
    cards.push(...pick(random, SKIES))
    for (let count = drawCount(random, 6); count > 0; count--)
      (chance(random, 0.75) ? hurtSky : mutateCards)(random, cards)
    return assembleFits([{ cards, data: new Uint8Array(0) }])
  },
  run: (input) => {
    const parsed = settle(() => parseHeader(input, 0))
    if ('value' in parsed) checkSky(parsed.value.header)
  },
}
