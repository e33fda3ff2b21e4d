import { describe, expect, it } from 'vitest'
import { AsterismError } from '../../../../web/core/errors'
import { mapCoordinates } from '../../../../web/science/astrometry/map-coordinates'
import { createPixelToIcrs } from '../../../../web/science/astrometry/pixel-to-icrs'
import { createTransform } from '../../../../web/science/astrometry/wcs/create-transform'
import { describeWcs } from '../../../../web/science/astrometry/wcs/describe-wcs'
import { readWcs } from '../../../../web/science/astrometry/wcs/read-wcs'
import { makeHeader, separate } from './wcs-support'

const scale = 0.001
const base = { CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', CRPIX1: 51, CRPIX2: 41, CRVAL1: 10, CRVAL2: 60 }
const plain = { ...base, CDELT1: -scale, CDELT2: scale }

const read = (values: Readonly<Record<string, string | number>>) => {
  const wcs = readWcs(makeHeader(values))
  if (wcs === null) throw new Error('no world coordinates')
  return wcs
}

const show = (
  values: Readonly<Record<string, string | number>>,
  x: number,
  y: number,
): [number, number] | null => {
  const out = new Float64Array(6)
  return createTransform(read(values)).pixelToSky(x, y, out) ? [out[0]!, out[1]!] : null
}

describe('the linear part', () => {
  it('puts the reference pixel, counted from one, on CRVAL, north up and east left', () => {
    const centre = show(plain, 50, 40)!
    expect(centre[0]).toBeCloseTo(10, 12)
    expect(centre[1]).toBeCloseTo(60, 12)
    const up = 60 + Math.atan((0.1 * Math.PI) / 180) * (180 / Math.PI)
    expect(show(plain, 50, 140)![1]).toBeCloseTo(up, 12)
    expect(show(plain, 0, 40)![0]).toBeGreaterThan(10)
    expect(describeWcs(read(plain))).toEqual({ scale: expect.closeTo(3.6, 9), north: 90, flipped: false })
  })

  it('reads CD, PC, their old names and CROTA alike', () => {
    const [c, s] = [Math.cos(0.3), Math.sin(0.3)]
    const steps = { CDELT1: -scale, CDELT2: scale }
    for (const form of [
      { ...steps, CROTA2: (0.3 * 180) / Math.PI },
      { ...steps, PC1_1: c, PC1_2: s, PC2_1: -s, PC2_2: c },
      { ...steps, PC001001: c, PC001002: s, PC002001: -s, PC002002: c },
      { CD1_1: -scale * c, CD1_2: -scale * s, CD2_1: -scale * s, CD2_2: scale * c },
      { CD001001: -scale * c, CD001002: -scale * s, CD002001: -scale * s, CD002002: scale * c },
    ])
      read({ ...base, ...form }).matrix.forEach((value, k) =>
        expect(value).toBeCloseTo([-scale * c, -scale * s, -scale * s, scale * c][k]!, 14),
      )
  })

  it('lets PC and CD go before what is older, and takes defaults for what is left out', () => {
    expect(read({ ...plain, CROTA2: 30, CD1_1: 1, PC1_2: 0.5 }).matrix).toEqual([
      -scale,
      -scale / 2,
      0,
      scale,
    ])
    expect(read({ ...plain, CROTA2: 30, CD1_1: 2, CD2_2: 3 }).matrix).toEqual([2, 0, 0, 3])
    expect(read({ CTYPE1: 'RA---TAN', CTYPE2: 'DEC--TAN', CDELT1: 1 })).toMatchObject({
      reference: { x: -1, y: -1 },
      center: { longitude: 0, latitude: 0 },
      matrix: [1, -0, 0, 1],
    })
  })

  it('knows units of both axes, and axes that are neither first nor in order', () => {
    const cube = read({
      CTYPE1: 'FREQ',
      CTYPE2: 'DEC--SIN',
      CTYPE4: 'RA---SIN',
      CRPIX2: 7,
      CRPIX4: 9,
      CRVAL2: 3600,
      CRVAL4: 2,
      CUNIT2: 'ARCSEC',
      CUNIT4: 'rad',
      CD2_2: 3.6,
      CD4_4: -1e-3,
      CD1_1: 5,
    })
    expect(cube).toMatchObject({ axes: [2, 4], swapped: true, reference: { x: 6, y: 8 }, projection: 'SIN' })
    expect(cube.center.longitude).toBeCloseTo((2 * 180) / Math.PI, 12)
    expect(cube.center.latitude).toBeCloseTo(1, 12)
    expect(cube.matrix[0]).toBe(0)
    expect(cube.matrix[1]).toBeCloseTo((-1e-3 * 180) / Math.PI, 14)
    expect(cube.matrix[2]).toBeCloseTo(1e-3, 14)
    expect(cube.matrix[3]).toBe(0)
  })

  it('reads another description of the same picture by its letter', () => {
    const header = makeHeader({
      ...plain,
      CTYPE1B: 'GLON-CAR',
      CTYPE2B: 'GLAT-CAR',
      CRVAL1B: 33,
      CDELT1B: -2,
      CDELT2B: 2,
      CRPIX1B: 5,
      CRPIX2B: 6,
    })
    expect(readWcs(header, { alternate: 'B' })).toMatchObject({
      projection: 'CAR',
      system: { name: 'galactic' },
      center: { longitude: 33, latitude: 0 },
      reference: { x: 4, y: 5 },
    })
  })
})

describe('the native pole', () => {
  it('turns the picture by LONPOLE, which PVi_3 has the last word on', () => {
    const turned = show({ ...plain, LONPOLE: 90 }, 50, 140)!
    expect(turned[0]).toBeLessThan(10)
    expect(
      show({ ...plain, LONPOLE: 17, PV1_3: 90, CTYPE1: 'RA---ARC', CTYPE2: 'DEC--ARC' }, 50, 140)![0],
    ).toBeLessThan(10)
  })

  it('lies where LATPOLE says when the reference point leaves it open', () => {
    const open = { ...plain, CTYPE1: 'RA---CAR', CTYPE2: 'DEC--CAR', CRVAL2: 0, LONPOLE: 90 }
    // The native meridian of the reference point then runs along the equator; LATPOLE is where its pole is.
    const out = new Float64Array(6)
    for (const LATPOLE of [90, 50, -20]) {
      const { skyToPixel } = createTransform(read({ ...open, LATPOLE }))
      // The native pole is at native latitude 90, here 90000 pixels up.
      expect(skyToPixel(10 - 90, LATPOLE, out)).toBe(true)
      expect(out[1]! - 40).toBeCloseTo(90_000, 4)
    }
  })

  it('is refused where there is none', () => {
    expect(() => show({ ...plain, CTYPE1: 'RA---CAR', CTYPE2: 'DEC--CAR', LONPOLE: 90 }, 0, 0)).toThrow(
      /no position of the celestial pole fits/,
    )
  })
})

describe('what is not celestial, and what cannot be read', () => {
  it('is null without two celestial axes', () => {
    for (const values of [
      {},
      { CTYPE1: 'WAVE', CTYPE2: 'RA' },
      { CTYPE1: 'RA---TAN' },
      { CTYPE1: 'GLON-CAR', CTYPE2: 'DEC--CAR' },
    ])
      expect(readWcs(makeHeader(values))).toBeNull()
  })

  it.each([
    [{ ...plain, CTYPE1: 'RA---XYZ', CTYPE2: 'DEC--XYZ' }, /no projection XYZ/],
    [{ ...plain, CTYPE2: 'DEC--SIN' }, /different projections \(TAN and SIN\)/],
    [base, /nothing of the scale/],
    [{ ...plain, CDELT1: 0 }, /no inverse/],
    [{ ...plain, CUNIT2: 'Hz' }, /Hz is no unit of an angle/],
    [{ ...plain, CRVAL2: 91 }, /beyond a pole/],
    [{ ...plain, A_ORDER: 12 }, /no SIP polynomials of order 12/],
    [
      { ...plain, CTYPE1: 'RA---TNX', CTYPE2: 'DEC--TNX', WAT1_001: 'wtype=tnx lngcor = "9. 1. 1."' },
      /no surface of IRAF/,
    ],
    [{ ...plain, CTYPE1: 'RA---BON', CTYPE2: 'DEC--BON', PV1_1: 3, PV2_1: 95 }, /BON PV2_1/],
  ])('%j is refused in words', (values, words) => {
    const attempt = (): unknown => createTransform(read(values))
    expect(attempt).toThrow(AsterismError)
    expect(attempt).toThrow(words)
  })

  it('has no place for pixels that are no numbers, and no pixel for the far side', () => {
    expect(show(plain, Number.NaN, 0)).toBeNull()
    expect(show(plain, Number.POSITIVE_INFINITY, 0)).toBeNull()
    const out = new Float64Array(6)
    const { skyToPixel } = createTransform(read(plain))
    expect(skyToPixel(190, -60, out)).toBe(false)
    expect(skyToPixel(Number.NaN, 0, out)).toBe(false)
    expect(skyToPixel(0, 91, out)).toBe(false)
  })
})

describe('what PV means on a TAN', () => {
  const polynomial = { PV1_1: 1.01, PV1_7: 0.1, PV2_1: 0.99 }

  it('is a polynomial where TAN has no such parameters, and left over where SIP is', () => {
    expect(read({ ...plain, ...polynomial }).distortion.tpv).toEqual({
      longitude: [0, 1.01, 0, 0, 0, 0, 0, 0.1],
      latitude: [0, 0.99],
    })
    const sip = {
      ...plain,
      ...polynomial,
      CTYPE1: 'RA---TAN-SIP',
      CTYPE2: 'DEC--TAN-SIP',
      A_ORDER: 2,
      A_2_0: 1e-6,
    }
    expect(read(sip).distortion.tpv).toBeNull()
    expect(read(sip).distortion.sip).not.toBeNull()
    expect(read({ ...sip, ...base, CDELT1: -scale, CDELT2: scale }).distortion).toMatchObject({ sip: null })
  })

  it('is a native place of the reference point where it can be', () => {
    expect(read({ ...plain, PV1_1: 0, PV1_2: 80 }).fiducial).toEqual({
      longitude: 0,
      latitude: 80,
      offset: false,
    })
  })
})

describe('the system', () => {
  const system = (values: Readonly<Record<string, string | number>>) => read({ ...plain, ...values }).system

  it('follows RADESYS, else EQUINOX, else is ICRS', () => {
    expect(system({})).toEqual({ name: 'icrs' })
    expect(system({ EQUINOX: 2000 })).toEqual({ name: 'fk5', equinox: 2000 })
    expect(system({ EQUINOX: 'J2000' })).toEqual({ name: 'fk5', equinox: 2000 })
    expect(system({ EPOCH: 1950 })).toEqual({ name: 'fk4', equinox: 1950, epoch: 1950 })
    expect(system({ RADECSYS: 'FK4', 'MJD-OBS': 51_544.5 })).toEqual({
      name: 'fk4',
      equinox: 1950,
      epoch: 2000,
    })
    expect(system({ RADESYS: 'FK4-NO-E', EQUINOX: 1900, 'DATE-OBS': '2000-01-01T12:00:00' })).toMatchObject({
      name: 'fk4-no-e',
      equinox: 1900,
      epoch: expect.closeTo(2000, 2),
    })
    expect(system({ RADESYS: 'ICRS', EQUINOX: 2000 })).toEqual({ name: 'icrs' })
    expect(system({ RADESYS: 'GAPPT' })).toEqual({ name: 'other', title: 'GAPPT' })
  })

  it('follows the names of the axes first', () => {
    for (const [names, found] of [
      [['GLON', 'GLAT'], { name: 'galactic' }],
      [['SLON', 'SLAT'], { name: 'supergalactic' }],
      [['ELON', 'ELAT'], { name: 'ecliptic', equinox: 2000 }],
      [['HPLN', 'HPLT'], { name: 'other', title: 'HPLN' }],
    ] as const)
      expect(system({ CTYPE1: `${names[0]}-TAN`, CTYPE2: `${names[1]}-TAN`, RADESYS: 'FK5' })).toEqual(found)
  })
})

describe('createPixelToIcrs', () => {
  const ask = (values: Readonly<Record<string, string | number>>): [number, number] | null => {
    const found = createPixelToIcrs(makeHeader(values))?.(50, 40) ?? null
    return found === null ? null : [found.rightAscension, found.declination]
  }

  it('gives right ascension and declination whatever the header counts in', () => {
    const galactic = { ...plain, CTYPE1: 'GLON-TAN', CTYPE2: 'GLAT-TAN', CRVAL1: 0, CRVAL2: 0 }
    expect(separate(ask(galactic)!, [266.405, -28.936])).toBeLessThan(1e-3)
    expect(separate(ask({ ...plain, RADESYS: 'GAPPT' })!, [10, 60])).toBeLessThan(1e-12)
    // Precession since B1950 in right ascension is some 3 s a year.
    expect(ask({ ...plain, RADESYS: 'FK4' })![0] - 10).toBeGreaterThan(0.6)
  })

  it('gives nothing for the Sun, and where there is nothing', () => {
    expect(createPixelToIcrs(makeHeader({ ...plain, CTYPE1: 'HPLN-TAN', CTYPE2: 'HPLT-TAN' }))).toBeNull()
    expect(createPixelToIcrs(makeHeader({}))).toBeNull()
  })
})

describe('mapCoordinates', () => {
  it('takes many places at once, in their own arrays too, and counts what has no answer', () => {
    const { pixelToSky, skyToPixel } = createTransform(
      read({ ...plain, CTYPE1: 'RA---SIN', CTYPE2: 'DEC--SIN' }),
    )
    const places = { first: Float64Array.of(0, 50, 1e6, 99), second: Float64Array.of(0, 40, 0, 12) }
    expect(mapCoordinates(pixelToSky, places, places)).toBe(1)
    expect(places.first[2]).toBeNaN()
    expect(mapCoordinates(skyToPixel, places, places)).toBe(1)
    expect(
      [places.first[0], places.first[1], places.first[3]].map((x) => Math.round(x! * 1e8) / 1e8 + 0),
    ).toEqual([0, 50, 99])
  })
})
