import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parsePlace } from '../../../web/science/astrometry/parse-place'
import { indexNames } from '../../../web/science/names/name-index'
import { normaliseDesignation } from '../../../web/science/names/normalise-designation'
import { readNameList } from '../../../web/science/names/read-name-list'
import { readSesame } from '../../../web/science/names/read-sesame'
import type { ResolvedName } from '../../../web/core/resolved-name'
import { readShippedCone } from '../../support/read-catalogue'
import { requireShared } from '../../support/shared-data'

const readList = (list: string): ResolvedName[] =>
  readNameList(
    JSON.parse(readFileSync(new URL(`../../../public/names/${list}.json`, import.meta.url), 'utf8')),
  )
const lists = ['planets', 'deep-sky', 'variables', 'standards', 'stars'].map(readList)
const [planets = [], deepSky = [], variables = [], standards = [], stars = []] = lists
const index = indexNames(lists)

const RADIAN = Math.PI / 180
/** Minutes of arc, of places that are near each other. */
const apart = (thing: ResolvedName, ra: number, dec: number): number => {
  const east = ((((ra - thing.rightAscension) % 360) + 540) % 360) - 180
  return 60 * Math.hypot(east * Math.cos(dec * RADIAN), dec - thing.declination)
}

describe('names as people type them', () => {
  test.each([
    [['m37', 'M 37', 'Messier 37', 'NGC2099', 'ngc 2099', 'NGC 02099'], 'M 37'],
    [['M31', 'andromeda galaxy', 'Andromeda', 'NGC 224'], 'M 31'],
    [['HAT-P-32 b', 'hatp32b', 'HAT-P-32', 'hat p 32'], 'HAT-P-32 b'],
    [['HD 189733', 'hd189733b', 'V452 Vul'], 'HD 189733 b'],
    [['Kepler-2 b', 'HAT-P-7'], 'HAT-P-7 b'],
    [['Vega', 'alpha Lyr', 'α Lyr', 'Alpha Lyrae', 'alf lyr', '3 Lyr', 'HD 172167', 'hip 91262'], 'Vega'],
    [['beta1 Cyg', 'β1 Cyg', 'Albireo'], 'Albireo'],
    [['Algol', 'beta Persei', 'bet Per'], 'beta Per'],
    [['SA 98-978', 'SA98 978', '98 978', 'Landolt 98-978', '98_978'], 'SA 98 978'],
    [['PG0231+051 A', 'pg0231+051a'], 'PG0231+051 A'],
    [['RU 149 B', 'Rubin 149B'], 'RU 149 B'],
    [['C 14', 'Caldwell 14', 'Double Cluster', 'h Per'], 'NGC 869'],
    [['pleiades', 'M45', 'Mel 22'], 'M 45'],
    [['ring', 'Ring Nebula', 'M57'], 'M 57'],
    [['RR Lyr', 'rr lyrae'], 'RR Lyr'],
    [['delta Cephei', 'δ Cep'], 'delta Cep'],
  ])('%j', (forms, name) => {
    for (const form of forms) expect(index.get(normaliseDesignation(form))?.name, form).toBe(name)
  })

  test('what has no letter and no digit, or is longer than any name, is none', () => {
    for (const text of ['', '   ', '-+*', 'x'.repeat(201)]) expect(normaliseDesignation(text)).toBe('')
    expect(normaliseDesignation('constructor')).toBe('constructor')
    expect(index.get(normaliseDesignation('constructor'))).toBeUndefined()
  })
})

test.each([
  ['02 04 10.2 +46 41 16', 31.0425, 46.687778],
  ['2h4m10.2s +46d41m16s', 31.0425, 46.687778],
  ['02:04:10.2 +46:41:16', 31.0425, 46.687778],
  ['02:04:10.2, 46:41:16', 31.0425, 46.687778],
  ['2h04m10.2s −0°30′00″', 31.0425, -0.5],
  ['31.0425 46.6878', 31.0425, 46.6878],
  ['31.0425, +46.6878', 31.0425, 46.6878],
  ['31.0425d 46.6878d', 31.0425, 46.6878],
  ['31.0425° -46.6878°', 31.0425, -46.6878],
  ['02 04.5 -46 41.5', 31.125, -46.691667],
  ['J020410.20+464116.0', 31.0425, 46.687778],
  ['J0204+4641', 31, 46.683333],
])('%s is a place', (text, ra, dec) => {
  const place = parsePlace(text)
  expect(place?.rightAscension).toBeCloseTo(ra, 5)
  expect(place?.declination).toBeCloseTo(dec, 5)
})

test.each([
  'M 37',
  'NGC 2099',
  'SA 98-978',
  '98 978',
  'HAT-P-32 b',
  'PG0231+051',
  '25 00 00 +10 00 00',
  '31 95',
  '2h4m10s',
  '1,2,3',
  '',
])('"%s" is no place', (text) => {
  expect(parsePlace(text)).toBeNull()
})

describe('the lists that come with the app', () => {
  interface OpenNgc {
    readonly ra: number
    readonly dec: number
    readonly size: number
    readonly v: number | null
  }
  const readOpenNgc = (path: string): Map<string, OpenNgc> => {
    const [head = '', ...lines] = gunzipSync(readFileSync(path)).toString('utf8').split('\n')
    const columns = head.split(';')
    const at = (name: string): number => columns.indexOf(name)
    const sexagesimal = (text: string): number => {
      const [a = 0, b = 0, c = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
      return (a + b / 60 + c / 3600) * (text.startsWith('-') ? -1 : 1)
    }
    const known = new Map<string, OpenNgc>()
    for (const line of lines) {
      const fields = line.split(';')
      const [name = '', ra = '', dec = ''] = [fields[0], fields[at('RA')], fields[at('Dec')]]
      if (ra === '') continue
      const v = fields[at('V-Mag')] ?? ''
      const entry = {
        ra: sexagesimal(ra) * 15,
        dec: sexagesimal(dec),
        size: Number(fields[at('MajAx')] ?? 0),
        v: v === '' ? null : Number(v),
      }
      known.set(normaliseDesignation(name), entry)
      const messier = fields[at('M')] ?? ''
      if (messier !== '') known.set(`m${Number(messier)}`, entry)
    }
    return known
  }

  /** Two have no number in NGC or IC, and one is a double star. */
  const NOT_IN_OPENNGC = ['M 40', 'M 45', 'Melotte 25']

  test('clusters, nebulae and galaxies lie where OpenNGC has them: within 3 minutes of arc, or an eighth of their size', () => {
    const path = requireShared('catalogues/OpenNGC.csv.gz')
    if (path === null) return
    const known = readOpenNgc(path)
    const missing: string[] = []
    const wrong: string[] = []
    const differences: number[] = []
    for (const thing of deepSky) {
      const entry = [thing.name, ...thing.aliases].flatMap(
        (name) => known.get(normaliseDesignation(name)) ?? [],
      )[0]
      if (entry === undefined) {
        missing.push(thing.name)
        continue
      }
      const distance = apart(thing, entry.ra, entry.dec)
      if (distance > Math.max(3, 0.125 * (thing.size ?? 0)))
        wrong.push(`${thing.name}: ${distance.toFixed(1)}'`)
      if (entry.v !== null && thing.magnitude !== null) differences.push(Math.abs(thing.magnitude - entry.v))
    }
    expect(wrong).toEqual([])
    expect(missing).toEqual(NOT_IN_OPENNGC)
    differences.sort((a, b) => a - b)
    expect(differences.length).toBeGreaterThan(500)
    expect(differences[Math.floor(differences.length / 2)]).toBeLessThan(0.2)
    // The rest is of active galaxies, whose nucleus alone OpenNGC has, and of globular clusters, where it has other sources.
    expect(differences[Math.floor(differences.length * 0.9)]).toBeLessThan(0.8)
  })

  test('all 110 of Messier are there, and Caldwell but for what has no number of its own', () => {
    for (let number = 1; number <= 110; number++) expect(index.has(`m${number}`), `M ${number}`).toBe(true)
    const caldwell = Array.from({ length: 109 }, (_, at) => at + 1).filter(
      (number) => !index.has(`c${number}`),
    )
    // 9 and 99 are dark or of Sharpless; 49 is around its cluster, 50; 14 is two.
    expect(caldwell).toEqual([9, 49, 99, 100, 101])
  })

  test('standard stars have the places and magnitudes of Landolt', () => {
    const path = requireShared('catalogues/landolt.dat')
    const newer = requireShared('catalogues/nlandolt.dat')
    if (path === null || newer === null) return
    const known = new Map<string, { ra: number; dec: number; v: number; bv: number }[]>()
    for (const line of `${readFileSync(path, 'utf8')}\n${readFileSync(newer, 'utf8')}`.split('\n')) {
      const [ra = '', dec = '', v = '', bv = ''] = line.slice(11).trim().split(/\s+/)
      if (!ra.includes(':')) continue
      const place = parsePlace(`${ra} ${dec.startsWith('-') ? dec : `+${dec.replace('+', '')}`}`)
      if (place === null) continue
      const key = line
        .slice(0, 11)
        .toUpperCase()
        .replaceAll(/[^A-Z0-9+]/g, '')
      const entry = { ra: place.rightAscension, dec: place.declination, v: Number(v), bv: Number(bv) }
      known.set(key, [...(known.get(key) ?? []), entry])
    }
    expect(standards.length).toBeGreaterThan(190)
    for (const star of standards) {
      const key = star.name
        .replace(/^SA /, '')
        .toUpperCase()
        .replaceAll(/[^A-Z0-9+]/g, '')
      const fits = (known.get(key) ?? []).some(
        ({ ra, dec, v, bv }) =>
          apart(star, ra, dec) < 1 / 3 &&
          Math.abs(v - (star.magnitude ?? 99)) < 0.0201 &&
          Math.abs(bv - (star.colour ?? 99)) < 0.0201,
      )
      expect(fits, star.name).toBe(true)
    }
  })

  /** Stars of planets and variables that Tycho-2, as it is shipped, has: a star of that brightness within 6 seconds of arc. */
  const isInTycho = (thing: ResolvedName, tolerance: number): boolean => {
    const cone = { rightAscension: thing.rightAscension, declination: thing.declination, radius: 6 / 3600 }
    return [...readShippedCone(cone).magnitude].some((v) => v - (thing.magnitude ?? 99) < tolerance)
  }

  test('stars of planets are stars of Tycho-2 where it goes so deep', () => {
    expect(planets.length).toBeGreaterThan(95)
    const bright = planets.filter(({ magnitude }) => (magnitude ?? 99) <= 11.2 && (magnitude ?? 0) > 6)
    const strays = bright.filter((planet) => !isInTycho(planet, 0.8)).map(({ name }) => name)
    expect(bright.length).toBeGreaterThan(40)
    // One that moves by more than an arcsecond a year, and the second star of a pair.
    expect(strays).toEqual(['GJ 436 b', 'HAT-P-1 b'])
  })

  test('transits last as long as their shape says, but for the one whose orbit is all but a line', () => {
    const strays = planets.flatMap(({ name, ephemeris }) => {
      const { period, duration, radiusRatio, axisRatio, inclination } = ephemeris!
      const tilt = (inclination ?? 90) * RADIAN
      const chord = (1 + (radiusRatio ?? 0)) ** 2 - ((axisRatio ?? 0) * Math.cos(tilt)) ** 2
      const hours =
        ((24 * period) / Math.PI) *
        Math.asin(Math.sqrt(Math.max(0, chord)) / ((axisRatio ?? 1) * Math.sin(tilt)))
      return Math.abs(hours / (duration ?? 0) - 1) > 0.12 ? [name] : []
    })
    expect(strays).toEqual(['HD 80606 b'])
    for (const { ephemeris } of planets) expect(ephemeris?.references.length).toBeGreaterThan(0)
  })

  test('the ephemeris of HAT-P-32 b gives the transit that was seen on 2017-12-20', () => {
    const { epoch, period } = index.get('hatp32b')!.ephemeris!
    const turns = (2_458_107.71406 - (epoch ?? 0)) / period
    // Minutes: three times what was stated for that night.
    expect(Math.abs(turns - Math.round(turns)) * period * 1440).toBeLessThan(4.2)
  })

  test('variable stars are stars of Tycho-2 or bright ones that have a letter', () => {
    const faint = ['XX Cyg', 'SS Cyg', 'U Gem', 'CM Dra']
    for (const variable of variables) {
      if (faint.includes(variable.name)) continue
      const bright = stars.some((star) => apart(variable, star.rightAscension, star.declination) < 0.1)
      expect(bright || isInTycho(variable, 9.5), variable.name).toBe(true)
    }
  })

  test('what is no list is refused', () => {
    expect(() =>
      readNameList({
        format: 'asterism-names',
        version: 1,
        list: 'stars',
        note: '',
        rows: [['x', [], 400, 0, 1, 1]],
      }),
    ).toThrow('not what it should be')
    expect(() => readNameList(null)).toThrow('not what it should be')
  })
})

describe('the answer of Sesame', () => {
  const VEGA = `# vega\t#Q28651573
#=Sc=Simbad (CDS, via client/server):    1     2ms (from cache)
%@ 3068
%I.0 * alf Lyr
%C.0 dS*
%J 279.23473479 +38.78368896 = 18:36:56.33 +38:47:01.2
%J.E [3.30 2.83 90] A 2007A&A...474..653V
%P 200.94 286.23 [0.32 0.40 0] A 2007A&A...474..653V
%V v -20.60 D [0.20] 2006AstL...32..759G
%M.B 0.03 [~] C 2002yCat.2237....0D
%M.V 0.03 [~] C 2002yCat.2237....0D
%S A0Va C 1994AJ....107.1556G
%I NAME Vega
%I HD 172167
%I HIP 91262

#====Done (2026-Nov-21,12:00:00z)====
`
  test('has place, motion, magnitude, kind and names', () => {
    expect(readSesame(VEGA)).toMatchObject({
      name: '* alf Lyr',
      aliases: ['Vega', 'HD 172167', 'HIP 91262'],
      rightAscension: 279.23473479,
      declination: 38.78368896,
      type: 'dS*',
      magnitude: 0.03,
      colour: 0,
      motion: { east: 200.94, north: 286.23 },
      source: 'sesame',
    })
  })

  test('is nobody where nobody knows, and refused where it is something else', () => {
    const nothing =
      '# xyzzy\t#Q1\n#=Sc=Simbad (CDS): 0 3ms\n#! *** Nothing found *** \n#====Done (2026-Nov-21,12:00:00z)====\n'
    expect(readSesame(nothing)).toBeNull()
    expect(() => readSesame('<html>moved</html>')).toThrow('not what it should be')
    expect(() => readSesame('%J 400 95\n')).toThrow('none in the sky')
    expect(readSesame('%J 1 2\n%M.V 99e9\n%P 1e9 2\n')).toMatchObject({
      magnitude: null,
      motion: null,
      name: '',
    })
  })
})
