import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, listFolder, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'

const folder = requireShared('hatp32_transit')
const FRAMES = 4
const THEMES = ['light', 'night', 'dark'] as const

test.skip(folder === null, 'needs the night of HAT-P-32')

const openPanel = async (page: Page): Promise<void> => {
  await page.goto('./')
  await dropFiles(page, listFolder(join(folder ?? '', 'HatP32Dec202017')).slice(0, FRAMES))
  await waitIdle(page)
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Sky' }).click()
  await expect(page.getByRole('heading', { name: 'Where is this?' })).toBeVisible()
}

const showTheme = (page: Page, theme: string): Promise<void> =>
  page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name
  }, theme)

test('a frame is solved, its stars lie over the picture, and its chart is a page of paper', async ({
  page,
}) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await openPanel(page)

  await test.step('the place is found from what the header says', async () => {
    await expect(page.getByText('The header says that the telescope pointed at')).toBeVisible()
    await page.getByRole('button', { name: 'Find the place' }).click()
    await expect(page.locator('[data-fact="center"]')).toHaveText(/^02:04:59\.\d\d \+46:44:2\d\.\d$/, {
      timeout: 60_000,
    })
    await expect(page.getByText(/^5\.1[67]\d+ ± 0\.000\d+ ″\/px$/)).toBeVisible()
    await expect(page.locator('[data-fact="odds"]')).toHaveText(/^less than 1 in 10\d{2,}$/)
  })

  await test.step('each star has its row, its arrow and its point, and they are saved', async () => {
    const table = page.getByRole('region', { name: 'Matched stars' })
    const [worst] = await table.locator('tbody tr[data-selected]').first().locator('td').allTextContents()
    await table.locator('tbody tr[data-selected]').first().click()
    await expect(table.locator('tr[data-selected="true"]')).toContainText(worst ?? '?')
    await expect(page.locator('svg g[data-selected="true"]')).toHaveCount(2)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      (async () => {
        const box = page.getByRole('article', { name: 'How far the stars are off' })
        await box.getByRole('button', { name: 'Export' }).click()
        await page.getByRole('menuitem', { name: 'CSV' }).click()
      })(),
    ])
    const lines = readFileSync(await saved.path(), 'utf8')
      .trim()
      .split(/\r?\n/)
    expect(lines.filter((line) => !line.startsWith('#')).length).toBeGreaterThan(30)
  })

  await test.step('the chart can be seen and taken away', async () => {
    await page.getByRole('button', { name: 'Finding chart' }).click()
    await expect(page.locator('[data-chart="drawn"]')).toBeVisible()
    await expectAccessible(page)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PDF (A4)' }).click(),
    ])
    const file = readFileSync(await saved.path()).toString('latin1')
    expect(file.startsWith('%PDF-1.4')).toBe(true)
    expect(file).toContain('/MediaBox [0 0 595 842]')
    expect(saved.suggestedFilename()).toBe('HAT-P-32.pdf')
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
  })

  await test.step('the whole night is solved in one go', async () => {
    await page.getByRole('button', { name: `All ${FRAMES} frames` }).click()
    await expect(page.getByText(`${FRAMES} of ${FRAMES} solved`)).toBeVisible({ timeout: 60_000 })
    await waitIdle(page)
    for (const theme of THEMES) {
      await showTheme(page, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/sky-panel-${theme}.png` })
    }
  })

  await test.step('what is known of the sky lies over the picture and is switched by keys', async () => {
    await page.getByRole('button', { name: 'Show it on the picture' }).click()
    const layer = page.locator('[data-layer="sky"]')
    await expect(layer).toBeVisible()
    expect(Number(await layer.getAttribute('data-marks'))).toBeGreaterThan(30)
    const surface = page.getByRole('application').first()
    await surface.focus()
    const inked = () =>
      layer.evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data
        return pixels?.reduce((sum, value, index) => (index % 4 === 3 && value > 0 ? sum + 1 : sum), 0) ?? 0
      })
    await expect.poll(inked).toBeGreaterThan(1000)
    const before = await inked()
    await page.keyboard.press('g')
    await expect.poll(inked).toBeGreaterThan(before + 1000)
    for (const theme of THEMES) {
      await showTheme(page, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/sky-picture-${theme}.png` })
    }
    await surface.focus()
    await page.keyboard.press('o')
    await expect(layer).toHaveCount(0)
    await page.keyboard.press('o')
    await expect(layer).toBeVisible()
    // What was chosen is still so when the page is opened again.
    await page.reload()
    await expect(page.locator('[data-layer="sky"]')).toBeVisible()
    await expect.poll(inked).toBeGreaterThan(before + 1000)
  })

  await test.step('a place is forgotten, and comes back', async () => {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Sky' }).click()
    await page.getByRole('button', { name: 'Forget this place' }).click()
    await expect(page.getByRole('button', { name: 'Find the place' })).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect(page.locator('[data-fact="center"]')).toBeVisible()
  })

  await test.step('on a small screen all is beneath each other', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(page.locator('[data-fact="center"]')).toBeVisible()
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.screenshot({ path: 'tests/e2e/output/sky-panel-narrow.png' })
  })
})

test('what is looked for in the wrong place is refused, and a button leads on', async ({ page }) => {
  test.setTimeout(180_000)
  page.setDefaultTimeout(20_000)
  await openPanel(page)
  await test.step('a table that was dropped is among the catalogues', async () => {
    const rows = 'id,ra,dec,vmag\n1,31.2,46.7,9\n2,31.3,46.8,10\n3,31.1,46.6,11\n'
    await dropFiles(page, [{ name: 'stars.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) }])
    const catalogues = page.getByRole('combobox', { name: 'Catalogue', exact: true })
    await expect(catalogues.locator('optgroup[label="From files"] option')).toHaveText('stars.csv')
  })
  await page.getByLabel('Where to look').selectOption('given')
  await page.getByLabel('Place or target').fill('10 00 00 -20 00 00')
  await page.getByRole('button', { name: 'Find the place' }).click()
  await expect(page.getByText('The place was not found')).toBeVisible({ timeout: 60_000 })
  await waitIdle(page)
  // It is said once, in the panel, and not in a notice too.
  await expect(page.getByText(/was looked for at the place that was given/)).toHaveCount(1)
  await expectAccessible(page)
  await page.screenshot({ path: 'tests/e2e/output/sky-refused.png' })
  await expect(page.getByRole('button', { name: 'Look within 15°' })).toBeVisible()
  await page.getByRole('button', { name: 'Search the whole sky' }).click()
  await expect(page.locator('[data-fact="center"]')).toHaveText(/^02:0[45]/, { timeout: 90_000 })
  await expect(page.getByText('nothing: the whole sky was searched')).toBeVisible()
})
