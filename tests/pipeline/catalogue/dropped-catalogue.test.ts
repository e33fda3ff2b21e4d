import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { idleTask } from '../../../web/core/task'
import { hashBytes } from '../../../web/core/ids'
import { openFileTable } from '../../../web/ingest/open-file-table'
import { readFitsTables, readTextTables } from '../../../web/ingest/read-file-tables'
import { loadCatalogue, type CatalogueAccess } from '../../../web/pipeline/astrometry/load-catalogue'
import {
  chooseColumns,
  describeCatalogue,
  openCatalogue,
} from '../../../web/pipeline/catalogue/dropped-catalogue'
import { openWorkspace, type Workspace } from '../../../web/storage/workspace'
import { requireShared } from '../../support/shared-data'

let count = 0
const openEmpty = (): Promise<Workspace> => openWorkspace({ name: `dropped-${count++}` })

const keepTable = async (
  workspace: Workspace,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> => {
  const file = { path, bytes, sha256: await hashBytes(bytes), batch: 'batch', now: 0 }
  const ending = /\.(\w+)$/.exec(path)?.[1] ?? ''
  const format = ending === 'ecsv' ? 'ecsv' : ending === 'vot' ? 'votable' : 'csv'
  const { tables } = ending === 'fits' ? readFitsTables(file) : readTextTables(file, format)
  const [table] = tables
  if (table === undefined) throw new Error('no table')
  await workspace.pixels.write(table.bytesId, bytes)
  await workspace.fileTables.put(table)
  return table.id
}

const keepText = (workspace: Workspace, name: string, text: string): Promise<string> =>
  keepTable(workspace, name, new TextEncoder().encode(text))

const accessOf = (workspace: Workspace): CatalogueAccess => ({
  workspace,
  openFileTable,
  loadTiles: () => Promise.reject(new Error('not asked for')),
})

test.each([
  [
    'catalogues/tycho2_field_m37.csv',
    { rightAscension: 'ra_deg_J2000', declination: 'dec_deg_J2000', hours: false, epoch: 2000 },
    ['VTmag'],
    [87.8572846, 32.124691],
  ],
  [
    'catalogues/brightstars.fits',
    { rightAscension: 'ra', declination: 'dec', hours: false, identifier: 'hip' },
    ['Vmag'],
    [2.09691071, 29.09043199],
  ],
  [
    'catalogues/tycho2-mag6.fits',
    { rightAscension: 'RA', hours: false },
    ['VTmag', 'mag', 'BTmag'],
    [81.28278416, 6.34973451],
  ],
  [
    'fits_torture/stellarphot_catalogues/all_apass_ey_uma.ecsv',
    { rightAscension: 'RAJ2000', declination: 'DEJ2000', epoch: 2000 },
    ['Vmag', 'rmag', 'gmag', 'Bmag', 'imag'],
    [135.68157, 49.745309],
  ],
  [
    'fits_torture/stellarphot_catalogues/all_refcat2_ey_uma.ecsv',
    { rightAscension: 'RA_ICRS', motion: { east: 'pmRA', north: 'pmDE', unit: 'mas' } },
    ['Gmag', 'rmag', 'gmag', 'BPmag', 'RPmag', 'imag', 'zmag', 'Jmag', 'Hmag', 'Kmag'],
    [135.62886541, 49.68559505],
  ],
  [
    'fits_torture/stellarphot_catalogues/test_vsx_table.ecsv',
    { rightAscension: 'RAJ2000', declination: 'DEJ2000', identifier: 'Name' },
    [],
    [0.21652, 0.37123],
  ],
  [
    'm37_cmd/gaia_M67_NGC2682.csv.gz',
    { rightAscension: 'ra', identifier: 'source_id', motion: { east: 'pmra', north: 'pmdec', unit: 'mas' } },
    ['Gmag'],
    [132.63087291762125, 11.147239149336025],
  ],
])('%s is a catalogue without a word', async (path, columns, bands, firstPlace) => {
  const where = requireShared(path)
  if (where === null) return
  const raw = readFileSync(where)
  const workspace = await openEmpty()
  const id = await keepTable(
    workspace,
    path.replace(/\.gz$/, ''),
    Uint8Array.from(path.endsWith('.gz') ? gunzipSync(raw) : raw),
  )
  const described = await describeCatalogue(workspace, id, openFileTable)
  expect(described.confirmed).toBe(false)
  expect(described.chosen).toMatchObject(columns)
  expect(described.chosen?.magnitudes.map(({ name }) => name)).toEqual(bands)
  const { stars, notes } = await openCatalogue(workspace, id, openFileTable)
  expect(notes).toEqual([])
  expect(stars.rightAscension[0]).toBeCloseTo(firstPlace[0]!, 6)
  expect(stars.declination[0]).toBeCloseTo(firstPlace[1]!, 6)
  expect(stars.rightAscension.length).toBe(described.rows)
  workspace.close()
})

test('a cone of it has its stars, brightest first, as any other catalogue gives them', async () => {
  const where = requireShared('catalogues/tycho2_field_hatp32.csv')
  if (where === null) return
  const workspace = await openEmpty()
  const id = await keepTable(workspace, 'field.csv', Uint8Array.from(readFileSync(where)))
  const cone = { rightAscension: 31.0427, declination: 46.6878, radius: 0.4 }
  const { stars, source } = await loadCatalogue(
    { id: `table:${id}`, cone, faintest: 11 },
    accessOf(workspace),
    idleTask(),
  )
  expect(source).toMatchObject({ title: 'field.csv', service: null })
  // By hand: the lines of the file within the cone.
  const lines = readFileSync(where, 'utf8').trim().split('\n').slice(1)
  const inside = lines.filter((line) => {
    const [ra, dec, magnitude] = line.split(',').map(Number) as [number, number, number]
    const [x, y] = [(ra - 31.0427) * Math.cos((46.6878 * Math.PI) / 180), dec - 46.6878]
    return magnitude <= 11 && Math.hypot(x, y) <= 0.4
  })
  expect(stars.magnitude.length).toBe(inside.length)
  expect(inside.length).toBeGreaterThan(3)
  expect([...stars.magnitude]).toEqual([...stars.magnitude].toSorted((a, b) => a - b))
  workspace.close()
})

test('hours and sexagesimal texts are hours, a decimal is degrees, and what says nothing is asked for', async () => {
  const workspace = await openEmpty()
  const text = await keepText(
    workspace,
    'landolt.csv',
    'Star,RA,DEC,V,B-V,V_err\nSA 98 978,06:51:34,-00:11:33,10.572,0.609,0.0006\nMARK A1,20:43:58,-10:47:11,15.911,0.609,0.0062\nnowhere,,,12,0.1,\n',
  )
  const read = await openCatalogue(workspace, text, openFileTable)
  expect([...read.stars.rightAscension]).toEqual([
    (6 + 51 / 60 + 34 / 3600) * 15,
    (20 + 43 / 60 + 58 / 3600) * 15,
  ])
  expect(read.stars.declination[0]).toBeCloseTo(-(11 / 60 + 33 / 3600), 12)
  expect(read.stars.colour[1]).toBeCloseTo(0.609, 6)
  expect(read.stars.identifiers).toEqual(['SA 98 978', 'MARK A1'])
  expect(read.stars.bands?.[0]?.error[0]).toBeCloseTo(0.0006, 8)
  expect(read.notes[0]).toContain('1 rows of landolt.csv have no place in the sky')
  const hours = await keepText(
    workspace,
    'hours.csv',
    'name,ra_hours,dec,mag\nVega,18.6156,38.7837,0.03\nAltair,19.8464,8.8683,0.77\n',
  )
  expect((await describeCatalogue(workspace, hours, openFileTable)).chosen?.hours).toBe(true)
  expect((await openCatalogue(workspace, hours, openFileTable)).stars.rightAscension[0]).toBeCloseTo(
    279.234,
    3,
  )
  // A person says otherwise, and that stays.
  const chosen = (await describeCatalogue(workspace, hours, openFileTable)).chosen!
  await chooseColumns(workspace, hours, { ...chosen, hours: false, epoch: 2015.5 })
  expect((await describeCatalogue(workspace, hours, openFileTable)).confirmed).toBe(true)
  const said = (await openCatalogue(workspace, hours, openFileTable)).stars
  expect([said.rightAscension[0], said.epoch]).toEqual([18.6156, 2015.5])
  await chooseColumns(workspace, hours, null)
  expect((await describeCatalogue(workspace, hours, openFileTable)).confirmed).toBe(false)
  await expect(chooseColumns(workspace, hours, { ...chosen, epoch: 20 })).rejects.toMatchObject({
    code: 'bad-order',
  })
  const none = await keepText(workspace, 'curve.csv', 'time,flux\n1,2\n3,4\n')
  expect((await describeCatalogue(workspace, none, openFileTable)).chosen).toBeNull()
  await expect(openCatalogue(workspace, none, openFileTable)).rejects.toThrow(
    'no columns that look like right ascension',
  )
  await expect(openCatalogue(workspace, 'table-0', openFileTable)).rejects.toMatchObject({
    code: 'not-found',
  })
  workspace.close()
})

test('columns are known by what the virtual observatory calls them, whatever their names', async () => {
  const workspace = await openEmpty()
  const id = await keepText(
    workspace,
    'odd.vot',
    `<?xml version="1.0"?><VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE><TABLE>
<FIELD name="num" datatype="int" ucd="meta.id;meta.main"/>
<FIELD name="gl" datatype="double" unit="deg" ucd="pos.galactic.lon"/>
<FIELD name="x" datatype="double" unit="h" ucd="pos.eq.ra;meta.main"/>
<FIELD name="y" datatype="double" unit="deg" ucd="pos.eq.dec;meta.main"/>
<FIELD name="mx" datatype="double" unit="arcsec/yr" ucd="pos.pm;pos.eq.ra"/>
<FIELD name="my" datatype="double" unit="arcsec/yr" ucd="pos.pm;pos.eq.dec"/>
<FIELD name="lux" datatype="float" unit="mag" ucd="phot.mag;em.opt.V"/>
<DATA><TABLEDATA><TR><TD>7</TD><TD>1</TD><TD>6</TD><TD>-30</TD><TD>0.5</TD><TD>-1</TD><TD>9.5</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`,
  )
  const { stars } = await openCatalogue(workspace, id, openFileTable)
  expect([stars.rightAscension[0], stars.declination[0]]).toEqual([90, -30])
  expect([stars.motion?.east[0], stars.motion?.north[0], stars.magnitude[0]]).toEqual([500, -1000, 9.5])
  expect(stars.identifiers).toEqual(['7'])
  workspace.close()
})
