import 'fake-indexeddb/auto'
import { afterEach, describe, expect, test } from 'vitest'
import { DEFAULT_SERVICES, type SkyServices } from '../../../web/core/sky-services'
import { idleTask } from '../../../web/core/task'
import { openFileTable } from '../../../web/ingest/open-file-table'
import { loadCatalogue, type CatalogueAccess } from '../../../web/pipeline/astrometry/load-catalogue'
import { fetchReply } from '../../../web/pipeline/catalogue/fetch-reply'
import { keepServices, readServices } from '../../../web/pipeline/catalogue/service-settings'
import { openWorkspace } from '../../../web/storage/workspace'
import { readShippedCone } from '../../support/read-catalogue'
import { GAIA_FIELDS, GAIA_ROWS, writeAsu, writeError, writeTableData } from '../../support/sky-replies'
import { startSkyServer, type SkyAnswer } from '../../support/sky-server'

const closings: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closings.splice(0)) await close()
})

const ON = { on: true, address: '' }
const OFF = { on: false, address: '' }

let count = 0
const setUp = async (answer: SkyAnswer, path = '/tap/sync', services: Partial<SkyServices> = {}) => {
  const server = await startSkyServer(answer)
  const workspace = await openWorkspace({ name: `catalogue-${count++}` })
  closings.push(server.close, () => workspace.close())
  await keepServices(workspace, {
    vizier: { on: true, address: `${server.address}${path}` },
    gaia: OFF,
    sesame: OFF,
    ...services,
  })
  const access: CatalogueAccess = {
    workspace,
    openFileTable,
    loadTiles: (cone) => Promise.resolve(readShippedCone(cone)),
  }
  return { server, workspace, access }
}

const cone = { rightAscension: 31.0427, declination: 46.6878, radius: 0.2 }
const everything: SkyAnswer = () => writeTableData(GAIA_FIELDS, GAIA_ROWS)

describe('stars of a service', () => {
  test('come brightest first, moved to the epoch, and are not asked for again in the field', async () => {
    const { server, access } = await setUp(everything)
    const first = await loadCatalogue({ id: 'gaia-dr3', cone, epoch: 2026 }, access, idleTask())
    expect(server.asked[0]?.form.get('QUERY')).toContain('SELECT TOP 20001 ')
    expect(first.insteadOf).toBeNull()
    expect(first.source).toMatchObject({ title: 'Gaia DR3', kept: false, service: server.address.slice(7) })
    expect([...first.stars.magnitude].map((value) => Number(value.toFixed(2)))).toEqual([11.12, 12.5, 19.5])
    expect(first.stars.epoch).toBe(2026)
    expect((first.stars.declination[1]! - 46.61) * 3.6e6).toBeCloseTo(-202.5, 2)
    // Smaller and brighter, within what was given.
    const within = { rightAscension: 31.1, declination: 46.61, radius: 0.05 }
    const second = await loadCatalogue({ id: 'gaia-dr3', cone: within, faintest: 15 }, access, idleTask())
    expect(server.asked).toHaveLength(1)
    expect(second.source.kept).toBe(true)
    expect(second.stars.identifiers).toEqual(['358929333000000002'])
    expect(second.stars.bands?.[1]?.magnitude[0]).toBeCloseTo(13.1, 5)
    // Beyond its rim nothing is known.
    await loadCatalogue({ id: 'gaia-dr3', cone: { ...cone, radius: 0.21 }, faintest: 15 }, access, idleTask())
    expect(server.asked).toHaveLength(2)
    expect(server.asked[1]?.form.get('QUERY')).toContain('AND "Gmag" <= 15 ')
  })

  test('are cut at the number that was asked for, and what is kept is known to be no deeper', async () => {
    const { server, access } = await setUp(everything)
    const cut = await loadCatalogue({ id: 'gaia-dr3', cone, most: 2 }, access, idleTask())
    expect(cut.stars.magnitude).toHaveLength(2)
    expect(cut.coverage.faintest).toBeCloseTo(12.5, 6)
    await loadCatalogue({ id: 'gaia-dr3', cone, faintest: 12 }, access, idleTask())
    expect(server.asked).toHaveLength(1)
    await loadCatalogue({ id: 'gaia-dr3', cone, faintest: 13 }, access, idleTask())
    expect(server.asked).toHaveLength(2)
  })

  test('come from the older interface of VizieR too', async () => {
    const { server, access } = await setUp(() => writeAsu(GAIA_FIELDS, GAIA_ROWS), '/viz-bin/asu-tsv')
    const { stars } = await loadCatalogue({ id: 'gaia-dr3', cone }, access, idleTask())
    expect(server.asked[0]?.query.get('-source')).toBe('I/355/gaiadr3')
    expect(server.asked[0]?.query.get('-c')).toBe('31.0427 +46.6878')
    expect(stars.identifiers).toHaveLength(3)
  })

  test('come without errors and motions where the service has other columns', async () => {
    const plain = [GAIA_FIELDS[1]!, GAIA_FIELDS[2]!, GAIA_FIELDS[11]!]
    const { server, access } = await setUp(({ form }) =>
      form.get('QUERY')?.includes('pmRA') === true
        ? writeError('1 unresolved identifiers: e_pmRA')
        : writeTableData(
            plain,
            GAIA_ROWS.map((row) => [row[1]!, row[2]!, row[11]!]),
          ),
    )
    const loaded = await loadCatalogue({ id: 'gaia-dr3', cone }, access, idleTask())
    expect(server.asked).toHaveLength(2)
    expect(loaded.stars.magnitude).toHaveLength(3)
    expect(loaded.stars.motion).toBeNull()
    expect(loaded.notes.join()).toContain('positions and magnitudes alone')
  })

  test('come from the next service where the first one fails', async () => {
    const esa = await startSkyServer(() =>
      writeTableData(
        [
          { name: 'source_id', datatype: 'long' },
          { name: 'ra', datatype: 'double' },
          { name: 'dec', datatype: 'double' },
          { name: 'phot_g_mean_mag', datatype: 'float' },
        ],
        [[1n, 31.05, 46.7, 13]],
      ),
    )
    closings.push(esa.close)
    const { access } = await setUp(() => writeError('The server is tired'), '/tap/sync', {
      gaia: { on: true, address: `${esa.address}/tap-server/tap/sync` },
    })
    const loaded = await loadCatalogue({ id: 'gaia-dr3', cone }, access, idleTask())
    expect(loaded.source.service).toBe(esa.address.slice(7))
    expect(loaded.notes.join()).toContain('The server is tired')
    expect(esa.asked[0]?.form.get('FORMAT')).toBe('votable_plain')
  })

  test('that lie outside of the field are left out and said', async () => {
    const { access } = await setUp(() =>
      writeTableData(GAIA_FIELDS, [...GAIA_ROWS, [4n, 35, 46, ...GAIA_ROWS[0]!.slice(3)]]),
    )
    const { stars, notes } = await loadCatalogue({ id: 'gaia-dr3', cone }, access, idleTask())
    expect(stars.magnitude).toHaveLength(3)
    expect(notes.join()).toContain('1 rows of Gaia DR3 lie outside of the field')
  })
})

describe('where a service cannot be had, Tycho-2 stands in and the result says so', () => {
  const cases: readonly (readonly [string, SkyAnswer, string, RegExp])[] = [
    ['an error in words', () => writeError('Query timed out'), 'service-failed', /Query timed out/],
    [
      'a page for visitors',
      () => '<!DOCTYPE html><title>Archive down for maintenance</title>',
      'service-failed',
      /web page/,
    ],
    [
      'a status',
      (_, response) => {
        response.statusCode = 503
        return 'no'
      },
      'fetch-status',
      /answered 503.*try again later/i,
    ],
    ['something else', () => '{"stars": []}', 'bad-header', /holds no table/],
    ['another table', () => writeTableData([GAIA_FIELDS[0]!], []), 'bad-catalogue', /no column RA_ICRS/],
    [
      'a broken line',
      (_, response) => {
        response.destroy()
        return ''
      },
      'fetch-cors',
      /cannot be reached now, or it lets no other pages ask it/,
    ],
    [
      'more rows than were asked for',
      () =>
        writeTableData(
          GAIA_FIELDS,
          Array.from({ length: 8 }, () => GAIA_ROWS[0]!),
        ),
      'too-large',
      /8 rows where 6 were asked for/,
    ],
  ]
  test.each(cases)('%s', async (_, answer, code, reason) => {
    const { access } = await setUp(answer)
    const loaded = await loadCatalogue({ id: 'gaia-dr3', cone, most: 5 }, access, idleTask())
    expect(loaded.source).toMatchObject({ id: 'tycho2', title: 'Tycho-2', service: null })
    expect(loaded.insteadOf).toMatchObject({ id: 'gaia-dr3', code })
    expect(loaded.insteadOf?.reason).toMatch(reason)
    expect(loaded.notes[0]).toContain('Tycho-2 stands in for it')
    expect(loaded.stars.magnitude).toHaveLength(5)
    expect(await access.workspace.catalogueCones.count()).toBe(0)
  })

  test('a service that is switched off is not asked', async () => {
    const { server, access } = await setUp(everything, '/tap/sync')
    await keepServices(access.workspace, { vizier: OFF, gaia: OFF, sesame: ON })
    const loaded = await loadCatalogue({ id: 'gaia-dr3', cone }, access, idleTask())
    expect(loaded.insteadOf).toMatchObject({ code: 'service-off' })
    expect(server.asked).toHaveLength(0)
  })
})

test('the catalogue that comes with the app asks nobody', async () => {
  const { server, access } = await setUp(everything)
  const { stars, source } = await loadCatalogue({ id: 'tycho2', cone, faintest: 11 }, access, idleTask())
  expect(server.asked).toHaveLength(0)
  expect(source.id).toBe('tycho2')
  expect(stars.magnitude.length).toBeGreaterThan(3)
})

test('a cancel is a cancel and no reason to take another catalogue', async () => {
  const abort = new AbortController()
  const { access } = await setUp(async () => {
    abort.abort()
    await new Promise((resolve) => setTimeout(resolve, 2000))
    return ''
  })
  await expect(
    loadCatalogue({ id: 'gaia-dr3', cone }, access, { signal: abort.signal, report: () => undefined }),
  ).rejects.toMatchObject({ name: 'AbortError' })
})

test('a service that says nothing is given up in time, and one that says too much is broken off', async () => {
  const slow = await startSkyServer(() => new Promise(() => undefined))
  const long = await startSkyServer(() => 'x'.repeat(100_000))
  closings.push(slow.close, long.close)
  await expect(fetchReply(slow.address, idleTask(), { label: 'slow', timeout: 80 })).rejects.toMatchObject({
    code: 'service-slow',
  })
  await expect(
    fetchReply(long.address, idleTask(), { label: 'long', maxBytes: 50_000 }),
  ).rejects.toMatchObject({
    code: 'too-large',
  })
})

test.each([
  [{ id: 'nomad', cone }, 'There is no catalogue "nomad"'],
  [{ id: 'tycho2', cone: { ...cone, radius: 0 } }, 'cone.radius'],
  [{ id: 'tycho2', cone: { ...cone, rightAscension: 360 } }, 'cone.rightAscension'],
  [{ id: 'tycho2', cone: { ...cone, declination: Number.NaN } }, 'cone.declination'],
  [{ id: 'tycho2', cone, most: 1e9 }, 'from 1 to 50000 stars'],
])('a question that is none is refused: %#', async (question, words) => {
  const { access } = await setUp(everything)
  await expect(loadCatalogue(question, access, idleTask())).rejects.toThrow(words)
})

test('addresses of services are kept in this browser, empty ones are the usual ones, and others than https are refused', async () => {
  const workspace = await openWorkspace({ name: 'services' })
  closings.push(() => workspace.close())
  expect(await readServices(workspace)).toEqual(DEFAULT_SERVICES)
  await keepServices(workspace, { vizier: ON, gaia: OFF, sesame: ON })
  expect(await readServices(workspace)).toEqual({
    ...DEFAULT_SERVICES,
    gaia: { ...DEFAULT_SERVICES.gaia, on: false },
  })
  for (const address of ['http://vizier.example', 'javascript:alert(1)', 'vizier', 'ftp://a.b/c'])
    await expect(
      keepServices(workspace, { ...DEFAULT_SERVICES, sesame: { on: true, address } }),
    ).rejects.toMatchObject({ code: 'bad-address' })
  await workspace.settings.put({ id: 'local-sky-services', value: { vizier: 1 } })
  expect(await readServices(workspace)).toEqual(DEFAULT_SERVICES)
})
