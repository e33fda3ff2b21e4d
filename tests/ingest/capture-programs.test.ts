import { describe, expect, it } from 'vitest'
import { readExposures } from '../../web/ingest'
import { listBuiltInProfiles } from '../../web/ingest/instruments/built-in-profiles'
import { makeFrame } from '../science/fits/make-fits'
import { CAMERA_PROGRAM_HEADERS } from './camera-program-headers'
import { OBSERVATORY_HEADERS } from './observatory-headers'
import { SEQUENCER_HEADERS } from './sequencer-headers'

const HEADERS = [...CAMERA_PROGRAM_HEADERS, ...SEQUENCER_HEADERS, ...OBSERVATORY_HEADERS]

describe('a header as it comes from', () => {
  it.each(HEADERS)('$name', ({ cards, path = 'x001.fits', profile, facts, warning }) => {
    const bytes = makeFrame(cards.map((card) => card.slice(0, 80)))
    const exposure = readExposures({ path, bytes, sha256: '0'.repeat(64), batch: '', now: 0 }).exposures[0]
    expect(exposure?.profile).toBe(profile)
    expect(exposure?.facts).toMatchObject(facts)
    if (warning !== undefined) expect(exposure?.warnings.join(' ')).toContain(warning)
  })

  it('every family of cameras has one here or among the real ones', () => {
    const shown = new Set(HEADERS.map(({ profile }) => profile))
    // Read from real files in real-headers.test.ts.
    const real = ['micro-observatory', 'apogee-suhora', 'sbig', 'lco']
    // The same cards as another profile's header, with one name less.
    const plain = ['zwo', 'zwo-apt', 'nina', 'sharpcap', 'maxim-dl', 'apt', 'ccdsoft']
    const missing = listBuiltInProfiles()
      .map(({ name }) => name)
      .filter((name) => !shown.has(name) && !real.includes(name) && !plain.includes(name))
    expect(missing).toEqual([])
  })
})

describe('a card in another form', () => {
  const near = (value: number): unknown => expect.closeTo(value, 6)
  it.each<[string, string[], Record<string, unknown>]>([
    [
      'a pointing in OBJRA and OBJDEC',
      ["OBJRA   = '10:00:00'", "OBJDEC  = '-10:30:00'"],
      { rightAscension: 150, declination: -10.5 },
    ],
    [
      'a pointing in CENTRA and CENTDEC',
      ['CENTRA  = 150.0', 'CENTDEC = -10.5'],
      { rightAscension: 150, declination: -10.5 },
    ],
    [
      'sexagesimal hours with letters',
      ["RA      = '10h00m30s'", "DEC     = '+00d30m00s'"],
      { rightAscension: near(150.125), declination: 0.5 },
    ],
    [
      'hours as a number',
      ['RA      = 10.0 / [hours]', 'DEC     = 1.0'],
      { rightAscension: 150, declination: 1 },
    ],
    ['EXP', ['EXP     = 12.0'], { exposure: 12 }],
    [
      'a site in degrees, minutes and seconds',
      ["LAT-OBS = '-31 16 24'", "LONG-OBS= '+149 03 52'", 'ALT-OBS = 1165'],
      { site: { latitude: near(-31.273333), longitude: near(149.064444), elevation: 1165, name: null } },
    ],
    [
      'a colour mask that begins elsewhere in x',
      ["BAYERPAT= 'RGGB'", 'XBAYROFF= 1'],
      { bayerPattern: 'GRBG' },
    ],
    [
      'a colour mask that begins elsewhere in y',
      ["BAYERPAT= 'RGGB'", 'YBAYROFF= 1'],
      { bayerPattern: 'GBRG' },
    ],
    [
      'a colour mask that begins elsewhere in both',
      ["COLORTYP= 'RGGB'", 'XBAYROFF= 3', 'YBAYROFF= 1'],
      { bayerPattern: 'BGGR' },
    ],
    ['no colour mask', ["COLORTYP= 'MONO'"], { bayerPattern: null }],
    ['a pedestal by PixInsight', ['PEDESTAL= 50'], { pedestal: 50 }],
    ['no pedestal', ['PEDESTAL= 0'], { pedestal: null }],
    ['sections written backwards', ["BIASSEC = '[100:90,20:1]'"], { overscan: { x: [89, 100], y: [0, 20] } }],
    [
      'sections that are none',
      ["BIASSEC = 'UNKNOWN'", "TRIMSEC = '[0:0,0:0]'"],
      { overscan: null, trim: null },
    ],
    ['a set temperature alone', ['SET-TEMP= -20.0'], { temperature: -20 }],
    ['kinds in capitals', ["IMAGETYP= 'DARK'"], { kind: 'dark' }],
    ['kinds of masters', ["IMAGETYP= 'MASTER FLAT'"], { kind: 'flat' }],
    [
      'an end alone',
      ['EXPTIME = 60', "DATE-END= '2024-01-02T03:04:05'"],
      { dateObs: '2024-01-02T03:03:05.000Z' },
    ],
    ['pixels of a binned INDI frame', ['PIXSIZE1= 4.0', 'XBINNING= 3'], { pixelSize: 12 }],
  ])('%s', (_, cards, facts) => {
    const file = { path: 'x.fits', bytes: makeFrame(cards), sha256: '0'.repeat(64), batch: '', now: 0 }
    expect(readExposures(file).exposures[0]?.facts).toMatchObject(facts)
  })
})
