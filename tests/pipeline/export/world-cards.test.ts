import { describe, expect, it } from 'vitest'
import type { HeaderCard } from '../../../web/core/header'
import { placeOnOriginal } from '../../../web/core/reduced'
import { listMovedWorldCards } from '../../../web/pipeline/export/world-cards'
import { createTransform } from '../../../web/science/astrometry/wcs/create-transform'
import { readWcs } from '../../../web/science/astrometry/wcs/read-wcs'

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

/** A plate of the Digitized Sky Survey. */
const PLATE: HeaderCard[] = [
  card('CTYPE1', 'RA---TAN'),
  card('CTYPE2', 'DEC--TAN'),
  card('CRVAL1', 88.1),
  card('CRVAL2', 32.5),
  card('CD1_1', -4e-4),
  card('CD2_2', 4e-4),
  ...Object.entries({
    CNPIX1: 8860,
    CNPIX2: 1708,
    PPO3: 176616.98,
    PPO6: 177193.56,
    XPIXELSZ: 25.28,
    YPIXELSZ: 25.28,
    PLTRAH: 5,
    PLTRAM: 52,
    PLTRAS: 12.5,
    PLTDECD: 32,
    PLTDECM: 1,
    PLTDECS: 2.5,
    AMDX1: 67.226,
    AMDX2: -0.23,
    AMDX8: 2.3e-6,
    AMDY1: 67.233,
    AMDY2: 0.226,
    AMDY3: -0.53,
  }).map(([keyword, value]) => card(keyword, value)),
  card('PLTDECSN', '+'),
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
    for (const original of [HEADER, PLATE]) {
      const moved = new Map(listMovedWorldCards(original, place).map((one) => [one.keyword, one.value]))
      const header = original.map((one) => ({ ...one, value: moved.get(one.keyword) ?? one.value }))
      const [before, after] = [createTransform(readWcs(original)!), createTransform(readWcs(header)!)]
      const [wanted, found] = [new Float64Array(6), new Float64Array(6)]
      for (const [x, y] of [
        [0, 0],
        [100.3, 420.7],
        [700, 12],
      ] as const) {
        expect(before.pixelToSky(place.step * x + place.left, place.step * y + place.top, wanted)).toBe(true)
        expect(after.pixelToSky(x, y, found)).toBe(true)
        expect(found[0]).toBeCloseTo(wanted[0]!, 9)
        expect(found[1]).toBeCloseTo(wanted[1]!, 9)
      }
    }
  })

  it('say the same where the pixels are where they were', () => {
    expect(listMovedWorldCards(HEADER, placeOnOriginal({}))).toEqual([])
  })
})
