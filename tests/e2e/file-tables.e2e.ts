import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'

const clusters = requireShared('m37_cmd')
const echelle = requireShared('echelle')
const transits = requireShared('transit_lightcurves')

const grid = (page: Page) => page.getByRole('grid')
const filterField = (page: Page) => page.getByRole('combobox', { name: 'Filter rows' })
const chooser = (page: Page) => page.getByLabel('Table', { exact: true })
const header = (page: Page, name: RegExp) => page.getByRole('columnheader', { name })

const CSV = 'star,ra,dec,V\nS1,132.8254231,11.8001234,12.5\nS2,132.84,11.81,10.25\nS3,132.9,11.9,\n'

const save = async (page: Page, format: RegExp): Promise<string> => {
  await page.getByRole('button', { name: 'Export table' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).first().click(),
  ])
  return readFileSync(await download.path(), 'utf8')
}

test('a dropped table leads to where it is asked, and goes and comes back', async ({ page }) => {
  await page.goto('./')
  await dropFiles(page, [{ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }])
  await waitIdle(page)
  await expect(page.getByText('Table members.csv taken in.')).toBeVisible()
  await page.getByRole('button', { name: 'Explore it' }).click()
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible()
  await expect(page.getByText('From members.csv')).toBeVisible()
  await expect(chooser(page).locator('option:checked')).toHaveText('members.csv · 3 rows')
  // Places in the sky keep their digits.
  await expect(grid(page).getByRole('row').nth(1)).toContainText('132.8254231')
  await expectAccessible(page)

  await filterField(page).fill('V < 12')
  await expect(page.getByText('1 of 3 rows')).toBeVisible()
  await filterField(page).fill('')
  await header(page, /^V/).getByRole('button').click()
  await expect(grid(page).getByRole('row').nth(1)).toContainText('S2')
  await expect(grid(page).getByRole('row').nth(3)).toContainText('S3')
  await grid(page).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('f')
  await expect(page.getByText('1 row flagged: bad.')).toBeVisible()
  await filterField(page).fill('flagged')
  await expect(page.getByText('1 of 3 rows')).toBeVisible({ timeout: 10_000 })
  await filterField(page).fill('')
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible()
  const written = (await save(page, /CSV/)).trim().split(/\r?\n/)
  expect(written).toEqual([
    'star,ra,dec,V,person_flags',
    'S2,132.84,11.81,10.25,bad',
    'S1,132.8254231,11.8001234,12.5,',
    'S3,132.9,11.9,,',
  ])

  const listed = await page.evaluate(async () => {
    const app = window.asterism!
    const [table] = await app.tables()
    const blob = await app.exportTable(table!.id, 'ecsv')
    return { ...table, text: await blob.text() }
  })
  expect(listed).toMatchObject({ name: 'members.csv', format: 'csv', rows: 3, columns: 4 })
  expect(listed.text).toContain('S1,132.8254231,11.8001234,12.5')

  await page.getByRole('button', { name: 'Remove table' }).click()
  await expect(page.getByText('Table members.csv removed.')).toBeVisible()
  await expect(chooser(page)).toHaveValue('exposures')
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible()
  // Dropped again, it says so and leads to the same.
  await chooser(page).selectOption('log')
  await dropFiles(page, [{ name: 'again.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) }])
  await expect(page.getByText('Table members.csv was here already.')).toBeVisible()
  await page.getByRole('button', { name: 'Explore it' }).last().click()
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible()
})

test('the light curve of a satellite, spectra in the cells of a table, and a catalogue', async ({ page }) => {
  test.skip(clusters === null || echelle === null || transits === null, 'the data are not beside this clone')
  test.setTimeout(180_000)
  await page.goto('./')
  await dropFiles(page, [
    join(transits!, 'kplr010666592-2009131110544_slc.fits.gz'),
    join(echelle!, 'nres/cpt_nres03_20190405_0014_fibers_011.fits'),
    join(clusters!, 'gaia_M67_NGC2682.csv.gz'),
  ])
  await waitIdle(page)
  await expect(page.getByText(/^\d tables taken in, among them kplr/)).toBeVisible()
  await page.getByRole('button', { name: 'Explore it' }).click()
  await expect(chooser(page).locator('option:checked')).toHaveText(/kplr.* · LIGHTCURVE · 14,280 rows/)
  await expect(header(page, /^TIME$/).getByRole('button')).toHaveAttribute('title', /BJD - 2454833/)
  await filterField(page).fill('SAP_QUALITY = 0 and SAP_FLUX > 0')
  await expect(page.getByText(/^[\d,]+ of 14,280 rows$/)).toBeVisible()
  await page.getByRole('button', { name: 'Header', exact: true }).click()
  await expect(page.getByRole('dialog').getByText('155 of 155 cards')).toBeVisible()
  await expect(page.getByRole('dialog').getByText('XTENSION')).toBeInViewport()
  await page.getByRole('button', { name: 'Close' }).last().click()
  const ecsv = await save(page, /ECSV/)
  expect(ecsv).toContain('name: "SAP_FLUX", unit: "e-/s", datatype: float32')
  expect(ecsv).toContain('rows where SAP_QUALITY = 0 and SAP_FLUX > 0')

  // Spectra in cells: the first values and how many there are.
  const options = await chooser(page).locator('option').allTextContents()
  const label = options.find((each) => each.includes('FIBERS'))
  await chooser(page).selectOption({ label: label ?? '' })
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible()
  await expect(grid(page).getByRole('row').nth(1)).toContainText('… (4096)')
  await expect(page.getByLabel('Group by').locator('option')).not.toContainText(['4096'])
  await expectAccessible(page)

  const gaia = options.find((each) => each.startsWith('gaia_M67'))
  await chooser(page).selectOption({ label: gaia ?? '' })
  await expect(page.getByText(/^[\d,]+ rows$/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
})
