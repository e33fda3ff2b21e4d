import { describe, expect, test } from 'vitest'
import { buildAdql, buildAsuQuery, buildTapForm } from '../../../web/science/catalogue/catalogue-request'
import { CATALOGUE_SOURCES, findSource } from '../../../web/science/catalogue/catalogue-sources'
import { readReply } from '../../../web/science/catalogue/read-reply'
import { moveStars } from '../../../web/science/catalogue/move-stars'
import { readAsu } from '../../../web/science/tables/read-asu'
import { readEcsv } from '../../../web/science/tables/read-ecsv'
import { readVotable } from '../../../web/science/tables/read-votable'
import { readVotableStatus } from '../../../web/science/tables/read-votable-status'
import { requireShared } from '../../support/shared-data'
import {
  ASU_EMPTY,
  GAIA_FIELDS,
  GAIA_ROWS,
  writeAsu,
  writeBinary2,
  writeError,
  writeTableData,
} from '../../support/sky-replies'
import { readFileSync } from 'node:fs'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const gaia = findSource('gaia-dr3')!
const cone = { rightAscension: 31.0427, declination: -0.5, radius: 0.25 }

describe('what a service is asked', () => {
  test('is a cone in ADQL, brightest first, with every name in quotes that needs them', () => {
    const table = findSource('apass9')!.tables[0]
    expect(buildAdql({ table, cone, faintest: 15.5, most: 1001 })).toBe(
      `SELECT TOP 1001 "recno", "RAJ2000", "DEJ2000", "e_RAJ2000", "e_DEJ2000", "Vmag", "e_Vmag", "Bmag", "e_Bmag", "g'mag", "e_g'mag", "r'mag", "e_r'mag", "i'mag", "e_i'mag" FROM "II/336/apass9" WHERE 1 = CONTAINS(POINT('ICRS', "RAJ2000", "DEJ2000"), CIRCLE('ICRS', 31.0427, -0.5, 0.25)) AND "Vmag" <= 15.5 ORDER BY "Vmag"`,
    )
  })

  test('has no exponents, whatever the angle', () => {
    const tiny = { rightAscension: 1e-9, declination: -1e-8, radius: 1e-7 }
    const text = buildAdql({ table: gaia.tables[0], cone: tiny, faintest: null, most: 1 })
    expect(text).toContain("CIRCLE('ICRS', 0, 0, 0.0000001)")
    expect(text).not.toContain('<=')
  })

  test('keeps bands apart whose names differ in case alone', () => {
    const text = buildAdql({ table: findSource('refcat2')!.tables[0], cone, faintest: null, most: 1 })
    expect(text).toContain('"gmag"')
    expect(text).toContain('"Gmag"')
  })

  test('is worked out by the archive where it has no such column', () => {
    const text = buildAdql({ table: gaia.tables[1]!, cone, faintest: 18, most: 10 })
    expect(text).toContain('1.0857362 / phot_bp_mean_flux_over_error AS phot_bp_mean_mag_error')
    expect(text).toContain('FROM gaiadr3.gaia_source WHERE')
    expect(text).toContain('ORDER BY phot_g_mean_mag')
  })

  test('is a form that needs no permission to be posted', () => {
    const form = buildTapForm({ table: gaia.tables[0], cone, faintest: 12, most: 5 })
    expect(Object.fromEntries(form)).toMatchObject({
      REQUEST: 'doQuery',
      LANG: 'ADQL',
      FORMAT: 'votable',
      MAXREC: '5',
    })
  })

  test('is the same in the words of the older interface', () => {
    const query = buildAsuQuery({ table: gaia.tables[0], cone, faintest: 12, most: 5 })
    expect(Object.fromEntries(query)).toMatchObject({
      '-source': 'I/355/gaiadr3',
      '-c': '31.0427 -0.5',
      '-c.rd': '0.25',
      Gmag: '<=12',
      '-sort': 'Gmag',
      '-out.max': '5',
    })
    expect(query.get('-out')!.split(',')).toContain('e_pmDE')
    // A plus sign has to reach the server as one.
    const north = buildAsuQuery({
      table: gaia.tables[0],
      cone: { ...cone, declination: 0.5 },
      faintest: null,
      most: 5,
    })
    expect(north.toString()).toContain('-c=31.0427+%2B0.5')
  })

  test.each(CATALOGUE_SOURCES.flatMap((source) => source.tables.map((table) => [source.id, table] as const)))(
    '%s asks for no column twice',
    (_, table) => {
      const query = buildAsuQuery({ table, cone, faintest: null, most: 5 })
      const names = query.get('-out')!.split(',')
      expect(new Set(names).size).toBe(names.length)
    },
  )
})

describe('what a service answers', () => {
  const forms = {
    TABLEDATA: () => readVotable(bytesOf(writeTableData(GAIA_FIELDS, GAIA_ROWS)))[0]!,
    BINARY2: () => readVotable(bytesOf(writeBinary2(GAIA_FIELDS, GAIA_ROWS)))[0]!,
    'asu-tsv': () => readAsu(bytesOf(writeAsu(GAIA_FIELDS, GAIA_ROWS)))!,
  }
  test.each(Object.entries(forms))('becomes stars with all that the source has: %s', (_, read) => {
    const { stars, left } = readReply(read(), gaia, gaia.tables[0])
    expect(left).toBe(0)
    expect(stars.epoch).toBe(2016)
    expect([...stars.rightAscension]).toEqual([31.04274689, 31.05, 31.1])
    expect([...stars.magnitude]).toEqual([11.12, 19.5, 12.5].map(Math.fround))
    expect(stars.identifiers).toEqual(['358929215486083072', '358929111000000001', '358929333000000002'])
    expect(stars.bands?.map(({ name }) => name)).toEqual(['Gmag', 'BPmag', 'RPmag'])
    expect(stars.bands![1]!.magnitude[1]).toBeNaN()
    expect(stars.bands![2]!.error[0]).toBeCloseTo(0.004, 6)
    expect(stars.motion!.east[1]).toBeNaN()
    expect(stars.motion!.north[2]).toBe(-20.25)
    expect(stars.motionErrors!.north[0]).toBeCloseTo(0.013, 6)
    expect(stars.parallax!.value[2]).toBeCloseTo(-0.1, 6)
    expect(stars.positionErrors!.north[0]).toBeCloseTo(0.011, 6)
    // One whose motion is not known is left where it was seen; the others move.
    const moved = moveStars(stars, 2026)
    expect(moved.rightAscension[1]).toBe(31.05)
    expect((moved.declination[2]! - 46.61) * 3.6e6).toBeCloseTo(-202.5, 3)
  })

  test('has errors in the unit that its field says', () => {
    const fields = [
      { name: 'RAJ2000', datatype: 'double', unit: 'deg' },
      { name: 'DEJ2000', datatype: 'double', unit: 'deg' },
      { name: 'e_RAJ2000', datatype: 'double', unit: 'arcsec' },
      { name: 'e_DEJ2000', datatype: 'double', unit: 'mas' },
      { name: 'f.mag', datatype: 'double', unit: 'mag' },
      { name: 'Vmag', datatype: 'double', unit: 'mag' },
      { name: 'e_Vmag', datatype: 'double', unit: '0.01mag' },
      { name: 'Bmag', datatype: 'double', unit: 'mag' },
      { name: 'e_Bmag', datatype: 'double', unit: 'mag' },
    ] as const
    const table = readVotable(
      bytesOf(writeTableData(fields, [[10, 20, 0.05, 40, 12, 12.5, 3, 13.25, 0.02]])),
    )[0]!
    const ucac = findSource('ucac4')!
    const { stars } = readReply(table, ucac, ucac.tables[0])
    expect(stars.positionErrors!.east[0]).toBe(50)
    expect(stars.positionErrors!.north[0]).toBe(40)
    const bands = Object.fromEntries(stars.bands!.map((band) => [band.name, band.error[0]]))
    expect(bands['Vmag']).toBeCloseTo(0.03, 6)
    expect(bands['Bmag']).toBeCloseTo(0.02, 6)
    expect(stars.colour[0]).toBe(0.75)
    expect(stars.magnitude[0]).toBe(12)
  })

  test('is refused where a column is missing or most rows have no place', () => {
    const without = GAIA_FIELDS.filter(({ name }) => name !== 'Gmag')
    const table = readVotable(bytesOf(writeTableData(without, [])))[0]!
    expect(() => readReply(table, gaia, gaia.tables[0])).toThrow('it has no column Gmag')
    const astray = [GAIA_ROWS[0]!, ...[400, -5].map((ra) => [1n, ra, 3, ...GAIA_ROWS[0]!.slice(3)])]
    const bad = readVotable(bytesOf(writeTableData(GAIA_FIELDS, astray)))[0]!
    expect(() => readReply(bad, gaia, gaia.tables[0])).toThrow('2 of 3 rows have no place in the sky')
  })

  test('says in words what went wrong', () => {
    expect(readVotableStatus(bytesOf(writeError('Unknown column "Gmagg" & more')))).toEqual({
      status: 'ERROR',
      message: 'Unknown column "Gmagg" & more',
    })
    expect(readVotableStatus(bytesOf(writeTableData(GAIA_FIELDS, GAIA_ROWS))).status).toBe('OK')
    expect(readVotableStatus(bytesOf(writeTableData(GAIA_FIELDS, GAIA_ROWS, true))).status).toBe('OVERFLOW')
    expect(readVotableStatus(bytesOf('<html>')).status).toBeNull()
    expect(readAsu(bytesOf(ASU_EMPTY))).toBeNull()
    expect(() => readAsu(bytesOf('#\n#*** Unknown catalogue I/999\n'))).toThrow('Unknown catalogue I/999')
    expect(() => readAsu(bytesOf('<html>Moved</html>'))).toThrow('no table of VizieR')
  })

  test.each([
    ['apass9', 'all_apass_ey_uma.ecsv', ['Vmag', 'Bmag', 'gmag', 'rmag', 'imag'], 0.953 * 1000],
    ['refcat2', 'all_refcat2_ey_uma.ecsv', ['rmag', 'gmag', 'imag', 'zmag', 'Gmag', 'BPmag', 'RPmag'], null],
  ])('of %s has the columns that VizieR itself gave others: %s', (id, file, bands, firstError) => {
    const path = requireShared(`fits_torture/stellarphot_catalogues/${file}`)
    if (path === null) return
    const table = readEcsv(new Uint8Array(readFileSync(path)))
    const source = findSource(id)!
    const { stars, left } = readReply(table, source, source.tables[0])
    expect(left).toBe(0)
    expect(stars.rightAscension.length).toBe(table.rowCount)
    expect(stars.bands!.map(({ name }) => name)).toEqual(bands)
    for (const band of stars.bands!)
      expect(band.magnitude.filter((value) => value > 5 && value < 25).length, band.name).toBeGreaterThan(20)
    if (firstError !== null) expect(stars.positionErrors!.east[0]).toBeCloseTo(firstError, 3)
    if (id === 'refcat2') expect(stars.motion!.east.some((value) => Math.abs(value) > 5)).toBe(true)
  })
})
