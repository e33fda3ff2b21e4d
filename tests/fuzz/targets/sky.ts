import type { HeaderCard } from '../../../web/core/header'
import { describeWcs } from '../../../web/science/astrometry/wcs/describe-wcs'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { readWcs } from '../../../web/science/astrometry/wcs/read-wcs'
import { writeWcs } from '../../../web/science/astrometry/wcs/write-wcs'
import { PROJECTION_CODES } from '../../../web/science/astrometry/wcs/projections/create-projection'
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
  [
    "CTYPE1  = 'RA---TPV'",
    "CTYPE2  = 'DEC--TPV'",
    ...PLAIN.slice(2),
    'CD1_1   =   -0.000168',
    'CD2_2   =    0.000168',
    'PV1_1   =                1.001',
    'PV1_7   =                -0.01',
    'PV2_11  =                 0.02',
  ],
  [
    "CTYPE1  = 'RA---TNX'",
    "CTYPE2  = 'DEC--TNX'",
    ...PLAIN.slice(2),
    'CD1_1   =   -0.000168',
    'CD2_2   =    0.000168',
    "WAT1_001= 'wtype=tnx axtype=ra lngcor = \"3. 2. 2. 2. -0.1 0.1 -0.1 0.1 1.e-5 '",
    "WAT1_002= '2.e-5 3.e-5\"'",
    "WAT2_001= 'wtype=tnx axtype=dec latcor = \"1. 2. 2. 0. -0.1 0.1 -0.1 0.1 1.e-5 '",
    "WAT2_002= '2.e-5 3.e-5\"'",
  ],
  ...PROJECTION_CODES.map((code) => [
    `CTYPE1  = 'RA---${code}'`,
    `CTYPE2  = 'DEC--${code}'`,
    ...PLAIN.slice(2),
    'CDELT1  =                 -0.2',
    'CDELT2  =                  0.2',
    'PV2_1   =                 0.95',
    'PV2_2   =                 0.01',
  ]),
  [
    ...PLAIN,
    'CNPIX1  =                 8860',
    'CNPIX2  =                 1708',
    'PPO3    =      176616.9833815',
    'PPO6    =     177193.56115606',
    'XPIXELSZ=                25.28',
    'YPIXELSZ=                25.28',
    'PLTRAH  =                   14',
    'PLTRAM  =                   26',
    'PLTRAS  =                 10.5',
    "PLTDECSN= '-'",
    'PLTDECD =                   60',
    'PLTDECM =                   13',
    'PLTDECS =                 24.6',
    'AMDX1   =                67.23',
    'AMDY1   =                67.23',
    'AMDX8   =               2.3E-6',
  ],
]
const KEYWORDS = (
  'CTYPE1 CTYPE2 CRVAL1 CRVAL2 CRPIX1 CRPIX2 CD1_1 CD1_2 CD2_1 CD2_2 CDELT1 CDELT2 CROTA2 PC1_1 PC1_2 PC001002 CUNIT1 CUNIT2 RADESYS ' +
  'EQUINOX LONPOLE LATPOLE A_ORDER B_ORDER AP_ORDER A_2_0 A_0_2 A_9_9 B_1_1 A_DMAX PV1_0 PV1_1 PV1_2 PV1_5 PV2_0 PV2_1 PV2_2 PV2_39 ' +
  'CPDIS1 DP1 D2IMDIS1 CQDIS1 WAT1_001 WAT1_002 AMDX1 AMDX13 PPO3 XPIXELSZ CNPIX1 CTYPE3 MJD-OBS DATE-OBS WCSAXES NAXIS'
).split(' ')
const VALUES = [
  "'constructor'",
  "'rad'",
  "'DEC--TAN'",
  "'RA---TAN'",
  "'GLON-TAN'",
  "'GLAT-TAN'",
  "'RA---HPX'",
  "'DEC--ZPN-SIP'",
  "'Lookup'",
  "'EXTVER: 1'",
  `'wtype=tnx lngcor = "1. 9999999. 20. 2. 0 1 0 1 ${'1 '.repeat(12)}"'`,
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

const checkSky = (header: readonly HeaderCard[]): void => {
  const wcs = readWcs(header)
  if (wcs === null) return
  describeWcs(wcs)
  const { pixelToSky, skyToPixel } = createTransform(wcs)
  const out = new Float64Array(6)
  for (const [x, y] of [
    [0, 0],
    [511.5, 511.5],
    [1e4, -3],
  ] as const) {
    if (!pixelToSky(x, y, out)) continue
    const [longitude, latitude] = [out[0]!, out[1]!]
    promise(longitude >= 0 && longitude < 360, `a longitude of ${longitude}`)
    promise(wcs.projection === null || Math.abs(latitude) <= 90, `a latitude of ${latitude}`)
    skyToPixel(longitude, latitude, out)
  }
  const written = writeWcs(wcs).cards.map(({ keyword, value }) => ({ keyword, value, comment: '', raw: '' }))
  const again = settle(() => readWcs(written))
  promise('value' in again && again.value !== null, 'what was written cannot be read')
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
    if ('value' in parsed) settle(() => checkSky(parsed.value.header))
  },
}
