import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameNight, readExposures, sniff } from '../../web/ingest'
import { kindOfPath } from '../../web/ingest/kind-words'
import { parseDateTime } from '../../web/ingest/parse-time'
import { parseSexagesimal } from '../../web/ingest/read-values'
import { makeFrame } from '../science/fits/make-fits'
import type { ExposureRecord } from '../../web/core/frame'

const read = (cards: readonly string[], path = 'x001.fits'): ExposureRecord =>
  readExposures({ path, bytes: makeFrame(cards), sha256: '0'.repeat(64), batch: '', now: 0 }).exposures[0]!

describe('the time of an exposure', () => {
  it.each([
    ['2017-12-19T18:33:43.317-0700', '2017-12-20T01:33:43.317Z'],
    ['2017-12-19T18:33:43.317-07:00', '2017-12-20T01:33:43.317Z'],
    ['2024-02-29T23:59:60.5', '2024-03-01T00:00:00.500Z'],
    ['2024-02-29 03:04:05Z', '2024-02-29T03:04:05.000Z'],
    ['2024-02-29T03:04', '2024-02-29T03:04:00.000Z'],
    ['2019/1/2 03:04:05.1234567', '2019-01-02T03:04:05.123Z'],
    ['18/02/99T01:02:03', '1999-02-18T01:02:03.000Z'],
    ['2024-02-29', null],
    ['2023-02-29T00:00:00', null],
    ['2023-13-01T00:00:00', null],
    ['2023-01-01T25:00:00', null],
    ['yesterday', null],
  ])('%s is %s', (text, expected) => {
    expect(parseDateTime(text)).toBe(expected)
  })

  it.each<[string, string[], string | null, string]>([
    ['unquoted', ['DATE-OBS= 2019-01-02T03:04:05.6'], '2019-01-02T03:04:05.600Z', ''],
    ['in two cards', ["DATE-OBS= '2019-01-02'", "TIME-OBS= '03:04:05.6'"], '2019-01-02T03:04:05.600Z', ''],
    [
      'in two cards of the old form',
      ["DATE-OBS= '02/01/99'", "UT      = '03:04:05'"],
      '1999-01-02T03:04:05.000Z',
      '',
    ],
    ['as MJD', ['MJD-OBS = 58485.5'], '2019-01-02T12:00:00.000Z', 'MJD-OBS'],
    [
      'as JD of the middle',
      ['EXPTIME = 120', 'JD      = 2458486.0 / mid exposure'],
      '2019-01-02T11:59:00.000Z',
      'middle',
    ],
    ['as local time alone', ["DATE-LOC= '2019-01-02T03:04:05'"], null, 'local time'],
    ['as a date alone', ["DATE-OBS= '2019-01-02'"], null, 'no time of day'],
    ['not at all', [], null, 'does not say when'],
    [
      'in another scale',
      ["DATE-OBS= '2019-01-02T03:04:05'", "TIMESYS = 'TT'"],
      '2019-01-02T03:04:05.000Z',
      'TT',
    ],
  ])('%s', (_, cards, expected, warning) => {
    const { facts, warnings } = read(cards)
    expect(facts.dateObs).toBe(expected)
    expect(warnings.join(' ')).toContain(warning)
    if (expected === null) expect(facts.night).toBe('')
  })
})

describe('the night', () => {
  it.each([
    ['2017-12-20T01:33:43.317Z', -110.88, '2017-12-19+20'],
    ['2018-01-01T03:00:00Z', 20, '2017-12-31+01'],
    ['2024-02-29T20:00:00Z', 0, '2024-02-29+01'],
    ['2023-02-28T20:00:00Z', 0, '2023-02-28+01'],
    ['2024-06-10T11:59:59Z', 0, '2024-06-09+10'],
    ['2024-06-10T12:00:00Z', 0, '2024-06-10+11'],
    // Noon at 150 degrees east is 02:00 UTC.
    ['2024-06-10T01:59:00Z', 150, '2024-06-09+10'],
    ['2024-06-10T02:01:00Z', 150, '2024-06-10+11'],
    ['2024-06-10T12:30:00Z', 150, '2024-06-10+11'],
  ])('of %s at longitude %f is %s', (time, longitude, night) => {
    expect(nameNight(time, longitude)).toEqual({ night, warning: null })
  })

  it('is counted by UTC, with a warning, where no longitude is known', () => {
    expect(nameNight('2024-06-10T12:00:00Z', null)).toMatchObject({
      night: '2024-06-10+11',
      warning: expect.stringContaining('longitude') as string,
    })
    expect(nameNight(null, 10)).toEqual({ night: '', warning: null })
  })

  it('is one for all times from one local noon to the next (seed 12)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (day, longitude, part) => {
          const noon = day * 86_400_000 + 43_200_000 - longitude * 240_000
          const night = (share: number): string =>
            nameNight(new Date(noon + share * 86_400_000).toISOString(), longitude).night
          expect(night(part)).toBe(night(0.5))
          expect(night(part + 1)).not.toBe(night(part))
        },
      ),
      { seed: 12 },
    )
  })
})

describe('the kind of a frame', () => {
  it.each<[string, string | null]>([
    ['BIAS/x001.fits', 'bias'],
    ['night/DARK/x.fits', 'dark'],
    ['FLAT/LIGHT/x.fits', 'light'],
    ['flat_g_001.fits', 'flat'],
    ['Dark_60s_001.fits', 'dark'],
    ['Dunkelbild-3.fits', 'dark'],
    ['Weißbild R.fit', 'flat'],
    ['darkflats/x.fits', 'dark'],
    ['dark_flat_3s.fits', 'dark'],
    ['SkyFlatB.fits', 'flat'],
    ['biassu0s0017.fits', 'bias'],
    ['flatp1-r2s0001.fits', 'flat'],
    ['darks-expos1-Neg5.fits', 'dark'],
    ['ThAr_5.fits', 'arc'],
    ['M31_Light_0001.fits', 'light'],
    ['m31.fits', null],
    ['flatiron-nebula.fits', null],
    ['darkness.fits', null],
    ['m31_light_dark_subtracted.fits', null],
    ['zero-point/m31.fits', null],
    ['hg-10.fit', 'arc'],
    ['L2-sci-neon-1200.fit', 'light'],
    ['L2-dark-neon-1200.fit', 'dark'],
    ['L2-flat-hg-360.fit', 'flat'],
    ['neon/m31.fits', null],
    ['oscuros/x_30s.fits', 'dark'],
    ['lámpara 3.fits', 'arc'],
    ['PLU_V_001.fits', 'flat'],
    ['Lumière-04.fits', 'light'],
    ['reduced_neon/star.fits', 'light'],
  ])('%s says %s', (path, kind) => {
    expect(kindOfPath(path)?.kind ?? null).toBe(kind)
  })

  it.each<[string, string, string, string, string]>([
    ["IMAGETYP= 'LIGHT'", 'm31.fits', 'light', 'header', ''],
    ["IMAGETYP= 'Bias Frame'", 'm31.fits', 'bias', 'header', ''],
    ["IMAGETYP= 'Flat Field'", 'm31.fits', 'flat', 'header', ''],
    ["IMAGETYP= 'FLAT,SKY'", 'm31.fits', 'flat', 'header', ''],
    ["OBSTYPE = 'zero'", 'm31.fits', 'bias', 'header', ''],
    ["FRAME   = 'Dark'", 'flat/m31.fits', 'dark', 'header', ''],
    ["IMAGETYP= 'Light Frame'", 'FLAT/x.fits', 'flat', 'path', 'its folder says flat'],
    ["OBJECT  = 'Dark'", 'x.fits', 'dark', 'header', ''],
    ["OBJECT  = 'Comparison star 3'", 'x.fits', 'unknown', 'assumed', 'Choose the kind'],
    ["OBJECT  = 'M 31'", 'BIAS/x.fits', 'bias', 'path', ''],
    ["OBJECT  = 'M 31'", 'x.fits', 'unknown', 'assumed', 'Choose the kind'],
  ])('%s in %s is taken as %s', (card, path, kind, source, warning) => {
    const exposure = read([card], path)
    expect(exposure.facts.kind).toBe(kind)
    expect(exposure.sources.kind).toBe(source)
    expect(exposure.warnings.join(' ')).toContain(warning)
  })
})

describe('other fields', () => {
  it.each<[string[], Record<string, unknown>]>([
    [['EXPOSURE= 12.5'], { exposure: 12.5 }],
    [["EXPTIME = '60.0 '"], { exposure: 60 }],
    [['EXPTIME = 1500 / exposure in ms'], { exposure: 1.5 }],
    [['EXPOINUS= 2500000'], { exposure: 2.5 }],
    [['EXPTIME = -1', 'EXPOSURE= 3'], { exposure: 3 }],
    [["FILTER  = '        '", "FILTER1 = 'Air'", "FILTER2 = 'V'"], { filter: 'V' }],
    [["CCDSUM  = '2 3'"], { binning: [2, 3] }],
    [['XBINNING= 2'], { binning: [2, 2] }],
    [['CAMTEMP = 271.0 / CCD temperature in Kelvin'], { temperature: -2.15 }],
    [['SET-TEMP= -20.0', 'CCD-TEMP= -19.9'], { temperature: -19.9 }],
    [['GAIN    = 100'], { gain: null, gainSetting: 100 }],
    [['GAIN    = 1.3 / [electrons/count] gain'], { gain: 1.3, gainSetting: null }],
    [['EGAIN   = 0.8', 'GAIN    = 100 / e-/ADU times something'], { gain: 0.8, gainSetting: 100 }],
    [['EGAIN   = 0.0'], { gain: null }],
    [['READNOIS= 7.5'], { readNoise: 7.5 }],
    [['SATURATE= 0.0'], { saturation: null }],
    [['BZERO   = 32768'], { saturation: 65_535 }],
    [
      ["OBJCTRA = '05 34 31.9'", "OBJCTDEC= '-22 00 52.2'"],
      { rightAscension: expect.closeTo(83.632916667, 8), declination: expect.closeTo(-22.0145, 8) },
    ],
    [['RA      = 10.68', 'DEC     = 41.27'], { rightAscension: 10.68, declination: 41.27 }],
    [['CRVAL1  = 10.68', 'CRVAL2  = 41.27'], { rightAscension: null, declination: null }],
    [['AIRMASS = 0.0'], { airmass: null }],
    [['XPIXSZ  = 9.0', 'FOCALLEN= 2000'], { pixelScale: expect.closeTo(0.928191627, 8) }],
    [['XPIXSZ  = 9.0', 'FOCALLEN= 0.0'], { pixelScale: null }],
  ])('%j', (cards, expected) => {
    expect(read(cards).facts).toMatchObject(expected)
  })

  it.each<[string[], [number, number] | null]>([
    [
      ["SITELAT = '+51 25 36'", "SITELONG= '-00 33 49'"],
      [51.426667, -0.563611],
    ],
    [
      ["LAT-OBS = '51:25:36 N'", "LONG-OBS= '110:30:00 W'"],
      [51.426667, -110.5],
    ],
    [
      ['LATITUDE= 31.68', 'LONGITUD= 249.12'],
      [31.68, -110.88],
    ],
    [
      ['LATITUDE= 31.68', 'LONGITUD= 110.88 / degrees, west positive'],
      [31.68, -110.88],
    ],
    [
      ['LATITUDE= -0.5265 / radians', 'LONGITUD= -1.2358 / radians; negative = west'],
      [-30.16623, -70.80612],
    ],
    [['SITELAT = 0.0', 'SITELONG= 0.0'], null],
    [['SITELAT = 95.0', 'SITELONG= 10.0'], null],
  ])('the site in %j', (cards, expected) => {
    const { site } = read(cards).facts
    if (expected === null) expect(site).toBeNull()
    else {
      expect(site?.latitude).toBeCloseTo(expected[0], 4)
      expect(site?.longitude).toBeCloseTo(expected[1], 4)
    }
  })

  it('what was done to the frame already is said', () => {
    expect(read(["CALSTAT = 'BDF'"]).warnings.join(' ')).toMatch(/dark was already.*divided by a flat/)
    expect(read(['PEDESTAL= -100']).warnings.join(' ')).toContain('pedestal of 100 ADU')
    expect(read(['exptime = 30']).warnings.join(' ')).toContain(
      'One header card is not by the standard (EXPTIME)',
    )
  })

  it('sexagesimal text keeps the sign of a zero degree', () => {
    expect(parseSexagesimal('-00:30:00')).toBe(-0.5)
    expect(parseSexagesimal('12h34m56.7s')).toBeCloseTo(12.58241666, 7)
    expect(parseSexagesimal('12:61:00')).toBeNull()
    expect(parseSexagesimal('M 31')).toBeNull()
  })
})

describe('what a file is', () => {
  it('is told by its bytes', () => {
    const text = (words: string): Uint8Array => new TextEncoder().encode(words)
    expect(sniff(makeFrame())).toBe('fits')
    expect(sniff(text('<?xml version="1.0"?>\n<html>'))).toBe('html')
    expect(sniff(text('<?xml version="1.0"?>\n<VOTABLE>'))).toBe('votable')
    expect(sniff(text('XISF0100'))).toBe('xisf')
    expect(sniff(new Uint8Array([0x49, 0x49, 0x2a, 0]))).toBe('tiff')
    expect(sniff(new Uint8Array([0, 1, 2, 3]))).toBe('other')
    expect(sniff(new Uint8Array(0))).toBe('empty')
  })
})
