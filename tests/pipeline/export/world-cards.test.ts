import { describe, expect, it } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import { placeOnOriginal } from '../../../web/core/reduced'
import { listMovedWorldCards } from '../../../web/pipeline/export/world-cards'
import { pixelToSky } from '../../../web/science/astrometry/sky-position'
import { readSkyWcs } from '../../../web/science/astrometry/sky-wcs'

const card = (keyword: string, value: string | number): HeaderCard => ({
  keyword,
  value,
  comment: '',
  raw: '',
})

const HEADER: HeaderCard[] = [
  card('CTYPE1', 'RA---TAN-SIP'),
  card('CTYPE2', 'DEC--TAN-SIP'),
  card('CRVAL1', 88.1),
  card('CRVAL2', 32.5),
  card('CRPIX1', 765.5),
  card('CRPIX2', 510.5),
  card('CD1_1', -1.6e-4),
  card('CD1_2', 3e-6),
  card('CD2_1', 2e-6),
  card('CD2_2', 1.7e-4),
  card('A_ORDER', 2),
  card('A_2_0', 3e-6),
  card('A_1_1', -2e-6),
  card('B_ORDER', 3),
  card('B_0_2', 4e-6),
  card('B_2_1', 1e-9),
]

describe('world cards of a frame that was trimmed or taken in one colour', () => {
  it.each([
    ['trimmed', { raw: { overscan: null, trim: { x: [20, 1500], y: [7, 1000] }, linearity: null } }],
    ['one colour', { channel: { name: 'red', places: [[0, 0]] } }],
    [
      'both',
      {
        raw: { overscan: null, trim: { x: [21, 1500], y: [7, 1000] }, linearity: null },
        channel: { name: 'red', places: [[1, 1]] },
      },
    ],
  ] as const)('%s: the same sky lies under a pixel as on the original', (_name, calibration) => {
    const place = placeOnOriginal(calibration)
    const moved = new Map(listMovedWorldCards(HEADER, place).map((one) => [one.keyword, one.value]))
    const header = HEADER.map((one) => ({ ...one, value: moved.get(one.keyword) ?? one.value }))
    const [before, after] = [readSkyWcs(HEADER)!, readSkyWcs(header)!]
    for (const [x, y] of [
      [0, 0],
      [100.3, 420.7],
      [700, 12],
    ] as const) {
      const wanted = pixelToSky(before, { x: place.step * x + place.left, y: place.step * y + place.top })
      const found = pixelToSky(after, { x, y })
      expect(found.rightAscension).toBeCloseTo(wanted.rightAscension, 9)
      expect(found.declination).toBeCloseTo(wanted.declination, 9)
    }
  })

  it('say the same where the pixels are where they were', () => {
    expect(listMovedWorldCards(HEADER, placeOnOriginal({}))).toEqual([])
  })
})
