import { join } from 'node:path'
import { readdirSync } from 'node:fs'
import { expect, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
const folder = '/work/shared/data/m37_cmd'
test('look', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('asterism-settings', JSON.stringify({ sky: { shown: true, layers: ['grid','compass','scale','target','matched','unmatched','missing','residuals'], coordinates: 'sexagesimal' } })))
  await page.goto('./')
  const file = readdirSync(folder).filter((n) => /\.fits?(\.gz|\.fz)?$/i.test(n)).sort()[0]!
  console.log(file)
  await dropFiles(page, [join(folder, file)])
  await waitIdle(page)
  await expect(page.locator('[data-layer="sky"]')).toBeVisible({ timeout: 20000 })
  await page.waitForTimeout(800)
  await page.screenshot({ path: '/tmp/shots/grid-dark.png' })
  await page.getByRole('button', { name: 'Sky', exact: true }).click()
  await page.waitForTimeout(300)
  await page.screenshot({ path: '/tmp/shots/layers.png' })
  await page.keyboard.press('Escape')
  await page.evaluate(() => { document.documentElement.dataset['theme'] = 'night' })
  await page.waitForTimeout(500)
  await page.screenshot({ path: '/tmp/shots/grid-night.png' })
  await page.evaluate(() => { document.documentElement.dataset['theme'] = 'light' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.waitForTimeout(800)
  await page.screenshot({ path: '/tmp/shots/grid-390.png' })
})
