import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { GAIA_FIELDS, GAIA_ROWS, writeTableData } from '../support/sky-replies'

const CORS = { 'access-control-allow-origin': '*' }

/** Every address outside of this machine that the page or a worker of it asks. */
const watchNet = async (page: Page): Promise<string[]> => {
  const asked: string[] = []
  await page.context().route(/^https:\/\//, async (route) => {
    asked.push(route.request().url())
    const { host } = new URL(route.request().url())
    if (host === 'cds.unistra.fr')
      await route.fulfill({
        headers: CORS,
        contentType: 'text/plain',
        body: '#=Sc=Simbad: 1\n%I.0 V* UU Aql\n%C.0 CV*\n%J 299.32850 -09.32250 = 19:57:18.8 -09:19:21\n%M.V 16.0\n',
      })
    else if (host === 'tapvizier.cds.unistra.fr')
      await route.fulfill({
        headers: CORS,
        contentType: 'application/x-votable+xml',
        body: writeTableData(GAIA_FIELDS, GAIA_ROWS),
      })
    else await route.abort()
  })
  return asked
}

const openPanel = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click()

test('a place is found by its name: the lists first, the name service for what they lack, and nobody when it is off', async ({
  page,
}) => {
  test.setTimeout(90_000)
  const asked = await watchNet(page)
  await page.goto('./')
  await waitIdle(page)
  await openPanel(page, 'Targets')
  await page.getByRole('button', { name: 'Add a target' }).click()
  const name = page.getByLabel('Name', { exact: true })
  const lookUp = page.getByRole('button', { name: 'Look up' })
  await expect(lookUp).toBeDisabled()
  await name.fill('ngc2099')
  await lookUp.click()
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(
    'M 37: open cluster, V 5.6, from the lists that come with the app',
  )
  await expect(page.getByLabel('Right ascension')).toHaveValue(/^05:52:1/)
  await expect(page.getByLabel('Declination')).toHaveValue('+32:33:00.0')
  await expectAccessible(page)
  expect(asked).toEqual([])

  await name.fill('UU Aql')
  await lookUp.click()
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('from the name service')
  await expect(page.getByLabel('Right ascension')).toHaveValue('19:57:18.84')
  expect(asked).toEqual(['https://cds.unistra.fr/cgi-bin/nph-sesame/-oI/SNV?UU%20Aql'])
  await page.getByRole('button', { name: 'Cancel' }).click()

  await openPanel(page, 'Settings')
  await page.getByRole('checkbox', { name: 'Names: Sesame of CDS: May be asked' }).uncheck()
  await page
    .getByRole('group', { name: 'Services on the net' })
    .getByRole('button', { name: 'Keep', exact: true })
    .click()
  await expect(page.getByText('Kept.')).toBeVisible()
  await expectAccessible(page)
  await openPanel(page, 'Targets')
  await page.getByRole('button', { name: 'Add a target' }).click()
  await name.fill('UU Aql')
  await lookUp.click()
  await expect(page.getByRole('alert')).toContainText('switched off in Settings')
  expect(asked).toHaveLength(1)
})

test('stars come from a service, are kept, and Tycho-2 stands in where none can be had; a dropped table is a catalogue', async ({
  page,
  faults,
}) => {
  test.setTimeout(90_000)
  const asked = await watchNet(page)
  await page.goto('./')
  await waitIdle(page)
  const load = (id: string, radius: number) =>
    page.evaluate(
      async (question) => {
        const { asterism } = globalThis as unknown as {
          asterism: {
            ready: Promise<void>
            catalogue: (wanted: object) => Promise<{
              stars: { id: string | null; ra: number; pmra: number | null; magnitudes: object }[]
              source: { title: string; kept: boolean }
              insteadOf: { code: string } | null
              bands: object
            }>
          }
        }
        await asterism.ready
        return asterism.catalogue(question)
      },
      { id, ra: 31.0427, dec: 46.6878, radius },
    )
  const first = await load('gaia-dr3', 0.2)
  expect(first.source).toMatchObject({ title: 'Gaia DR3', kept: false })
  expect(first.stars.map(({ id }) => id)).toEqual([
    '358929215486083072',
    '358929333000000002',
    '358929111000000001',
  ])
  expect(first.stars[2]).toMatchObject({ pmra: null, magnitudes: { Gmag: { value: 19.5, error: 0.01 } } })
  expect(first.bands).toMatchObject({ RPmag: 'Vega (Gaia DR3)' })
  const second = await load('gaia-dr3', 0.1)
  expect(second.source.kept).toBe(true)
  expect(asked).toEqual(['https://tapvizier.cds.unistra.fr/TAPVizieR/tap/sync'])

  await page.context().unroute(/^https:\/\//)
  await page.context().route(/^https:\/\//, (route) => route.abort())
  const third = await load('apass9', 0.3)
  expect(third.insteadOf).toMatchObject({ code: 'fetch-cors' })
  expect(third.source.title).toBe('Tycho-2')
  expect(third.stars.length).toBeGreaterThan(5)
  // The browser itself notes what was aborted.
  const noted = faults.splice(0)
  expect(noted.every((fault) => fault.includes('ERR_FAILED'))).toBe(true)

  const csv = 'star,alpha_hours,decl,Vmag\nA,2.0695,46.6879,11.3\nB,2.0701,46.70,12.1\n'
  await dropFiles(page, [{ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }])
  await waitIdle(page)
  await page.getByRole('button', { name: 'Explore it' }).click()
  await page.getByRole('button', { name: 'As a catalogue…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('No column looks like right ascension or declination')
  await dialog.getByRole('combobox', { name: 'Right ascension', exact: true }).selectOption('alpha_hours')
  await dialog.getByRole('combobox', { name: 'Declination' }).selectOption('decl')
  await dialog.getByRole('combobox', { name: 'Right ascension is in' }).selectOption('hours')
  await dialog.getByRole('combobox', { name: 'Magnitude that leads' }).selectOption('Vmag')
  await expectAccessible(page)
  const id = /table:(\S+?)\./.exec((await dialog.textContent()) ?? '')?.[1] ?? ''
  await dialog.getByRole('button', { name: 'Use it so' }).click()
  await expect(page.getByText('mine.csv can be used as a catalogue.')).toBeVisible()
  const mine = await load(`table:${id}`, 0.2)
  expect(mine.stars.map(({ ra }) => Number(ra.toFixed(4)))).toEqual([31.0425, 31.0515])
})
